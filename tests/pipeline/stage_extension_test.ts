/** A stage with a table, a figure and a section is a folder and an entry. */

import assert from "node:assert/strict";
import { describeFiles } from "../../lib/pipeline/describe_files.ts";
import {
  definePipeline,
  lazyStage,
  withSection,
} from "../../lib/pipeline/pipeline.ts";
import { runCommand } from "../../lib/pipeline/run_command.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { reportStage } from "../../lib/report/stage.ts";
import { expressedDeclaration } from "./expressed/declaration.ts";

const named = (name: string) =>
  pipeline.stages.find((stage) => stage.name === name)!;

const extended = definePipeline({
  ...pipeline,
  stages: [
    named("simulate"),
    named("prepare"),
    withSection(
      lazyStage(
        expressedDeclaration,
        ({ expressedStage }: typeof import("./expressed/stage.ts")) =>
          expressedStage,
      ),
      ({ expressedSection }: typeof import("./expressed/section.ts")) =>
        expressedSection,
    ),
    reportStage,
  ],
  simulatedPreset: { ...pipeline.simulatedPreset, content: {} },
});

Deno.test("a stage that is added runs, is reported and documented", async () => {
  const run = await Deno.makeTempDir();
  const lines: string[] = [];
  try {
    const status = await runCommand(
      extended,
      "all",
      ["--run", run, "--expressed.zeros", "20", "--simulate.genes", "600"],
      { out: (line) => lines.push(line), err: (line) => lines.push(line) },
    );
    assert.equal(status, 0, lines.join("\n"));
    const report = await Deno.readTextFile(`${run}/report.md`);
    const counts = await Deno.readTextFile(`${run}/expressed/counts.csv`);
    const expressed = /^true,(\d+)$/m.exec(counts)?.[1];
    assert.ok(Number(expressed) > 0);
    assert.ok(report.includes(`enough samples express ${expressed} genes`));
    const section = report.split("\n## Expressed genes\n")[1].split("\n## ")[0];
    assert.ok(section.includes("genes are expressed by too few samples."));
    // The figure is shown although the section does not place it.
    assert.ok(section.includes(
      "![Genes that enough samples express](expressed/bars.svg)",
    ));
    assert.match(report, /\| `zeros` \| `20` \(default `10`\) \| most samples/);
    const summary = JSON.parse(
      await Deno.readTextFile(`${run}/report/summary.json`),
    );
    assert.deepEqual(summary.expressed, { expressed: Number(expressed) });
  } finally {
    await Deno.remove(run, { recursive: true });
  }
  assert.match(
    describeFiles(extended.stages),
    /### `expressed\/counts.csv`\n\nGenes by their zeros\.[^]*\| genes \| integer \|/,
  );
});
