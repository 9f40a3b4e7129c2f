/** Reads a run, writes its report and its summary. */

import type { StageContext, StageOutcome } from "../run/stage.ts";
import { composeReport } from "./compose.ts";
import type { Declarations } from "./declarations.ts";
import { type Findings, findings } from "./findings.ts";
import { counted, fixed, pValue } from "./numbers.ts";
import { readRun, type RunReader } from "./run_files.ts";

/** The part of a stage's context that the report needs. */
export type ReportContext =
  & RunReader
  & Pick<StageContext, "folder" | "writeBeside">;

/**
 * Writes `report.md` beside the stages' folders and `summary.json`, the
 * verdict's numbers, into the report's own.
 *
 * @param context The stage's context.
 * @param declarations The stages that the report tells of.
 * @throws {InputError} If `prepare` has not run or a file was altered.
 *
 * @example
 * ```ts ignore
 * import { writeReport } from "./write_report.ts";
 * const { verdict } = await writeReport(context, declarations);
 * ```
 */
export async function writeReport(
  context: ReportContext,
  declarations: Declarations,
): Promise<StageOutcome> {
  const run = await readRun(context, [...declarations.stages.keys()]);
  const found = findings(run);
  await context.writeBeside(
    "report.md",
    composeReport(run, found, declarations),
  );
  await Deno.writeTextFile(
    `${context.folder}/summary.json`,
    JSON.stringify(found, null, 2) + "\n",
  );
  return { verdict: `${run.folder}/report.md: ${inOneLine(found)}` };
}

/** The result for the terminal. */
function inOneLine({ network, gene_set, ttest }: Findings): string {
  const parts = [
    network && `macro F1 ${fixed(network.macro_f1)}`,
    gene_set && counted(gene_set.genes, "gene"),
    ttest &&
    `V-measure ${fixed(ttest.statistic)} against ${fixed(ttest.null_mean)} ` +
      `of random sets, p_empirical ${pValue(ttest.p_empirical)}`,
    ttest?.tests &&
    `holds in ${ttest.held} of ${counted(ttest.tests.length, "test")}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? "the data only" : parts.join(", ");
}
