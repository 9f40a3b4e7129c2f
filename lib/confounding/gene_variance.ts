/** How much of each gene's variance goes with the tissue and the study. */

import { type Dataset, takeRows } from "../prepare/dataset.ts";
import { median } from "../statistics/describe.ts";
import { benjaminiHochberg } from "../statistics/adjust_p.ts";
import { SIGNIFICANCE_LEVEL } from "../statistics/format_p.ts";
import type { Shuffles } from "../statistics/shuffle_count.ts";
import { adjustedEta, twoWayEta } from "../statistics/two_way_eta.ts";
import type { Design } from "./design.ts";
import type { ConfoundingSummary, GeneRow } from "./outputs.ts";
import { studyP } from "./study_shuffles.ts";

type Variance = NonNullable<ConfoundingSummary["variance"]>;

/**
 * Two-way eta squared of all genes, on all samples.
 *
 * @param set The SHAP set's columns.
 * @returns Null if tissue and study cannot be told apart: each study has a
 * single tissue, each tissue is of a single study, or all degrees of freedom
 * are used.
 */
export function geneVariance(
  dataset: Dataset,
  { rows, tissueOf, studyOf }: Design,
  set: ArrayLike<number>,
  shuffles: Shuffles,
): { readonly rows: GeneRow[]; readonly summary: Variance } | null {
  const values = takeRows(dataset, rows);
  const eta = twoWayEta(values, tissueOf, studyOf);
  const { degrees } = eta;
  if (degrees.first === 0 || degrees.second === 0 || degrees.rest === 0) {
    return null;
  }
  const epsilon = adjustedEta(eta);
  const p = studyP(values, { tissueOf, studyOf }, eta, shuffles);
  const adjustedP = benjaminiHochberg(p);
  const inSet = new Set(Array.from(set));
  const known = (value: number) => Number.isNaN(value) ? null : value;
  const found = dataset.genes.map((gene, column) => ({
    gene,
    name: dataset.geneFacts[column].name || null,
    eta_tissue: known(eta.first[column]),
    eta_study: known(eta.second[column]),
    eta_both: known(eta.both[column]),
    epsilon_tissue: known(epsilon.first[column]),
    epsilon_study: known(epsilon.second[column]),
    p_study: known(p[column]),
    adjusted_p_study: known(adjustedP[column]),
    in_set: inSet.has(column),
  }));
  return {
    rows: found,
    summary: {
      shuffles: shuffles.count,
      set: judge(found.filter(({ in_set }) => in_set)),
      all: judge(found),
    },
  };
}

function judge(rows: readonly GeneRow[]): Variance["set"] {
  const varying = rows.filter(({ eta_both }) => eta_both !== null);
  return {
    genes: varying.length,
    more_by_study:
      varying.filter((row) =>
        row.epsilon_study! > row.epsilon_tissue! &&
        row.adjusted_p_study! < SIGNIFICANCE_LEVEL
      )
        .length,
    common: varying.length === 0 ? 0 : median(
      varying.map((row) =>
        Math.max(0, row.eta_both! - row.eta_tissue! - row.eta_study!)
      ),
    ),
  };
}
