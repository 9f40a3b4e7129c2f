/** The errors of scores against the reference. */

import { mean } from "../../lib/statistics/describe.ts";
import { topOverlap } from "../../lib/statistics/rank_agreement.ts";
import { blockStandardError } from "../../lib/statistics/block_error.ts";
import { selectGenes } from "../../lib/selection/cutoff.ts";
import { UNIQUE_SHARE } from "../../lib/selection/levels.ts";
import { mergeRankings } from "../../lib/selection/rank_union.ts";
import { rankGenes } from "../../lib/selection/ranks.ts";
import type { Subjects } from "./subjects.ts";

/** One explanation of every sample. */
export interface Explanations {
  /** samples x genes, as for the ranks. */
  readonly scores: Float32Array;
  /** The sum of each sample over all columns. */
  readonly sums: readonly number[];
  /** Sum over samples and columns of the squared standard errors. */
  readonly statedSquares: number;
  /** samples x columns. */
  readonly columns: Float64Array;
}

/** Means over all explanations with one method and number of draws. */
export interface Errors {
  /** Root mean square error of a score / root mean square of the scores. */
  readonly relative: number;
  /** Mean |gap| / mean |model output - base value|. */
  readonly gap: number;
  /** Root mean square error / stated standard error. */
  readonly factor: number | null;
  /** Share of each sample's 100 best genes that are in the reference. */
  readonly top: number;
  /** Share of the reference's gene set that is in the set. */
  readonly set: number;
}

/** The means of the blocks' sums; see `blockGradientSums`. */
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
  sums.forEach((sampleSums, sample) => {
    for (let column = 0; column < width; column++) {
      const blockMeans = Array.from(
        { length: blocks },
        (_, block) => sampleSums[block * width + column] / drawsOfBlock,
      );
      columns[sample * width + column] = mean(blockMeans);
      statedSquares += (blockStandardError(blockMeans) ?? NaN) ** 2;
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
      (_, index) =>
        columns[
          Math.floor(index / geneColumns.length) * width +
          geneColumns[index % geneColumns.length]
        ],
    ),
  };
}

/** The gene set by the default cutoff. */
export function setOf(
  { samples, genes }: Subjects,
  { scores }: Explanations,
): Set<number> {
  const tissues = samples.map(({ tissue }) => tissue);
  const ranked = rankGenes(scores, tissues, tissues, genes);
  const { chosen } = selectGenes(
    mergeRankings(ranked),
    { rule: "unique", share: UNIQUE_SHARE },
    null,
  );
  return new Set(chosen.map(({ gene }) => gene));
}

/** Compares explanations with the reference. */
export function errorsOf(
  subjects: Subjects,
  made: readonly Explanations[],
  reference: Explanations,
): Errors {
  const { samples, genes } = subjects;
  const count = genes.length;
  const differences = samples.map(({ model_output, base_value }) =>
    model_output - base_value
  );
  const referenceSet = setOf(subjects, reference);
  const square = (values: Float64Array) =>
    values.reduce((sum, value) => sum + value * value, 0);
  const squaredErrors = mean(
    made.map(({ columns }) =>
      square(columns.map((score, index) => score - reference.columns[index]))
    ),
  );
  const stated = mean(made.map(({ statedSquares }) => statedSquares));
  const tops = made.flatMap(({ scores }) =>
    samples.map((_, sample) => {
      const own = (values: Float32Array) =>
        values.subarray(sample * count, (sample + 1) * count);
      return topOverlap(own(reference.scores), own(scores), 100);
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
        [...setOf(subjects, one)].filter((gene) => referenceSet.has(gene))
          .length /
        referenceSet.size
      ),
    ),
  };
}
