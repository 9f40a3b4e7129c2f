/** Which genes are higher in one tissue than in each other: a test of genes. */

import { rowsInIdOrder } from "../prepare/order.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { benjaminiHochberg } from "../statistics/adjust_p.ts";
import {
  clusteredMoments,
  intraclassCorrelation,
} from "../statistics/clustered_moments.ts";
import { median } from "../statistics/describe.ts";
import { studentTUpperTail } from "../statistics/student_t.ts";
import { membersOf, unitsOf } from "../statistics/units.ts";
import {
  type GroupMoments,
  type WelchT,
  welchT,
} from "../statistics/welch_t.ts";

/** The false discovery rate at which a gene is called specific. */
export const SPECIFIC_LEVEL = 0.1;

/** One tissue's tests. */
export interface TissueSpecificGenes {
  readonly tissue: string;
  /** By gene column. */
  readonly p: Float64Array;
  /** `p` of all genes of the tissue, by Benjamini and Hochberg. */
  readonly adjusted: Float64Array;
}

/** What the test found. */
export interface SpecificGenes {
  readonly tissues: readonly TissueSpecificGenes[];
  /** Tissues of a single sample: neither tested nor compared with. */
  readonly untested: readonly string[];
  /**
   * The median over the genes of the correlation of two samples of one group
   * and tissue; null where no group has two samples of a tissue.
   */
  readonly correlation: number | null;
}

/** What is tested. */
export interface SpecificGenesOptions {
  readonly dataset: Pick<
    Dataset,
    "sampleIds" | "genes" | "tissues" | "groups" | "tissueNames" | "values"
  >;
  /** The samples that are tested, as `contrastRows` gives them. */
  readonly rows: readonly number[];
  /**
   * By how much the means must differ, in the unit of the transformed values:
   * log2 of the factor.
   */
  readonly margin: number;
}

/**
 * Tests of each gene whether it is higher in a tissue than in each other tissue
 * by more than the margin, an intersection-union test (Berger 1982,
 * doi:10.1080/00401706.1982.10487790): its p is the largest of the one-sided p
 * of Welch's tests against each other tissue, and needs no correction for how
 * many tissues there are.
 *
 * Samples of one group (study, donor) and tissue are a cluster and not
 * independent. Each tissue has the effective sample size of its clusters, by
 * the gene's own intraclass correlation or the median of all genes, whichever
 * is larger: the gene's own is uncertain, and a gene that one study measures
 * otherwise has a large one. Without groups of several samples it is Welch's
 * test of the samples.
 *
 * @returns Null if groups cannot be told from tissues: some have several
 * samples of a tissue, and no tissue is in two groups. Or if fewer than two
 * tissues have two samples.
 */
export function testSpecificGenes(
  { dataset, rows, margin }: SpecificGenesOptions,
): SpecificGenes | null {
  const cells = cellsOf(dataset, rows);
  const counts = cells.map(({ clusters }) => clusters.flat().length);
  const tested = cells.filter((_, tissue) => counts[tissue] > 1);
  if (tested.length < 2) return null;
  const genes = dataset.genes.length;
  const momentsOf = (gene: number) =>
    tested.map(({ clusters }) =>
      clusters.map((own) => moments(dataset.values, own, gene, genes))
    );
  const isClustered =
    tested.some(({ clusters }) => clusters.some(({ length }) => length > 1)) &&
    dataset.groups.some((group) => group !== "");
  const own = new Float64Array(genes);
  for (let gene = 0; isClustered && gene < genes; gene++) {
    const correlation = intraclassCorrelation(momentsOf(gene));
    if (correlation === null) return null;
    own[gene] = correlation;
  }
  const typical = median(own);
  const p = tested.map(() => new Float64Array(genes));
  for (let gene = 0; gene < genes; gene++) {
    const correlation = Math.max(own[gene], typical);
    const all = momentsOf(gene)
      .map((clusters) => clusteredMoments(clusters, correlation));
    p.forEach((values, tissue) => values[gene] = largestP(all, tissue, margin));
  }
  return {
    tissues: tested.map(({ tissue }, index) => ({
      tissue,
      p: p[index],
      adjusted: benjaminiHochberg(p[index]),
    })),
    untested: cells.filter((cell) => !tested.includes(cell))
      .map(({ tissue }) => tissue),
    correlation: isClustered ? typical : null,
  };
}

/** Each tissue's rows by group, a sample without a group alone. */
function cellsOf(
  { sampleIds, tissues, groups, tissueNames }: SpecificGenesOptions["dataset"],
  rows: readonly number[],
) {
  const taken = new Set(rows);
  const ordered = rowsInIdOrder(sampleIds).filter((row) => taken.has(row));
  const isGrouped = groups.some((group) => group !== "");
  return tissueNames.map((tissue) => {
    const own = ordered.filter((row) => tissues[row] === tissue);
    return {
      tissue,
      // With a correlation of 0 it does not matter what is a cluster.
      clusters: isGrouped
        ? membersOf(unitsOf(own.map((row) => groups[row])))
          .map((members) => members.map((at) => own[at]))
        : own.length > 0
        ? [own]
        : [],
    };
  });
}

function moments(
  values: Float32Array,
  rows: readonly number[],
  gene: number,
  genes: number,
): GroupMoments {
  let sum = 0;
  for (const row of rows) sum += values[row * genes + gene];
  const mean = sum / rows.length;
  let squares = 0;
  for (const row of rows) squares += (values[row * genes + gene] - mean) ** 2;
  return { count: rows.length, mean, squares };
}

/** The largest p of a tissue against each other one. */
function largestP(
  moments: readonly GroupMoments[],
  tissue: number,
  margin: number,
): number {
  const { count, mean, squares } = moments[tissue];
  const shifted = { count, squares, mean: mean - margin };
  let largest = 0;
  let worst: WelchT | undefined;
  for (let other = 0; other < moments.length; other++) {
    if (other === tissue) continue;
    const found = welchT(shifted, moments[other]);
    // Too few independent samples, or no difference and no variance.
    if (found === null) return 1;
    // The tail of a larger t with more degrees of freedom is smaller.
    if (
      worst && found.t > 0 && found.t >= worst.t && found.df >= worst.df
    ) continue;
    const p = Number.isFinite(found.t)
      ? studentTUpperTail(found.t, found.df).p
      : found.t > 0
      ? Number.MIN_VALUE
      : 1;
    if (p <= largest) continue;
    largest = p;
    worst = found;
  }
  return largest;
}
