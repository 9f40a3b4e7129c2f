/** The lists that only serve to judge: fold by fold, and by test samples. */

import { RunError } from "../cli/errors.ts";
import type { Dataset } from "../prepare/dataset.ts";
import type { ImageMatrix } from "../prepare/image_matrix.ts";
import { learningRows, tissueContrasts } from "../prepare/tissue_contrasts.ts";
import {
  type Candidates,
  candidatesOf,
  type Direction,
} from "../selection/candidates.ts";
import type { CutoffRule } from "../selection/cutoff.ts";
import { decoyDataset } from "../selection/decoy_dataset.ts";
import { VOTED_RANKS } from "../selection/levels.ts";
import {
  compareKnockoffs,
  knockoffCandidates,
} from "../selection/knockoffs.ts";
import {
  type ExplainedScores,
  type RankedSelection,
  selectGeneSet,
} from "../selection/select_gene_set.ts";
import type { FoldRankRow, TestRankRow } from "./gene_outputs.ts";

/** Ranks of a tissue that are listed, beside those in the set. */
const LISTED = 100;

/** Lists that a part of the samples gives by itself. */
export interface PartLists {
  readonly ranked: RankedSelection["ranked"];
  /** Ranks in the set; 0 if no cutoff fulfills the rule. */
  readonly ranks: number;
  /** Genes in the set. */
  readonly genes: number;
  /**
   * With the rules stable and knockoff: the genes that down to that rank are in
   * the set.
   */
  readonly among?: Candidates;
}

/**
 * Ranks and selects by some of the samples. A tissue of too few samples is not
 * ranked.
 *
 * @param stable With the rule stable: the genes that come again on halves of
 * these samples. Without them as many ranks are selected as a half counts.
 */
export function listPart(
  scores: ExplainedScores,
  dataset: Pick<Dataset, "tissueNames" | "genes">,
  minSamples: number,
  rule: CutoffRule,
  stable: Candidates = null,
): PartLists {
  const tissueOf = enoughSamples(scores.tissueOf, minSamples);
  const { tissueNames, genes } = dataset;
  const select = (rule: CutoffRule) =>
    selectGeneSet({ ...scores, tissueOf }, tissueNames, genes, rule);
  if (rule.rule === "stable") {
    const top = select({ rule: "top", ranks: rule.ranks });
    if (stable !== null) return listedAmong(top.ranked, stable);
    const { ranked, selected } = top;
    return { ranked, ranks: selected.ranks, genes: selected.chosen.length };
  }
  if (rule.rule === "knockoff") {
    return listedAmong(
      select({ rule: "top", ranks: 0 }).ranked,
      knockoffCandidates(
        compareKnockoffs({ ...scores, tissueOf }, tissueNames, rule.rate),
      ),
    );
  }
  try {
    const { ranked, selected } = select(rule);
    return { ranked, ranks: selected.ranks, genes: selected.chosen.length };
  } catch (error) {
    // Its noise rate is too high everywhere: a set of no gene.
    if (!(error instanceof RunError)) throw error;
    return { ...select({ rule: "top", ranks: 0 }), ranks: 0, genes: 0 };
  }
}

/** All genes by rank, of which some are the set. */
function listedAmong(
  ranked: PartLists["ranked"],
  among: Candidates,
): PartLists {
  const isAmong = (tissue: string, gene: number) =>
    among?.get(tissue)?.[gene] === 1;
  const set = new Set(
    ranked.flatMap(({ tissue, order }) =>
      Array.from(order).filter((gene) => isAmong(tissue, gene))
    ),
  );
  const ranks = ranked.reduce(
    (last, { tissue, order }) =>
      Math.max(last, 1 + order.findLastIndex((gene) => isAmong(tissue, gene))),
    0,
  );
  return { ranked, ranks, genes: set.size, among };
}

/** Of each tissue's list the genes that may be in the set, by rank. */
export function inSet({ ranked, among }: PartLists): PartLists["ranked"] {
  return among == null ? ranked : ranked.map((each) => ({
    ...each,
    order: each.order.filter((gene) => among.get(each.tissue)?.[gene] === 1),
  }));
}

/** Gene columns of the set, each once. */
export function genesOfSet(lists: PartLists): number[] {
  return [
    ...new Set(
      inSet(lists).flatMap(({ order }) =>
        Array.from(order.subarray(0, lists.ranks))
      ),
    ),
  ];
}

/** Each sample's tissue, or null if it is not ranked or has too few of them. */
export function enoughSamples(
  tissueOf: readonly (string | null)[],
  minSamples: number,
): (string | null)[] {
  const counts = new Map<string | null, number>();
  for (const tissue of tissueOf) {
    counts.set(tissue, (counts.get(tissue) ?? 0) + 1);
  }
  return tissueOf.map((tissue) =>
    tissue !== null && counts.get(tissue)! >= minSamples ? tissue : null
  );
}

/** Which genes and decoys a fold's lists may hold, by its own samples. */
export function foldCandidates(
  direction: Direction,
  dataset: Dataset,
  matrix: ImageMatrix,
  fold: Dataset["folds"][number],
): Pick<ExplainedScores, "candidates" | "decoyCandidates"> {
  const learned = learningRows(dataset, fold);
  return {
    candidates: candidatesOf(direction, tissueContrasts(dataset, learned)),
    decoyCandidates: candidatesOf(
      direction,
      tissueContrasts(decoyDataset(dataset, matrix), learned),
    ),
  };
}

/**
 * A row per tissue and rank.
 *
 * @param least Ranks that are listed, or as many as the set has, if more.
 */
export function listRows(
  { ranked, ranks, among }: PartLists,
  genes: readonly string[],
  least = LISTED,
): TestRankRow[] {
  return ranked.flatMap(({ tissue, order, medians }) =>
    Array.from(
      order.subarray(0, Math.max(least, ranks)),
      (gene, index) => ({
        tissue,
        rank: index + 1,
        gene: genes[gene],
        median_shap: medians[gene],
        selected: index < ranks &&
          (among == null || among.get(tissue)?.[gene] === 1),
      }),
    )
  );
}

/** The same for a fold, as deep as SHAP votes in the consensus. */
export function foldRows(
  fold: number,
  lists: PartLists,
  genes: readonly string[],
): FoldRankRow[] {
  return listRows(lists, genes, VOTED_RANKS).map((row) => ({ fold, ...row }));
}
