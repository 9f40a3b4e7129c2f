/** What a benchmark is: sides that do the same work, and rows that compare. */

/** What one run of one side measured. */
export interface Measured {
  readonly seconds: number;
  /** Peak memory; null where the machine does not report it. */
  readonly peakBytes: number | null;
  /** Results that show that both sides did the same work. */
  readonly facts: Readonly<Record<string, number>>;
}

/** One program that does the work. */
export interface Side {
  /** Its name on the page: `this suite`, `pandas.read_csv`. */
  readonly name: string;
  /**
   * The whole work divided by the part that is run: 5 where a fifth of the
   * samples is explained. The measured seconds are multiplied by it.
   */
  readonly scale: number;
  /**
   * Does the work once, in its own process.
   *
   * @throws {SideFailure} If it cannot.
   */
  run(): Promise<Measured>;
}

/** A side failed; the message gives the reason in one line. */
export class SideFailure extends Error {
  override name = "SideFailure";
}

/** The goal of a row. */
export interface Goal {
  /** Largest ratio of our seconds to those of the peer. */
  readonly ratio: number;
  /** Most seconds of ours. */
  readonly seconds?: number;
  /** Largest peak memory of ours. */
  readonly bytes?: number;
  /** Largest ratio of our peak memory to that of the peer. */
  readonly memory?: number;
}

/** Whose processors have goals of their own. */
export const vendors = ["AMD", "Intel"] as const;

export type Vendor = typeof vendors[number];

/** Goals that depend on the processor's multipliers. */
export type GoalByVendor = Readonly<Record<Vendor, Goal>>;

/** One comparison: a row of the table. */
export interface Row {
  readonly id: string;
  readonly title: string;
  /** What is timed, in one or two sentences. */
  readonly timed: string;
  readonly ours: Side;
  readonly peer: Side;
  /**
   * The same on all processors, or by their vendor. None where the row only
   * adds to another one.
   */
  readonly goal?: Goal | GoalByVendor;
}

/** Rows that share their input, and possibly sides. */
export interface Benchmark {
  readonly rows: readonly Row[];
  /** Prepares what the sides need; not timed. */
  prepare(): Promise<void>;
}

/** Where and how everything runs. */
export interface Workspace {
  /** The project's folder. */
  readonly project: string;
  /** A folder for inputs and outputs; it may be deleted at any time. */
  readonly scratch: string;
  /** The peers' Python. */
  readonly python: string;
  /** Threads of each side. */
  readonly threads: number;
}
