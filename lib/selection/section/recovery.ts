/** How many of the genes that a simulation planted were found. */

import type { PlantedGene } from "../../simulate/outputs.ts";
import { mean } from "../../statistics/describe.ts";

/** Gene ids by tissue, best first. */
export type GeneRanks = ReadonlyMap<string, readonly string[]>;

/** How many of each tissue's best genes are checked. */
export const TOP_GENES = [10, 15] as const;

/** Ranks down to which precision and recall are given, beside the cutoff. */
const DEPTHS = [5, 10, 20, 50, 100];

/** How well the planted genes were found. */
export type Recovery = NonNullable<ReturnType<typeof recovery>>;

/**
 * Compares the ranks and the gene set with the planted genes.
 *
 * @param set The genes of the set.
 * @param cutoffRank The last rank of the set.
 * @returns Null if no ranked tissue has planted genes.
 */
export function recovery(
  truth: readonly Pick<PlantedGene, "gene" | "tissue">[],
  ranks: GeneRanks,
  set: readonly { readonly gene: string }[],
  cutoffRank: number,
) {
  const selected = new Set(set.map(({ gene }) => gene));
  const plantedIn = Map.groupBy(truth, ({ tissue }) => tissue);
  const ranked = [...ranks].flatMap(([tissue, genes]) => {
    const planted = new Set(plantedIn.get(tissue)?.map(({ gene }) => gene));
    return planted.size === 0 ? [] : [{ tissue, genes, planted }];
  });
  if (ranked.length === 0) return null;
  const tissues = ranked.map(({ tissue, genes, planted }) => ({
    tissue,
    planted: planted.size,
    /** Share of the best 10 and 15 genes that were planted in the tissue. */
    precision: TOP_GENES.map((depth) => {
      const best = genes.slice(0, depth);
      return countIn(best, planted) / best.length;
    }),
    /** Share of the planted genes that are in the gene set. */
    recall: countIn([...planted], selected) / planted.size,
  }));
  const precisionAt = (index: number) =>
    mean(tissues.map(({ precision }) => precision[index]));
  const plantedInSet = countIn(
    [...selected],
    new Set(truth.map(({ gene }) => gene)),
  );
  const matrixGenes = ranked[0].genes.length;
  return {
    /** Those that have planted genes, in the order of the ranks. */
    tissues,
    means: {
      precision_at_10: precisionAt(0),
      precision_at_15: precisionAt(1),
      recall_in_set: mean(tissues.map(({ recall }) => recall)),
    },
    /** Of the genes of the set, whatever the tissue. */
    set: {
      planted_in_set: plantedInSet,
      precision_of_set: plantedInSet / selected.size,
      true_false_discovery_rate: (selected.size - plantedInSet) / selected.size,
    },
    /** Precision and recall down to some ranks, means over the tissues. */
    depths: [...new Set([...DEPTHS, cutoffRank])]
      .filter((depth) => depth <= matrixGenes)
      .sort((a, b) => a - b)
      .map((depth) => {
        const found = ranked.map(({ genes, planted }) => ({
          hits: countIn(genes.slice(0, depth), planted),
          planted: planted.size,
        }));
        return {
          depth,
          precision: mean(found.map(({ hits }) => hits / depth)),
          recall: mean(found.map(({ hits, planted }) => hits / planted)),
        };
      }),
  };
}

/** How many of the genes are in the set. */
function countIn(genes: readonly string[], set: ReadonlySet<string>): number {
  return genes.filter((gene) => set.has(gene)).length;
}
