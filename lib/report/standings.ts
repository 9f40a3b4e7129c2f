/** How the rankings do by one measure, whichever stage measured it. */

/** One measure, larger is better. */
export interface Standing {
  /** A column's heading: `macro F1, 5 genes a tissue`. */
  readonly measure: string;
  /** What the best is best at, in a sentence: `telling tissues by 5 genes`. */
  readonly best_at: string;
  readonly digits: number;
  /** By the ranking's name; a ranking that was not measured is not there. */
  readonly values: ReadonlyMap<string, number>;
}
