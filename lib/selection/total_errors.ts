/** How far a tissue's median scores would move with other samples and networks. */

import {
  medianBootstrapError,
  middlePairs,
} from "../statistics/median_bootstrap.ts";
import { sampleSd } from "../statistics/describe.ts";
import { type ComparedScores, mediansOfNetwork } from "./tissue_medians.ts";

/** A tissue's standard errors, one a gene. */
export interface TotalErrors {
  readonly tissue: string;
  /** Over samples; null with one sample. */
  readonly samples: Float64Array | null;
  /** Over networks; null with one network. */
  readonly networks: Float64Array | null;
  /** Of both; null where one of them is not known. */
  readonly total: Float64Array | null;
}

/**
 * The standard errors of each gene's median score in each tissue:
 *
 * - over samples: the bootstrap of the tissue's samples, of the scores by all
 *   networks. It takes the samples to be independent, which those of one study
 *   are not;
 * - over networks: the standard deviation of the members' medians, divided by
 *   the square root of their number;
 * - in total: the root of the sum of the squares. The random draws of the
 *   explanation are in both parts, for each sample and each network has its
 *   own, so that they need no third part and are counted twice.
 *
 * @returns Each tissue that has samples, in the order given.
 */
export function totalErrors(compared: ComparedScores): TotalErrors[] {
  const { scores, columns, tissueOf, tissues } = compared;
  const { ensemble } = scores.size;
  const all = scores.ofAll(columns);
  const members = ensemble === 1 ? [] : Array.from(
    { length: ensemble },
    (_, member) => mediansOfNetwork(compared, member),
  );
  const genes = columns.length;
  return tissues.flatMap((tissue) => {
    const rows = tissueOf.flatMap((own, row) => own === tissue ? [row] : []);
    if (rows.length === 0) return [];
    const samples = rows.length > 1 ? overSamples(all, rows, genes) : null;
    const own = members.map((medians) =>
      medians.find((each) => each.tissue === tissue)!.medians
    );
    const networks = own.length > 1
      ? Float64Array.from(
        { length: genes },
        (_, gene) =>
          sampleSd(own.map((medians) => medians[gene])) /
          Math.sqrt(own.length),
      )
      : null;
    const total = samples && networks &&
      samples.map((error, gene) => Math.hypot(error, networks[gene]));
    return [{ tissue, samples, networks, total }];
  });
}

function overSamples(
  scores: Float32Array,
  rows: readonly number[],
  genes: number,
): Float64Array {
  const pairs = middlePairs(rows.length);
  const column = new Float64Array(rows.length);
  return Float64Array.from({ length: genes }, (_, gene) => {
    rows.forEach((row, index) => column[index] = scores[row * genes + gene]);
    return medianBootstrapError(column.sort(), pairs);
  });
}
