/** How fast a job goes of late, and how long the rest of it takes. */

/** Seconds that the rate looks back on. */
const WINDOW_SECONDS = 30;
/** Announcements that it looks back on at least, however old they are. */
const FEWEST_STEPS = 8;

export interface Pace {
  /** Units a second; null until the first unit is done. */
  readonly perSecond: number | null;
  /** Seconds until all units are done; null as long as there is no rate. */
  readonly secondsLeft: number | null;
}

/** A moment and how much was done by then. */
interface Mark {
  readonly seconds: number;
  readonly done: number;
}

/**
 * Follows a job: its rate is that of the last half minute or of the last
 * eight announcements, whichever reaches further back, so that neither a slow
 * start nor one slow unit decides it. The rate of a job that reports nothing
 * for longer than usual falls with every second.
 */
export class ProgressRate {
  readonly #marks: Mark[];

  /** @param seconds When it starts, on any clock that never goes back. */
  constructor(readonly total: number, seconds: number) {
    this.#marks = [{ seconds, done: 0 }];
  }

  /**
   * Notes what is done by now.
   *
   * @param seconds The same clock's time.
   */
  advanceTo(done: number, seconds: number): void {
    if (done <= this.#marks[this.#marks.length - 1].done) return;
    this.#marks.push({ seconds, done });
    while (
      this.#marks.length > FEWEST_STEPS + 1 &&
      seconds - this.#marks[1].seconds > WINDOW_SECONDS
    ) this.#marks.shift();
  }

  /** The rate and the time left, at the same clock's time. */
  paceAt(seconds: number): Pace {
    const first = this.#marks[0];
    const last = this.#marks[this.#marks.length - 1];
    const steps = this.#marks.length - 1;
    const watched = last.seconds - first.seconds;
    if (steps === 0 || watched <= 0) {
      return { perSecond: null, secondsLeft: null };
    }
    // When all is done nothing more is reported.
    const silent = last.done < this.total
      ? Math.max(0, seconds - last.seconds)
      : 0;
    const usual = watched / steps;
    const perSecond = (last.done - first.done) /
      (watched + Math.max(0, silent - usual));
    const wholeRest = Math.max(0, this.total - last.done) / perSecond;
    return {
      perSecond,
      secondsLeft: Math.max(0, wholeRest - Math.min(silent, usual)),
    };
  }
}
