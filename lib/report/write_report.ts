/** Reads a run, writes its report and its summary. */

import { basename } from "node:path";
import type { StageContext, StageOutcome } from "../pipeline/stage.ts";
import { hashFile, hashText } from "../store/hash.ts";
import { RECORD_FILE } from "../store/record.ts";
import { composeReport } from "./compose.ts";
import { summary } from "./outputs.ts";
import { readRun } from "./read_run.ts";
import { readCitation } from "./ro_crate/citation.ts";
import {
  composeCrate,
  CRATE_FILE,
  describeWorkflow,
  WORKFLOW_FILE,
} from "./ro_crate/ro_crate.ts";
import type { RunReport } from "./run_report.ts";
import { details, verdict } from "./verdict.ts";

const CITATION_FILE = new URL("../../CITATION.cff", import.meta.url);

/**
 * Writes `report.md` and the run's metadata (`ro-crate-metadata.json`,
 * `workflow.json`) beside the stages' folders, and `report/summary.json`.
 *
 * @throws {InputError} If `prepare` has not run or a file was altered.
 */
export async function writeReport(
  context: StageContext,
): Promise<StageOutcome> {
  const { pipeline, runFolder } = context;
  const names = pipeline.stages.map(({ name }) => name);
  const earlier = pipeline.stages.slice(0, names.indexOf("report"));
  // Without samples there is nothing to report.
  await context.artifact("prepare/samples.csv");
  const run = await readRun(context, earlier.map(({ name }) => name));
  const report = composeReport(run);
  const { folder } = run.facts;
  const name = basename(folder);
  const numbers = JSON.stringify(summarize(name, run), null, 2) + "\n";
  const workflow = describeWorkflow(earlier);
  const records = [];
  for (const record of run.facts.records) {
    const path = `${runFolder}/${record.stage}/${RECORD_FILE}`;
    records.push({ record, sha256: await hashFile(path) });
  }
  const crate = composeCrate({
    name,
    citation: readCitation(await Deno.readTextFile(CITATION_FILE)),
    pipeline,
    records,
    reportFiles: {
      "report.md": hashText(report),
      [summary.file]: hashText(numbers),
      [WORKFLOW_FILE]: hashText(workflow),
    },
  });
  await context.writeBeside("report.md", report);
  await context.writeBeside(WORKFLOW_FILE, workflow);
  await context.writeBeside(CRATE_FILE, crate);
  await Deno.writeTextFile(context.pathOf(summary), numbers);
  return { verdict: `${folder}/report.md` };
}

function summarize(name: string, run: RunReport): Record<string, unknown> {
  const { opening, items } = verdict(run);
  return {
    // The report's bytes depend on it: who makes the report again needs it.
    run: name,
    verdict: [opening, ...items].filter((text) => text !== ""),
    details: details(run),
    outdated: run.facts.outdated,
    ...Object.fromEntries(
      run.sections().map(({ name, section, found }) =>
        [name, found && section.summarize?.(found)] as const
      ),
    ),
  };
}
