/** Matrices with and without genes that tell the tissues apart. */

import { RandomStream } from "../../lib/random.ts";
import { geneId, type Lists, type MadeSample, TISSUES } from "./made_run.ts";

/**
 * Normal noise, the same for the same seed; the last samples of each tissue
 * are test samples.
 *
 * @param add What a gene of a tissue has more, by sample of the tissue.
 */
export function makeMatrix(
  { genes, samples, tested, seed, folds = 1, add = () => 0 }: {
    readonly genes: number;
    /** A tissue. */
    readonly samples: number;
    /** Of them, if there is one fold. */
    readonly tested: number;
    readonly seed: number;
    readonly folds?: number;
    readonly add?: (tissue: number, gene: number, isTest: boolean) => number;
  },
): MadeSample[] {
  const { uniform } = new RandomStream(seed);
  // Twelve uniform numbers have a variance of 1.
  const normal = () =>
    Array.from({ length: 12 }, uniform).reduce((sum, one) => sum + one, -6);
  return TISSUES.flatMap((tissue, t) =>
    Array.from({ length: samples }, (_, index) => {
      const isTest = folds > 1 || index >= samples - tested;
      return {
        id: `s${t}${String(index).padStart(2, "0")}`,
        tissue,
        fold: folds > 1 ? index % folds + 1 : +isTest,
        values: Array.from(
          { length: genes },
          (_, gene) => 8 + normal() + add(t, gene, isTest),
        ),
      };
    })
  );
}

/** How much higher each gene is in each tissue than in the others. */
export function differences(samples: readonly MadeSample[]): number[][] {
  return TISSUES.map((tissue) => {
    const own = samples.filter((sample) => sample.tissue === tissue);
    const others = samples.filter((sample) => sample.tissue !== tissue);
    const mean = (all: readonly MadeSample[], gene: number) =>
      all.reduce((sum, { values }) => sum + values[gene], 0) / all.length;
    return samples[0].values.map((_, gene) =>
      mean(own, gene) - mean(others, gene)
    );
  });
}

/** Each tissue's genes by a score, the largest first. */
export function listsBy(score: readonly (readonly number[])[]): Lists {
  return Object.fromEntries(TISSUES.map((tissue, t) => [
    tissue,
    [...score[t].keys()].sort((a, b) => score[t][b] - score[t][a])
      .map(geneId),
  ]));
}
