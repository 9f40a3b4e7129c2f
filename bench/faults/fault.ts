/** What a fault is, and how its trials are counted. */

/** What all faults are tried with. */
export interface Place {
  /** An empty folder, by its absolute path. */
  readonly folder: string;
  /** Moments at which a run is killed. */
  readonly kills: number;
  /** Calls of the system at which a run is killed. */
  readonly calls: number;
  /** Moments at which a run is interrupted. */
  readonly signals: number;
  /** Of the random moments. */
  readonly seed: number;
  /** Trials that may run at the same time. */
  readonly lanes: number;
  /** Tells whoever watches. */
  say(line: string): void;
}

/** What came of a fault. */
export interface Tally {
  readonly tried: number;
  readonly survived: number;
  /** What was seen, in words. */
  readonly seen: readonly string[];
  /** What went wrong in each trial that was lost. */
  readonly losses: readonly string[];
}

/** Something that goes wrong while the suite works. */
export interface Fault {
  readonly id: string;
  /** What happens to the suite. */
  readonly fault: string;
  /** What the suite must do then. */
  readonly must: string;
  run(place: Place): Promise<Tally>;
}

/** Counts trials. */
export class Trials {
  #survived = 0;
  #tried = 0;
  readonly #losses: string[] = [];

  constructor(readonly place: Place, readonly id: string) {}

  /**
   * Counts a trial.
   *
   * @param trial What was tried.
   * @param problems What went wrong; nothing if it was survived.
   */
  count(trial: string, problems: readonly string[]): void {
    this.#tried++;
    if (problems.length === 0) this.#survived++;
    else this.#losses.push(`${trial}: ${problems.join("; ")}`);
    this.place.say(
      `${this.id}: ${trial}: ${problems.join("; ") || "survived"}`,
    );
  }

  tally(...seen: string[]): Tally {
    return {
      tried: this.#tried,
      survived: this.#survived,
      seen,
      losses: this.#losses,
    };
  }
}
