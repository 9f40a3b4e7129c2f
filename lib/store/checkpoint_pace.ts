/** How often a long work saves what it has done. */

/** Fewer seconds of work are not worth a checkpoint. */
const LEAST_SECONDS = 5;
/** However slow the disk is, not much more than this is lost. */
const MOST_SECONDS = 300;
/** Share of the time that checkpoints may take. */
const SHARE = 0.02;

/**
 * Spaces checkpoints by what they cost: a large network on a slow disk would else
 * write for as long as it trains, and thousands of results would wait one by one
 * until each is on the disk.
 */
export class CheckpointPace {
  #cost = 0;

  /**
   * @param least Seconds from one checkpoint to the next, at least.
   * @param most Seconds after which one is due whatever it costs.
   */
  constructor(
    readonly least = LEAST_SECONDS,
    readonly most = MOST_SECONDS,
  ) {}

  /** Notes how many seconds the last checkpoint took. */
  took(seconds: number): void {
    this.#cost = seconds;
  }

  /** Seconds from the end of one checkpoint to the start of the next. */
  get interval(): number {
    return Math.max(this.least, Math.min(this.most, this.#cost / SHARE));
  }
}
