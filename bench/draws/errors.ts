/** How far scores are from the reference. */

import { mean } from "../../lib/statistics/describe.ts";
import { topOverlap } from "../../lib/statistics/rank_agreement.ts";
import { blockStandardError } from "../../lib/shap/block_error.ts";
import { selectGenes } from "../../lib/selection/cutoff.ts";
import { mergeRankings } from "../../lib/selection/rank_union.ts";
import { rankGenes } from "../../lib/selection/ranks.ts";
import type { Subjects } from "./subjects.ts";

/** One explanation of every sample. */
export interface Explanations {
  /** samples x genes, as the ranks take them. */
  readonly scores: Float32Array;
  /** Each sample's sum over all columns. */
  readonly sums: readonly number[];
  /** Sum over samples and columns of the squared standard errors. */
  readonly statedSquares: number;
  /** samples x columns. */
  readonly columns: Float64Array;
}

/** The means over all of a way's explanations with one number of draws. */
export interface Errors {
  /** Root mean square error of a score / root mean square of the scores. */
  readonly relative: number;
  /** Mean |gap| / mean |output - expected|. */
  readonly gap: number;
  /** Root mean square error / the standard errors as stated. */
  readonly factor: number | null;
  /** Share of each sample's 100 best genes that is the reference's. */
  readonly top: number;
  /** Share of the reference's gene set that is in the set. */
  readonly set: number;
}

/** Takes the means over blocks of sums; see `blockGradientSums`. */
export function explanationsOf(
  subjects: Subjects,
  sums: readonly Float64Array[],
  drawsOfBlock: number,
  blocks: number,
): Explanations {
  const { geneColumns } = subjects;
  const width = sums[0].length / blocks;
  const columns = new Float64Array(sums.length * width);
  let statedSquares = 0;
  sums.forEach((ofSample, sample) => {
    for (let column = 0; column < width; column++) {
      const ofBlocks = Array.from(
        { length: blocks },
        (_, block) => ofSample[block * width + column] / drawsOfBlock,
      );
      columns[sample * width + column] = mean(ofBlocks);
      statedSquares += (blockStandardError(ofBlocks) ?? NaN) ** 2;
    }
  });
  return {
    columns,
    statedSquares,
    sums: sums.map((_, sample) =>
      columns.subarray(sample * width, (sample + 1) * width)
        .reduce((sum, score) => sum + score, 0)
    ),
    scores: Float32Array.from(
      { length: sums.length * geneColumns.length },
      (_, at) =>
        columns[
          Math.floor(at / geneColumns.length) * width +
          geneColumns[at % geneColumns.length]
        ],
    ),
  };
}

/** The gene set that the scores make by the study's rule. */
export function setOf(
  { samples, genes }: Subjects,
  { scores }: Explanations,
): Set<number> {
  const tissues = samples.map(({ tissue }) => tissue);
  const ranked = rankGenes(
    { scores, genes: genes.length },
    tissues,
    tissues,
    genes,
  );
  const { chosen } = selectGenes(
    mergeRankings(ranked),
    { rule: "unique", share: 0.5 },
    null,
  );
  return new Set(chosen.map(({ gene }) => gene));
}

/** Holds explanations against the reference. */
export function errorsOf(
  subjects: Subjects,
  made: readonly Explanations[],
  reference: Explanations,
): Errors {
  const { samples, genes } = subjects;
  const count = genes.length;
  const differences = samples.map(({ output, expected }) => output - expected);
  const wanted = setOf(subjects, reference);
  const square = (values: Float64Array) =>
    values.reduce((sum, value) => sum + value * value, 0);
  const squaredErrors = mean(
    made.map(({ columns }) =>
      square(columns.map((score, at) => score - reference.columns[at]))
    ),
  );
  const stated = mean(made.map(({ statedSquares }) => statedSquares));
  const tops = made.flatMap(({ scores }) =>
    samples.map((_, sample) => {
      const of = (values: Float32Array) =>
        values.subarray(sample * count, (sample + 1) * count);
      return topOverlap(of(reference.scores), of(scores), 100);
    })
  );
  return {
    relative: Math.sqrt(squaredErrors / square(reference.columns)),
    gap: mean(
      made.flatMap(({ sums }) =>
        sums.map((sum, sample) => Math.abs(differences[sample] - sum))
      ),
    ) / mean(differences.map(Math.abs)),
    factor: Number.isNaN(stated) ? null : Math.sqrt(squaredErrors / stated),
    top: mean(tops),
    set: mean(
      made.map((one) =>
        [...setOf(subjects, one)].filter((gene) => wanted.has(gene)).length /
        wanted.size
      ),
    ),
  };
}
