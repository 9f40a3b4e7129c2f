/** Reads a run for its report: records first, then each stage's findings. */

import { basename, resolve } from "node:path";
import type { StageContext } from "../pipeline/stage.ts";
import { findStale, readRecords, RECORD_FILE } from "../store/record.ts";
import { type AnySection, RunReport } from "./run_report.ts";

/**
 * Reads a run's folder, as far as the run has been made.
 *
 * @param stageNames The stages before the report, in order.
 * @throws {InputError} If a file was altered.
 */
export async function readRun(
  context: StageContext,
  stageNames: readonly string[],
): Promise<RunReport> {
  const { runFolder, pipeline } = context;
  for (const name of stageNames) {
    const file = `${name}/${RECORD_FILE}`;
    // As an input of the report, so that a new record makes it out of date.
    if (await context.has({ file })) await context.artifact(file);
  }
  const records = await readRecords(runFolder, stageNames);
  const prepared = records.find(({ stage }) => stage === "prepare");
  const sections = new Map<string, AnySection>();
  for (const { name, loadSection } of pipeline.stages) {
    if (loadSection) sections.set(name, await loadSection());
  }
  const run = new RunReport({
    // The report's bytes must not depend on where the folder lies.
    folder: `reports/${basename(resolve(runFolder))}`,
    pipeline,
    sections,
    records,
    outdated: await findStale(runFolder, stageNames),
    simulated: Object.keys(prepared?.inputs ?? {})
      .some((path) => path.startsWith("simulate/")),
  });
  for (const { name } of pipeline.stages) {
    const section = sections.get(name);
    if (section === undefined || run.record(name) === undefined) continue;
    // The simulated matrix may be left over from an earlier run.
    if (name === pipeline.simulator && !run.facts.simulated) continue;
    run.set(section, await section.read(context, run));
  }
  return run;
}
