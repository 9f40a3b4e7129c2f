/** Reads the lists of a simple ranking, as later stages compare them. */

import { InputError, rerun } from "../cli/errors.ts";
import { quote } from "../cli/text.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { rankingTable } from "./outputs.ts";
import type { RankingMethod } from "./ranking_method.ts";
import type { Ranking } from "./shap_rankings.ts";

/**
 * Reads a ranking that the stage `genesets` wrote, down to its last rank.
 *
 * @throws {InputError} If it names a gene that the matrix lacks.
 */
export async function readRanking(
  context: Pick<StageContext, "read">,
  { genes }: Pick<Dataset, "genes">,
  method: RankingMethod,
): Promise<Ranking> {
  const table = rankingTable(method);
  const columnOf = new Map(genes.map((gene, column) => [gene, column]));
  const rows = (await context.read(table)).toSorted((a, b) => a.rank - b.rank);
  const lists = new Map<string, number[]>();
  for (const { gene, tissue } of rows) {
    const column = columnOf.get(gene);
    if (column === undefined) {
      throw new InputError(
        `Cannot use ${table.file}: its gene ${
          quote(gene)
        } is not in the matrix`,
        rerun("genesets", { force: true }),
      );
    }
    const list = lists.get(tissue);
    if (list === undefined) lists.set(tissue, [column]);
    else list.push(column);
  }
  return { name: method.name, title: method.title, lists };
}
