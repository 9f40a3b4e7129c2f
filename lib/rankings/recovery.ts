/** How many known genes each ranking finds, and how early. */

import type { RandomStream } from "../random.ts";
import { averagePrecision } from "../statistics/average_precision.ts";
import { clopperPearson } from "../statistics/binomial.ts";
import { drawResamples, meanInterval } from "../statistics/bootstrap.ts";
import { mean } from "../statistics/describe.ts";
import type { Ranking } from "./shap_rankings.ts";
import type { TissueTruth } from "./truth.ts";

/** The verdict looks at so many of each tissue's first genes. */
export const VERDICT_DEPTH = 50;

/** Ranks down to which precision and recall are given. */
export const DEPTHS = [10, VERDICT_DEPTH, 100] as const;

/** Resamples of the tissues. */
export const RESAMPLES = 1000;

/** The curves end here, or at the last gene. */
const LAST_RANK = 1000;

/** One tissue's list down to one rank. */
export interface DepthRecovery {
  readonly k: number;
  readonly hits: number;
  /** hits / k, also where the list ends before. */
  readonly precision: number;
  /** hits / known genes in the matrix. */
  readonly recall: number;
  /** The 95 % interval of the precision. */
  readonly low: number;
  readonly high: number;
}

/** One tissue's list. */
export interface TissueRecovery {
  readonly tissue: TissueTruth;
  /** Known genes in the whole list. */
  readonly hits: number;
  readonly averagePrecision: number;
  readonly depths: readonly DepthRecovery[];
  readonly curve: readonly {
    readonly rank: number;
    readonly precision: number;
    readonly recall: number;
  }[];
}

/** A mean over the tissues; the 95 % interval is null for a single tissue. */
export interface MeanOverTissues {
  readonly mean: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** One ranking. */
export interface RankingRecovery {
  readonly ranking: Pick<Ranking, "name" | "title">;
  readonly tissues: readonly TissueRecovery[];
  /** Tissues with known genes for which it has no list. */
  readonly withoutList: number;
  /** Genes that it lists in all tissues, and how many of them are known. */
  readonly listed: { readonly genes: number; readonly hits: number };
  readonly averagePrecision: MeanOverTissues;
  readonly depths: readonly {
    readonly k: number;
    readonly precision: MeanOverTissues;
    readonly recall: MeanOverTissues;
    /** The first ranking's precision less this one's, tissue by tissue. */
    readonly difference: MeanOverTissues;
  }[];
}

/**
 * Measures rankings by the known genes. Each tissue counts the same, and a
 * tissue for which a ranking has no list counts as an empty list.
 *
 * A tissue's interval is that of Clopper and Pearson, of hits among k genes:
 * it is exact for any k, and there is nothing to resample in 10 genes. The
 * interval of a mean is by the bootstrap over the tissues, with the same
 * resamples for all rankings and for their differences, because the rankings
 * are compared on the same tissues.
 *
 * @param rankings The first is the one that the others are compared with.
 * @param genes Genes of the matrix.
 * @param depths Ranks, ascending; those beyond the last gene are left out.
 */
export function measureRecovery(
  rankings: readonly Ranking[],
  truth: readonly TissueTruth[],
  genes: number,
  depths: readonly number[],
  stream: RandomStream,
): RankingRecovery[] {
  const known = depths.filter((k) => k <= genes);
  const resamples = drawResamples(truth.length, RESAMPLES, stream);
  const overTissues = (values: readonly number[]): MeanOverTissues => ({
    mean: mean(values),
    ...meanInterval(values, resamples) ?? { low: null, high: null },
  });
  const measured = rankings.map(({ lists }) =>
    truth.map((tissue) =>
      measureTissue(lists.get(tissue.tissue) ?? [], tissue, genes, known)
    )
  );
  return rankings.map((ranking, index) => {
    const tissues = measured[index];
    const precisions = (of: readonly TissueRecovery[], depth: number) =>
      of.map(({ depths }) => depths[depth].precision);
    return {
      ranking: { name: ranking.name, title: ranking.title },
      tissues,
      withoutList: truth.filter(({ tissue }) =>
        (ranking.lists.get(tissue)?.length ?? 0) === 0
      ).length,
      listed: {
        genes: truth.reduce(
          (sum, { tissue }) =>
            sum + (ranking.lists.get(tissue)?.length ?? 0),
          0,
        ),
        hits: tissues.reduce((sum, { hits }) => sum + hits, 0),
      },
      averagePrecision: overTissues(
        tissues.map(({ averagePrecision }) => averagePrecision),
      ),
      depths: known.map((k, depth) => {
        const own = precisions(tissues, depth);
        const first = precisions(measured[0], depth);
        return {
          k,
          precision: overTissues(own),
          recall: overTissues(
            tissues.map(({ depths }) => depths[depth].recall),
          ),
          difference: overTissues(first.map((value, at) => value - own[at])),
        };
      }),
    };
  });
}

function measureTissue(
  list: ArrayLike<number>,
  tissue: TissueTruth,
  genes: number,
  depths: readonly number[],
): TissueRecovery {
  const { columns } = tissue;
  const hitRanks = Array.from(list).flatMap((gene, index) =>
    columns.has(gene) ? [index + 1] : []
  );
  const at = (k: number) => {
    const hits = hitRanks.filter((rank) => rank <= k).length;
    return { hits, precision: hits / k, recall: hits / columns.size };
  };
  return {
    tissue,
    hits: hitRanks.length,
    averagePrecision: averagePrecision(hitRanks, columns.size, genes),
    depths: depths.map((k) => {
      const found = at(k);
      return { k, ...found, ...clopperPearson(found.hits, k) };
    }),
    curve: curveRanks(genes).map((rank) => {
      const { precision, recall } = at(rank);
      return { rank, precision, recall };
    }),
  };
}

/** All ranks to 20, then fewer and fewer: about the same on a log axis. */
export function curveRanks(genes: number): number[] {
  const last = Math.min(genes, LAST_RANK);
  const ranks: number[] = [];
  for (let rank = 1; rank < last; rank += Math.max(1, Math.floor(rank / 20))) {
    ranks.push(rank);
  }
  return [...ranks, last];
}

/** The precision that no list can exceed: min(k, known genes) / k. */
export function bestPossible(
  truth: readonly TissueTruth[],
  k: number,
): number {
  return mean(truth.map(({ columns }) => Math.min(k, columns.size) / k));
}

/** The precision of genes drawn at random: known genes / genes. */
export function chancePrecision(
  truth: readonly TissueTruth[],
  genes: number,
): number {
  return mean(truth.map(({ columns }) => columns.size / genes));
}
