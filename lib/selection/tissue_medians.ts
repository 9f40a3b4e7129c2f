/** Each gene's median score within each tissue. */

import type { BlockScores } from "../shap/block_scores.ts";
import type { Candidates } from "./candidates.ts";

/** One tissue's median scores. */
export interface TissueMedians {
  readonly tissue: string;
  /** Explained samples behind the medians. */
  readonly samples: number;
  /** Each gene's median score, by gene column. */
  readonly medians: Float64Array;
}

/**
 * The median of each gene's signed scores over each tissue's samples.
 *
 * @param scores samples x genes, row after row.
 * @param tissueOf Each row's tissue, or null to leave the row out (as a
 * wrongly predicted sample is).
 * @param tissues The tissues in the order of the result. One without any row
 * is left out.
 */
export function tissueMedians(
  scores: Float32Array,
  tissueOf: readonly (string | null)[],
  tissues: readonly string[],
): TissueMedians[] {
  const genes = scores.length / tissueOf.length;
  return tissues.flatMap((tissue) => {
    const rows = tissueOf.flatMap((own, row) => own === tissue ? [row] : []);
    if (rows.length === 0) return [];
    const column = new Float64Array(rows.length);
    const medians = new Float64Array(genes);
    for (let gene = 0; gene < genes; gene++) {
      for (let index = 0; index < rows.length; index++) {
        column[index] = scores[rows[index] * genes + gene];
      }
      medians[gene] = medianInPlace(column);
    }
    return [{ tissue, samples: rows.length, medians }];
  });
}

/** Which samples and columns of the scores are compared. */
export interface ComparedScores {
  readonly scores: BlockScores;
  /** The real genes' columns. */
  readonly columns: Uint32Array;
  /** Each sample's tissue, or null to leave it out. */
  readonly tissueOf: readonly (string | null)[];
  readonly tissues: readonly string[];
  /** The genes that each ranking may hold. */
  readonly candidates: Candidates;
}

/** Each tissue's median scores by the draws of some blocks, counted from 0. */
export function mediansOfBlocks(
  { scores, columns, tissueOf, tissues }: ComparedScores,
  blocks: readonly number[],
): TissueMedians[] {
  return tissueMedians(scores.ofBlocks(blocks, columns), tissueOf, tissues);
}

/** Each tissue's median scores by one of several networks, counted from 0. */
export function mediansOfNetwork(
  { scores, columns, tissueOf, tissues }: ComparedScores,
  member: number,
): TissueMedians[] {
  return tissueMedians(scores.ofNetwork(member, columns), tissueOf, tissues);
}

/** The median of finite numbers, sorted in place: called millions of times. */
function medianInPlace(values: Float64Array): number {
  const { length } = values;
  // Up to this length an insertion sort is the quicker one.
  if (length > 24) values.sort();
  else {
    for (let from = 1; from < length; from++) {
      const value = values[from];
      let to = from;
      for (; to > 0 && values[to - 1] > value; to--) {
        values[to] = values[to - 1];
      }
      values[to] = value;
    }
  }
  const middle = length >> 1;
  return length % 2 === 1
    ? values[middle]
    : (values[middle - 1] + values[middle]) / 2;
}
