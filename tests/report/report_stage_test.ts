import assert from "node:assert/strict";
import demo from "../../presets/demo.json" with { type: "json" };
import { reportStage } from "../../lib/report/report_stage.ts";
import { fakeRun } from "./fake_run.ts";
import { makeReport } from "./make_report.ts";

Deno.test("the stage takes help and defaults from the stages' declarations", async () => {
  const epochs = demo.cnn.epochs + 1;
  const run = await fakeRun({ epochs });
  try {
    const { report } = await makeReport(run, reportStage);
    assert.ok(report.includes(
      `| \`epochs\` | \`${epochs}\` (default \`${demo.cnn.epochs}\`) | passes`,
    ));
    assert.ok(report.includes(`--cnn.epochs ${epochs}`));
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
    "checks",
  ]);
});
