/** What a benchmark is: sides that do the same work, and rows that compare. */

/** What one run of one side measured. */
export interface Measured {
  readonly seconds: number;
  /** The most memory held at once; null where the machine does not tell. */
  readonly peakBytes: number | null;
  /** What shows that both sides did the same. */
  readonly facts: Readonly<Record<string, number>>;
}

/** One way to do the work. */
export interface Side {
  /** As the page calls it: `this suite`, `pandas.read_csv`. */
  readonly name: string;
  /**
   * The whole work over the part of it that is run: 5 where a fifth of the
   * samples is explained. The seconds are multiplied by it.
   */
  readonly scale: number;
  /**
   * Does the work once, in a process of its own.
   *
   * @throws {SideFailure} If it cannot.
   */
  run(): Promise<Measured>;
}

/** A side could not do its work; the message says why, in one line. */
export class SideFailure extends Error {
  override name = "SideFailure";
}

/** What a row should reach. */
export interface Goal {
  /** Seconds of ours over those of the peer. */
  readonly ratio: number;
  /** Seconds of ours. */
  readonly seconds?: number;
  /** Peak memory of ours. */
  readonly bytes?: number;
}

/** One comparison: a row of the table. */
export interface Row {
  readonly id: string;
  readonly title: string;
  /** What is timed, in a sentence or two. */
  readonly timed: string;
  readonly ours: Side;
  readonly peer: Side;
  /** None where the row is there beside another one. */
  readonly goal?: Goal;
}

/** Rows that share their input, and maybe sides. */
export interface Benchmark {
  readonly rows: readonly Row[];
  /** Makes what the sides need, which is not timed. */
  prepare(): Promise<void>;
}

/** Where and how everything is run. */
export interface Workplace {
  /** The project's folder. */
  readonly project: string;
  /** A folder for inputs and outputs, which may be deleted at any time. */
  readonly scratch: string;
  /** The peers' Python. */
  readonly python: string;
  /** Threads of each side. */
  readonly threads: number;
}
