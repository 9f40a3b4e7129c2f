/** Whether the listed genes are higher in their tissue there, too. */

import { stratifyGenes } from "../null_test/gene_strata.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { tissueContrasts } from "../prepare/tissue_contrasts.ts";
import { CONSENSUS, type Ranking } from "../rankings/shap_rankings.ts";

/** The first genes that are looked at, beside the ranks of the set. */
export const LIST_DEPTHS: readonly number[] = [10, 50];
/** How a gene's means differ there: 1 or 0, by gene. */
export interface TissueChanges {
  readonly tissue: string;
  /** Its mean is above the mean of the other tissues' means. */
  readonly up: Uint8Array;
  /** The difference is more than 1: two-fold where the values are log2. */
  readonly upTwofold: Uint8Array;
}

/** What a gene shows in a tissue there. */
export interface TissueEffects extends TissueChanges {
  /** By `significantGenes`: null if the tissue, or all others, have a single sample. */
  readonly significant: Uint8Array | null;
}

/** A list's genes in the other cohort. */
export interface Replication {
  readonly ranking: string;
  readonly tissue: string;
  /** The first genes that are looked at. */
  readonly first: number;
  /** As many as the list has of them. */
  readonly genes: number;
  readonly up: number;
  readonly up_twofold: number;
  readonly significant: number | null;
  /** Of as many random genes with similar mean expression. */
  readonly expected_up: number;
  readonly expected_up_twofold: number;
  readonly expected_significant: number | null;
}

/** Each tissue of the other cohort beside the mean of the others' means. */
export function changesThere(cohort: Dataset): TissueChanges[] {
  return tissueContrasts(cohort).map(({ tissue, log2FoldChange }) => ({
    tissue,
    up: Uint8Array.from(log2FoldChange, (change) => +(change > 0)),
    upTwofold: Uint8Array.from(log2FoldChange, (change) => +(change > 1)),
  }));
}

/**
 * Counts the listed genes that are up there, beside what random genes of like
 * mean expression in the run would give: the genes are sorted into strata of
 * the mean, and each listed gene counts the share of its stratum. That is the
 * mean of infinitely many draws, so none is made.
 *
 * @param means Each gene's mean expression in the run.
 * @param depths First genes, ascending.
 */
export function replicate(
  rankings: readonly Ranking[],
  effects: readonly TissueEffects[],
  means: ArrayLike<number>,
  depths: readonly number[],
): Replication[] {
  // By the mean alone: how much a gene varies says how specific it is.
  const strata = stratifyGenes(means, new Float64Array(means.length));
  const shares = effects.map(({ up, upTwofold, significant }) => ({
    up: shareByStratum(up, strata),
    upTwofold: shareByStratum(upTwofold, strata),
    significant: significant && shareByStratum(significant, strata),
  }));
  return rankings.flatMap(({ name, lists }) =>
    effects.flatMap((effect, index) =>
      depths.map((first): Replication => {
        const genes = Array.from(lists.get(effect.tissue) ?? [])
          .slice(0, first);
        const count = (flags: Uint8Array) =>
          genes.reduce((sum, gene) => sum + flags[gene], 0);
        const expect = (share: ReadonlyMap<number, number>) =>
          genes.reduce((sum, gene) => sum + share.get(strata[gene])!, 0);
        const { up, upTwofold, significant } = effect;
        const chance = shares[index];
        return {
          ranking: name,
          tissue: effect.tissue,
          first,
          genes: genes.length,
          up: count(up),
          up_twofold: count(upTwofold),
          significant: significant && count(significant),
          expected_up: expect(chance.up),
          expected_up_twofold: expect(chance.upTwofold),
          expected_significant: chance.significant &&
            expect(chance.significant),
        };
      })
    )
  );
}

/** The share of flagged genes in each stratum. */
function shareByStratum(
  flags: Uint8Array,
  strata: Int32Array,
): ReadonlyMap<number, number> {
  const sums = new Map<number, { genes: number; flagged: number }>();
  flags.forEach((flag, gene) => {
    const own = sums.get(strata[gene]) ?? { genes: 0, flagged: 0 };
    own.genes++;
    own.flagged += flag;
    sums.set(strata[gene], own);
  });
  return new Map(
    [...sums].map(([stratum, { genes, flagged }]) => [
      stratum,
      flagged / genes,
    ]),
  );
}

/**
 * The tissues in which every ranking has a list: means over others would
 * compare rankings on different tissues, some of them harder. A ranking without
 * any list does not count, nor does the consensus, which is short; all tissues
 * where the rankings have none in common.
 *
 * @param tissues Those of both cohorts.
 */
export function comparedTissues(
  rankings: readonly Pick<Ranking, "name" | "lists">[],
  tissues: readonly string[],
): string[] {
  const counting = rankings.filter(({ name, lists }) =>
    name !== CONSENSUS &&
    tissues.some((tissue) => (lists.get(tissue)?.length ?? 0) > 0)
  );
  const common = tissues.filter((tissue) =>
    counting.every(({ lists }) => (lists.get(tissue)?.length ?? 0) > 0)
  );
  return common.length === 0 ? [...tissues] : common;
}

/** A ranking's shares over the tissues, rank by rank. */
export interface ReplicationCurve {
  readonly title: string;
  readonly up: readonly number[];
  readonly upTwofold: readonly number[];
}

/**
 * The share of each ranking's first genes that are up there, mean over the
 * compared tissues. Where a list has ended, all of it counts.
 *
 * @param ranks Ascending, from 1.
 */
export function replicationCurves(
  rankings: readonly Ranking[],
  effects: readonly TissueChanges[],
  ranks: readonly number[],
): ReplicationCurve[] {
  const compared = comparedTissues(
    rankings,
    effects.map(({ tissue }) => tissue),
  );
  return rankings.flatMap(({ title, lists }): ReplicationCurve[] => {
    const known = effects.filter(({ tissue }) =>
      compared.includes(tissue) && (lists.get(tissue)?.length ?? 0) > 0
    );
    if (known.length === 0) return [];
    const curve = (flagsOf: (effect: TissueChanges) => Uint8Array) => {
      const means = ranks.map(() => 0);
      for (const effect of known) {
        const list = Array.from(lists.get(effect.tissue)!);
        const flags = flagsOf(effect);
        let [flagged, at] = [0, 0];
        ranks.forEach((rank, index) => {
          for (; at < Math.min(rank, list.length); at++) {
            flagged += flags[list[at]];
          }
          means[index] += flagged / at / known.length;
        });
      }
      return means;
    };
    return [{
      title,
      up: curve(({ up }) => up),
      upTwofold: curve(({ upTwofold }) => upTwofold),
    }];
  });
}
