/** What a row of the calibration of further p-values is. */

/** Parts of the page. */
export const parts = {
  looks: "Random sets at two looks",
  genes: "Genes",
  classifiers: "Classifiers",
  panels: "Panels",
  cohort: "Another cohort",
  terms: "Terms",
  study: "Study or tissue",
  noise: "Noise rate",
  files: "In the files only",
  assumed: "Where an assumption of the test fails",
} as const;

/** What is said above the table of a part. */
export const remarks: Partial<Record<keyof typeof parts, string>> = {
  files:
    "The report shows these p-values adjusted, others in their place, or none.",
  assumed: "The tests promise nothing here. METHODS.md says what they assume.",
};

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

/** A situation that the test does not allow for. */
export function assumed(row: TestRow): TestRow {
  return { ...row, part: "assumed" };
}
