/** The SHAP rankings, as lists that can be compared with others. */

import { InputError, rerun } from "../cli/errors.ts";
import { quote } from "../cli/text.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { ranks, shapGenes } from "../shap/outputs.ts";
import { parseCsv } from "../store/csv.ts";

/** A ranking of each tissue's genes, by whatever method. */
export interface Ranking {
  readonly name: string;
  readonly title: string;
  /** Gene columns by tissue, best first; a tissue may lack a list. */
  readonly lists: ReadonlyMap<string, ArrayLike<number>>;
}

/** The list of the networks' common genes; there only with several networks. */
export const CONSENSUS_FILE = "shap/consensus_genes.csv";

/** The name of the ranking by median SHAP values. */
export const SHAP = "shap";

/** What the stage `shap` found. */
export interface ShapLists {
  /** By the median, then the consensus of several networks if there is one. */
  readonly rankings: readonly Ranking[];
  /** The set's genes with the tissue in which each ranks best. */
  readonly set: readonly { readonly gene: number; readonly tissue: string }[];
  /** The last rank that went into the set. */
  readonly setRanks: number;
}

/**
 * Reads the SHAP rankings and the SHAP set.
 *
 * @throws {InputError} If they name a gene that the matrix lacks.
 */
export async function readShapLists(
  context: Pick<StageContext, "read" | "has" | "artifact">,
  { genes }: Pick<Dataset, "genes">,
): Promise<ShapLists> {
  const columns = new Map(genes.map((gene, column) => [gene, column]));
  const columnOf = (gene: string, file: string): number => {
    const column = columns.get(gene);
    if (column !== undefined) return column;
    throw new InputError(
      `Cannot use ${file}: its gene ${quote(gene)} is not in the matrix`,
      rerun("shap", { force: true }),
    );
  };
  const { names, values } = await context.read(ranks);
  const byMedian = new Map(
    names.map((tissue, index) => [
      tissue,
      // A tissue's ranking may end before the others.
      values.flatMap((row) => {
        const gene = row[index];
        return gene ? [columnOf(gene, ranks.file)] : [];
      }),
    ]),
  );
  const chosen = await context.read(shapGenes);
  const rankings = [{ name: SHAP, title: "SHAP", lists: byMedian }];
  if (await context.has({ file: CONSENSUS_FILE })) {
    rankings.push({
      name: "shap_consensus",
      title: "SHAP consensus",
      lists: parseConsensus(
        await Deno.readTextFile(await context.artifact(CONSENSUS_FILE)),
        columnOf,
      ),
    });
  }
  return {
    rankings,
    set: chosen.map(({ gene, tissue }) => ({
      gene: columnOf(gene, shapGenes.file),
      tissue,
    })),
    setRanks: Math.max(0, ...chosen.map(({ rank }) => rank)),
  };
}

/** By the columns gene, tissue and rank, whatever others there are. */
function parseConsensus(
  text: string,
  columnOf: (gene: string, file: string) => number,
): Map<string, number[]> {
  const [header = [], ...lines] = parseCsv(text, CONSENSUS_FILE);
  const [gene, tissue, rank] = ["gene", "tissue", "rank"]
    .map((name) => header.indexOf(name));
  const sorted = lines.toSorted((a, b) => Number(a[rank]) - Number(b[rank]));
  return new Map(
    [...Map.groupBy(sorted, (cells) => cells[tissue])].map(([name, rows]) => [
      name,
      rows.map((cells) => columnOf(cells[gene], CONSENSUS_FILE)),
    ]),
  );
}
