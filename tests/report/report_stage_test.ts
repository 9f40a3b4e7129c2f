import assert from "node:assert/strict";
import { reportStage } from "../../lib/report/report_stage.ts";
import { fakeRun } from "./fake_run.ts";
import { makeReport } from "./make_report.ts";

Deno.test("the stage takes help and defaults from the stages' declarations", async () => {
  const run = await fakeRun({ epochs: 31 });
  try {
    const { report } = await makeReport(run, reportStage);
    assert.match(
      report,
      /\| `epochs` \| `31` \(default `30`\) \| passes over the training samples/,
    );
    assert.match(report, /--cnn\.epochs 31/);
  } finally {
    await Deno.remove(run, { recursive: true });
  }
});

Deno.test("only stages that the report reads are needed", () => {
  assert.deepEqual(reportStage.needs, [
    "simulate",
    "prepare",
    "cnn",
    "shap",
    "clusters",
    "ttest",
  ]);
});
