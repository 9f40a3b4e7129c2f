/** By what the clusters of a gene set are compared with those of random sets. */

import type { ScoredRepeat } from "../clusters/score_gene_set.ts";

export interface Measure {
  /** As in tables. */
  readonly name: string;
  /** In a sentence and as a heading. */
  readonly title: string;
  valueOf(run: Pick<ScoredRepeat, "ami" | "vMeasure" | "ari">): number;
}

/**
 * The measure that the result is read from. It is corrected for chance and
 * advised where classes differ in size, as tissues do (Romano, Vinh, Bailey and
 * Verspoor 2016, JMLR 17, 134).
 */
export const mainMeasure: Measure = {
  name: "ami",
  title: "AMI",
  valueOf: ({ ami }) => ami,
};

/** V-measure is that of the maize study. */
export const otherMeasures: readonly Measure[] = [
  {
    name: "v_measure",
    title: "V-measure",
    valueOf: ({ vMeasure }) => vMeasure,
  },
  { name: "ari", title: "ARI", valueOf: ({ ari }) => ari },
];

export const measures: readonly Measure[] = [mainMeasure, ...otherMeasures];
