/** How much of each gene's variance goes with the tissue and the study. */

import { type Dataset, takeRows } from "../prepare/dataset.ts";
import { median } from "../statistics/describe.ts";
import { adjustedEta, twoWayEta } from "../statistics/two_way_eta.ts";
import type { Design } from "./design.ts";
import type { ConfoundingSummary, GeneRow } from "./outputs.ts";

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
): { readonly rows: GeneRow[]; readonly summary: Variance } | null {
  const eta = twoWayEta(takeRows(dataset, rows), tissueOf, studyOf);
  const { degrees } = eta;
  if (degrees.first === 0 || degrees.second === 0 || degrees.rest === 0) {
    return null;
  }
  const adjusted = adjustedEta(eta);
  const inSet = new Set(Array.from(set));
  const known = (value: number) => Number.isNaN(value) ? null : value;
  const found = dataset.genes.map((gene, column) => ({
    gene,
    name: dataset.geneFacts[column].name || null,
    eta_tissue: known(eta.first[column]),
    eta_study: known(eta.second[column]),
    eta_both: known(eta.both[column]),
    adjusted_tissue: known(adjusted.first[column]),
    adjusted_study: known(adjusted.second[column]),
    in_set: inSet.has(column),
  }));
  return {
    rows: found,
    summary: {
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
      varying.filter((row) => row.adjusted_study! > row.adjusted_tissue!)
        .length,
    common: varying.length === 0 ? 0 : median(
      varying.map((row) =>
        Math.max(0, row.eta_both! - row.eta_tissue! - row.eta_study!)
      ),
    ),
  };
}
