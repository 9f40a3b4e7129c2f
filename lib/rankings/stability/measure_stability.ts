/** How often the first genes of a ranking come again over halves of samples. */

import { mean } from "../../statistics/describe.ts";
import {
  meanSelectionStability,
  type SelectionStability,
  selectionStability,
} from "../../statistics/selection_stability.ts";
import type { RankedTissue } from "../rank_tissues.ts";
import type { RankingMethod } from "../ranking_method.ts";
import { FREQUENT } from "./levels.ts";
import type { RepeatedRanking } from "./repeat_rankings.ts";

/** A tissue's samples, and how many of them are in a half. */
export interface TissueHalves {
  readonly tissue: string;
  readonly samples: number;
  /** Mean over the halves. */
  readonly samplesInHalf: number;
  /** Whether some half lacks a sample of the tissue: else nothing varies. */
  readonly isHalved: boolean;
}

/** One tissue's list by one method. */
export interface TissueStability extends TissueHalves, SelectionStability {
  /** Of its first genes on all samples: how many there are. */
  readonly listed: number;
  /** Of them, in the list of a half: mean over the halves. */
  readonly recovered: number;
  /** Genes that are frequent enough, in the list or not. */
  readonly frequentGenes: number;
  /** The share of the halves that list a gene, by column; without zeros. */
  readonly frequencies: ReadonlyMap<number, number>;
}

/** One method; means over the tissues that were halved. */
export interface MethodStability extends SelectionStability {
  readonly method: Pick<RankingMethod, "name" | "title">;
  /** All tissues; one that was not halved has no index and no frequencies. */
  readonly tissues: readonly TissueStability[];
  readonly listed: number;
  readonly recovered: number;
  /** Pairs of a gene and a tissue. */
  readonly frequentGenes: number;
}

/** What was measured of all methods, and how. */
export interface MeasuredStability {
  /** How many halves. */
  readonly halves: number;
  /** Of them, different ones: few groups can be halved in few ways. */
  readonly differentHalves: number;
  /** Mean over the halves. */
  readonly samplesInHalf: number;
  /** Groups of several samples, which were kept together. */
  readonly wholeGroups: number;
  /** How many of a tissue's first genes count. */
  readonly first: number;
  readonly tissues: readonly TissueHalves[];
  readonly methods: readonly MethodStability[];
  /**
   * Halves on which networks were trained for SHAP's own stability, which is
   * then the first method; null if there are none.
   */
  readonly shapHalves: number | null;
}

/** A ranking that was made again on halves. */
type Repeated = Pick<RepeatedRanking, "selections"> & {
  readonly method: MethodStability["method"];
};

/** How many of each tissue's samples the halves have. */
export function countHalves(
  tissues: readonly string[],
  rows: readonly number[],
  halves: readonly (readonly number[])[],
  names: readonly string[],
): TissueHalves[] {
  return names.map((tissue) => {
    const count = (rows: readonly number[]) =>
      rows.filter((row) => tissues[row] === tissue).length;
    const samples = count(rows);
    const inHalf = halves.map(count);
    return {
      tissue,
      samples,
      samplesInHalf: mean(inHalf),
      isHalved: inHalf.some((count) => count < samples),
    };
  });
}

/**
 * Measures one method.
 *
 * @param ranked Its lists on all samples.
 * @param first How many of a tissue's first genes count.
 * @param genes Genes of the matrix.
 */
export function measureStability(
  { method, selections }: Repeated,
  ranked: readonly Pick<RankedTissue, "tissue" | "order">[],
  tissues: readonly TissueHalves[],
  first: number,
  genes: number,
): MethodStability {
  const measured = tissues.map((halves): TissueStability => {
    const lists = selections.get(halves.tissue)!;
    const own = ranked.find(({ tissue }) => tissue === halves.tissue)?.order
      .subarray(0, first) ?? new Uint32Array();
    const counts = halves.isHalved ? countGenes(lists) : new Map();
    const frequencies = new Map(
      [...counts].map(([gene, count]) => [gene, count / lists.length]),
    );
    return {
      ...halves,
      ...(halves.isHalved
        ? selectionStability(lists, genes)
        : { index: null, interval: null }),
      listed: own.length,
      recovered: own.reduce((sum, gene) => sum + (counts.get(gene) ?? 0), 0) /
        lists.length,
      frequentGenes: [...frequencies.values()]
        .filter((share) => share >= FREQUENT).length,
      frequencies,
    };
  });
  const halved = measured.filter(({ isHalved }) => isHalved);
  const meanOf = (pick: (tissue: TissueStability) => number) =>
    halved.length === 0 ? 0 : mean(halved.map(pick));
  return {
    method,
    tissues: measured,
    ...meanSelectionStability(
      halved.map(({ tissue }) => selections.get(tissue)!),
      genes,
    ),
    listed: meanOf(({ listed }) => listed),
    recovered: meanOf(({ recovered }) => recovered),
    frequentGenes: halved.reduce(
      (sum, tissue) => sum + tissue.frequentGenes,
      0,
    ),
  };
}

/** How many lists hold each gene. */
function countGenes(
  lists: readonly ArrayLike<number>[],
): Map<number, number> {
  const counts = new Map<number, number>();
  for (const list of lists) {
    for (const gene of Array.from(list)) {
      counts.set(gene, (counts.get(gene) ?? 0) + 1);
    }
  }
  return counts;
}
