/** Reads a run, writes its report and its summary. */

import type { StageContext, StageOutcome } from "../pipeline/stage.ts";
import { hashFile, hashText } from "../store/hash.ts";
import { composeReport } from "./compose.ts";
import type { Declarations } from "./declarations.ts";
import { type Findings, findings } from "./findings.ts";
import { counted, fixed, pValue } from "./numbers.ts";
import { readCitation } from "./ro_crate/citation.ts";
import {
  composeCrate,
  CRATE_FILE,
  describeWorkflow,
  type ToldStage,
  WORKFLOW_FILE,
} from "./ro_crate/ro_crate.ts";
import { readRun, type RunReader } from "./run_files.ts";

/** The part of a stage's context that the report needs. */
export type ReportContext =
  & RunReader
  & Pick<StageContext, "folder" | "writeBeside">;

/**
 * Writes `report.md` and the run's metadata (`ro-crate-metadata.json`,
 * `workflow.json`) beside the stages' folders and `summary.json`, the verdict's
 * numbers, into the report's own.
 *
 * @param context The stage's context.
 * @param declarations The parameters of the stages that the report tells of.
 * @param stages Those stages.
 * @throws {InputError} If `prepare` has not run or a file was altered.
 */
export async function writeReport(
  context: ReportContext,
  declarations: Declarations,
  stages: readonly ToldStage[],
): Promise<StageOutcome> {
  const run = await readRun(context, [...declarations.stages.keys()]);
  const found = findings(run);
  const report = composeReport(run, found, declarations);
  const summary = JSON.stringify(found, null, 2) + "\n";
  const workflow = describeWorkflow(stages);
  const records = [];
  for (const record of run.records) {
    const path = await context.artifact(`${record.stage}/stage.json`);
    records.push({ record, sha256: await hashFile(path) });
  }
  const crate = composeCrate({
    name: run.folder.slice(run.folder.lastIndexOf("/") + 1),
    citation: readCitation(
      await Deno.readTextFile(
        new URL("../../CITATION.cff", import.meta.url),
      ),
    ),
    stages,
    declarations,
    records,
    reportFiles: {
      "report.md": hashText(report),
      "report/summary.json": hashText(summary),
      [WORKFLOW_FILE]: hashText(workflow),
    },
  });
  await context.writeBeside("report.md", report);
  await context.writeBeside(WORKFLOW_FILE, workflow);
  await context.writeBeside(CRATE_FILE, crate);
  await Deno.writeTextFile(`${context.folder}/summary.json`, summary);
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
