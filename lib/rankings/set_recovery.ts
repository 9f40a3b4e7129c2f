/** Gene sets of one size, made from each ranking, and the known genes in them. */

import { mergeRankings } from "../selection/rank_union.ts";
import { asTissueRanks, type RankedTissue } from "./rank_tissues.ts";
import { SHAP, type ShapLists } from "./shap_rankings.ts";
import type { TissueTruth } from "./truth.ts";

/** One gene set, whatever the tissues of its genes. */
export interface SetRecovery {
  readonly method: string;
  readonly genes: number;
  /** Genes of the set that are known genes of some tissue. */
  readonly hits: number;
  /** hits / genes of the set. */
  readonly precision: number;
  /** hits / known genes of all tissues. */
  readonly recall: number;
}

/**
 * Compares the SHAP set with sets of the same size that the other rankings
 * give: the lists of all tissues are followed side by side, rank by rank, as
 * for the SHAP set. Only tissues with known genes take part on either side.
 *
 * @param rivals Each method's name and lists.
 */
export function measureSets(
  { set }: Pick<ShapLists, "set">,
  rivals: readonly {
    readonly name: string;
    readonly ranked: readonly RankedTissue[];
  }[],
  truth: readonly TissueTruth[],
): SetRecovery[] {
  const compared = new Set(truth.map(({ tissue }) => tissue));
  const known = new Set(truth.flatMap(({ columns }) => [...columns]));
  const own = new Set(
    set.filter(({ tissue }) => compared.has(tissue)).map(({ gene }) => gene),
  );
  const measure = (method: string, genes: ReadonlySet<number>): SetRecovery => {
    const hits = [...genes].filter((gene) => known.has(gene)).length;
    return {
      method,
      genes: genes.size,
      hits,
      precision: genes.size === 0 ? 0 : hits / genes.size,
      recall: hits / known.size,
    };
  };
  return [
    measure(SHAP, own),
    ...rivals.map(({ name, ranked }) => {
      const union = mergeRankings(
        ranked.filter(({ tissue }) => compared.has(tissue)).map(asTissueRanks),
      );
      const genes = union.genes.slice(0, own.size).map(({ gene }) => gene);
      return measure(name, new Set(genes));
    }),
  ];
}
