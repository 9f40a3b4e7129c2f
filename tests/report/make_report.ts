/** Makes the report of a run as the suite's machinery does. */

import { pipeline } from "../../lib/pipeline/stages.ts";
import assert from "node:assert/strict";
import { inputParameters } from "../../lib/prepare/parameters.ts";
import { declare } from "../../lib/report/declarations.ts";
import { writeReport } from "../../lib/report/write_report.ts";
import { runStage } from "../../lib/pipeline/stage_context.ts";
import { StageFolder } from "../../lib/store/stage_folder.ts";
import { integer, text, toggle } from "../../lib/cli/parameters.ts";
import { silentProgress } from "../../lib/cli/progress.ts";
import { defineStage, type Stage } from "../../lib/pipeline/stage.ts";
import { fakeRun } from "./fake_run.ts";
import type { Wishes } from "./fake_stage.ts";

const stage = (name: string, parameters = {}) => ({ name, parameters });

/** Declarations as the stages have them, cut to what the tests need. */
const declarations = declare(
  [
    stage("simulate", { genes: integer(2000, {}, "genes") }),
    stage("prepare", { shift: integer(10, {}, "added to each logarithm") }),
    stage("cnn", {
      epochs: integer(50, {}, "passes over the training samples"),
      note: text("", "TEXT", "a remark"),
      plain: toggle("no frills"),
    }),
    stage("shap", { draws: integer(200, {}, "draws a sample") }),
    stage("clusters", { repeats: integer(5, {}, "runs of k-means") }),
    stage("ttest", { sets: integer(100, {}, "random sets") }),
    stage("checks", { draws: integer(50, {}, "draws a sample") }),
  ],
  inputParameters,
  { cnn: { epochs: 30 } },
);

/** The report stage, with the declarations above. */
const fakeReportStage = defineStage({
  name: "report",
  summary: "writes the report",
  needs: [...declarations.stages.keys()],
  parameters: {},
  run: (context) =>
    writeReport(
      context,
      declarations,
      [...declarations.stages.keys()].map((name) => ({
        name,
        summary: `does ${name}`,
        needs: [],
      })),
    ),
});

/** Makes the report through the machinery that runs every stage. */
export async function makeReport(
  run: string,
  reportStage: Stage = fakeReportStage,
): Promise<{ report: string; summary: Record<string, unknown> }> {
  const folder = await StageFolder.open(run, "report");
  try {
    await runStage({
      pipeline,
      stage: reportStage,
      values: {},
      settings: { seed: 42, backend: "auto", threads: 2 },
      folder,
      progress: silentProgress,
      onWarning: () => {},
      onResume: () => {},
      commandFor: (stage) => Promise.resolve(`deno task ${stage}`),
    });
  } catch (error) {
    await folder.discard();
    throw error;
  }
  await folder.commit();
  return {
    report: await Deno.readTextFile(`${run}/report.md`),
    summary: JSON.parse(await Deno.readTextFile(`${run}/report/summary.json`)),
  };
}

/** The report of a run as wished; the folder is removed. */
export async function reportOf(wishes: Wishes = {}): Promise<string> {
  const run = await fakeRun(wishes);
  try {
    return (await makeReport(run)).report;
  } finally {
    await Deno.remove(run, { recursive: true });
  }
}

/** One `###` part of a run's report, up to the next heading. */
export async function partOf(title: string, wishes: Wishes): Promise<string> {
  const report = await reportOf(wishes);
  const [, body] = report.split(`\n### ${title}\n`);
  assert.ok(body, `the report has a part ${title}`);
  return body.split(/\n##+ /)[0];
}
