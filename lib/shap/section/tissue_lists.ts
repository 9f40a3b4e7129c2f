/** Each tissue's genes as the report names them. */

import { labelGenes } from "../../prepare/gene_label.ts";
import type { SectionReader } from "../../report/section.ts";
import { topCount } from "../../statistics/rank_agreement.ts";
import {
  absentGenes,
  consensusGenes,
  type ShapSummary,
  tissueGenes,
} from "../outputs.ts";

/** One tissue's genes, best first, as `labelGenes` names them. */
export interface TissueList {
  readonly tissue: string;
  /** Down to the cutoff. */
  readonly genes: readonly string[];
  /** Those that most networks agree on. */
  readonly consensus: readonly string[];
  /** How many of the largest median SHAP values are of genes that are lower. */
  readonly absent: number;
}

/**
 * Reads the lists of a run.
 *
 * @param tissues The ranked tissues.
 */
export async function readTissueLists(
  reader: SectionReader,
  tissues: readonly string[],
  summary: Pick<ShapSummary, "consensus" | "genes_in_matrix">,
): Promise<{ tissueLists: TissueList[]; absentTop: number }> {
  const absentTop = topCount(summary.genes_in_matrix);
  const geneRows = await reader.read(tissueGenes);
  const agreedRows = summary.consensus === null
    ? []
    : await reader.read(consensusGenes);
  const labels = labelGenes([...geneRows, ...agreedRows]);
  const labelsOf = (rows: readonly { readonly gene: string }[] = []) =>
    rows.map(({ gene }) => labels.get(gene)!);
  const genes = byTissue(geneRows);
  const agreed = byTissue(agreedRows);
  const absent = byTissue(await reader.read(absentGenes));
  return {
    absentTop,
    tissueLists: tissues.map((tissue) => ({
      tissue,
      genes: labelsOf(genes.get(tissue)),
      consensus: labelsOf(agreed.get(tissue)),
      absent: (absent.get(tissue) ?? [])
        .filter(({ rank }) => rank <= absentTop).length,
    })),
  };
}

function byTissue<Row extends { readonly tissue: string }>(
  rows: readonly Row[],
): Map<string, Row[]> {
  return Map.groupBy(rows, ({ tissue }) => tissue);
}
