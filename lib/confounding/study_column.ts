/** Finds the column that names each sample's study. */

import { quote } from "../cli/text.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { nameGroupColumn } from "../prepare/group_column.ts";
import { batches } from "../prepare/outputs.ts";
import { unfit } from "../store/unfit.ts";

/** Each sample's study, by row of the matrix. */
export interface StudyColumn {
  /** What the column is called. */
  readonly name: string;
  readonly texts: readonly string[];
}

/**
 * The column of `--batch`, else that of `--group`, else the demo's.
 *
 * @returns Null if there is none.
 * @throws {InputError} If a sample has no batch in the table of batches.
 */
export async function findStudyColumn(
  context: Pick<StageContext, "has" | "read" | "parametersOf">,
  { groups, sampleIds }: Pick<Dataset, "groups" | "sampleIds">,
): Promise<StudyColumn | null> {
  const { batch, group } = await context.parametersOf("prepare");
  if (await context.has(batches)) {
    const rows = await context.read(batches);
    const byId = new Map(rows.map((row) => [row.sample_id, row.batch]));
    return {
      name: String(batch),
      texts: sampleIds.map((id) => {
        const own = byId.get(id);
        if (own !== undefined) return own;
        throw unfit(batches.file, `it lacks sample ${quote(id)}`);
      }),
    };
  }
  if (groups.every((own) => own === "")) return null;
  return { name: nameGroupColumn(group), texts: groups };
}
