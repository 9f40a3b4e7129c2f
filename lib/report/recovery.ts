/** How many of the genes that a simulation planted were found. */

import { mean } from "./numbers.ts";
import type { Rows } from "./stage_files.ts";

/** How far down a tissue's ranks the check looks. */
export const recoveryDepths = [10, 15] as const;

/** How well one tissue's planted genes were found. */
export interface Recovery {
  readonly tissue: string;
  readonly planted: number;
  /** Share of the best 10 and 15 genes that were planted in the tissue. */
  readonly precision: readonly number[];
  /** Share of the planted genes that are in the gene set. */
  readonly recall: number;
}

/** How many genes of the set were planted in any tissue. */
export interface SetRecovery {
  readonly planted_in_set: number;
  /** Share of the set that was planted; null for an empty set. */
  readonly precision_of_set: number | null;
  /** Share of the set that was planted in no tissue. */
  readonly true_false_discovery_rate: number | null;
}

/** Precision and recall down to a rank, means over the tissues. */
export interface RankRecovery {
  readonly depth: number;
  readonly precision: number;
  readonly recall: number;
}

/** The means over the tissues that have planted genes. */
export interface MeanRecovery {
  readonly precision_at_10: number;
  readonly precision_at_15: number;
  readonly recall_in_set: number;
}

/**
 * Compares the ranks and the gene set with the planted genes.
 *
 * @param truth `simulate/truth.csv`: a planted gene a row.
 * @param ranks Genes by tissue, best first.
 * @param set `shap/shap_genes.csv`: the genes of the set.
 * @returns A row a tissue that has planted genes, in the order of the ranks.
 */
export function recoveryByTissue(
  truth: Rows,
  ranks: ReadonlyMap<string, readonly string[]>,
  set: Rows,
): Recovery[] {
  const kept = new Set(set.map(({ gene }) => gene));
  return [...ranks].flatMap(([tissue, genes]) => {
    const planted = new Set(
      truth.filter((row) => row.tissue === tissue).map(({ gene }) => gene),
    );
    if (planted.size === 0) return [];
    const precision = recoveryDepths.map((depth) => {
      const best = genes.slice(0, depth);
      const hits = best.filter((gene) => planted.has(gene)).length;
      return best.length === 0 ? 0 : hits / best.length;
    });
    const found = [...planted].filter((gene) => kept.has(gene)).length;
    return [{
      tissue,
      planted: planted.size,
      precision,
      recall: found / planted.size,
    }];
  });
}

/**
 * The means over the tissues.
 *
 * @returns `undefined` for no tissue.
 */
export function meanRecovery(
  rows: readonly Recovery[],
): MeanRecovery | undefined {
  return rows.length === 0 ? undefined : {
    precision_at_10: mean(rows.map(({ precision }) => precision[0])),
    precision_at_15: mean(rows.map(({ precision }) => precision[1])),
    recall_in_set: mean(rows.map(({ recall }) => recall)),
  };
}

/**
 * Counts the genes of the set that were planted, in whatever tissue.
 *
 * @param truth `simulate/truth.csv`: a planted gene a row.
 * @param set `shap/shap_genes.csv`: the genes of the set.
 */
export function setRecovery(truth: Rows, set: Rows): SetRecovery {
  const planted = new Set(truth.map(({ gene }) => gene));
  const kept = [...new Set(set.map(({ gene }) => gene))];
  const found = kept.filter((gene) => planted.has(gene)).length;
  const precision = kept.length === 0 ? null : found / kept.length;
  return {
    planted_in_set: found,
    precision_of_set: precision,
    true_false_discovery_rate: precision === null
      ? null
      : (kept.length - found) / kept.length,
  };
}

/**
 * Precision and recall of the ranks at some depths.
 *
 * @param truth `simulate/truth.csv`: a planted gene a row.
 * @param ranks Genes by tissue, best first.
 * @param depths Ranks to look down to.
 * @returns Empty if no tissue has planted genes.
 */
export function recoveryByDepth(
  truth: Rows,
  ranks: ReadonlyMap<string, readonly string[]>,
  depths: readonly number[],
): RankRecovery[] {
  const tissues = [...ranks].flatMap(([tissue, genes]) => {
    const planted = new Set(
      truth.filter((row) => row.tissue === tissue).map(({ gene }) => gene),
    );
    return planted.size === 0 || genes.length === 0 ? [] : [{ planted, genes }];
  });
  if (tissues.length === 0) return [];
  return depths.map((depth) => {
    const shares = tissues.map(({ planted, genes }) => {
      const best = genes.slice(0, depth);
      const hits = best.filter((gene) => planted.has(gene)).length;
      return { precision: hits / best.length, recall: hits / planted.size };
    });
    return {
      depth,
      precision: mean(shares.map(({ precision }) => precision)),
      recall: mean(shares.map(({ recall }) => recall)),
    };
  });
}
