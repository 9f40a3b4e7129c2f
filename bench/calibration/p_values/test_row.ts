/** What a row of the calibration of further p-values is. */

/** Parts of the page. */
export const parts = {
  genes: "Genes",
  classifiers: "Classifiers",
  panels: "Panels",
  cohort: "Another cohort",
  terms: "Terms",
  study: "Study or tissue",
  noise: "Noise rate",
} as const;

/** One row: a printed p and a situation in which there is nothing to find. */
export interface TestRow {
  readonly part: keyof typeof parts;
  /** The test. */
  readonly test: string;
  /** What there is nothing to find in. */
  readonly situation: string;
  /**
   * What a trial gives. `p`: a p-value. `share`: the share of its tests, such
   * as genes, that reject. `event`: 1 if something is found, else 0.
   */
  readonly kind: "p" | "share" | "event";
  /** The nominal rate, 5 % by default. */
  readonly level?: number;
  /** The test promises the nominal rate or less: it is discrete or a bound. */
  readonly isBound?: true;
}
