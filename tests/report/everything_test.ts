/** The verdict of a run with all inputs: known genes, studies, another cohort. */

import assert from "node:assert/strict";
import { RandomStream } from "../../lib/random.ts";
import { expression } from "../../lib/simulate/outputs.ts";
import { TinyRun } from "./tiny_run.ts";

/** The verdict's sentences at most, the opening one included. */
const MOST_SENTENCES = 8;

/** The sentences of a paragraph in Markdown. */
function sentencesOf(paragraph: string): string[] {
  return paragraph.replaceAll("**", "").split(/(?<=[.!?])\s+(?=\p{Lu}|`)/u);
}

/** The run's own matrix with other ids and values, as another cohort. */
function otherCohort(csv: string): string {
  const stream = new RandomStream(8);
  const [header, ...lines] = csv.trim().split("\n");
  const texts = new Set(["sample_id", "tissue", "study", "group", "batch"]);
  const isText = header.split(",").map((name) => texts.has(name));
  return [
    header,
    ...lines.map((line) =>
      line.split(",").map((cell, column) =>
        column === 0
          ? `other_${cell}`
          : isText[column]
          ? cell
          : String(Number(cell) * (0.5 + stream.uniform()))
      ).join(",")
    ),
  ].join("\n") + "\n";
}

Deno.test("with everything given the verdict has eight sentences at most", async () => {
  await using run = await TinyRun.copy();
  const file = `${run.path}/../other.csv`;
  await Deno.writeTextFile(
    file,
    otherCohort(await Deno.readTextFile(`${run.path}/${expression.file}`)),
  );
  for (
    const [stage, ...flags] of [
      ["panels", "--sets", "99"],
      ["ttest", "--sets", "20"],
      ["external", "--external", file, "--random", "19"],
    ]
  ) {
    const { status, text } = await run.runStage(stage, ...flags);
    assert.equal(status, 0, text);
  }
  const { summary: { verdict } } = await run.report();
  const [opening, panels, ...others] = verdict;
  assert.match(opening, /^\*\*In short:\*\* .*the gene set has /);
  assert.match(opening, /; in another cohort the networks reach macro F1 /);
  assert.match(opening, /; a random half of the samples brings again /);
  assert.match(
    opening,
    /; \*\*not looked at:\*\* SHAP's own stability over samples\.$/,
  );
  assert.match(panels, /samples that no step has seen/);
  assert.match(
    panels,
    /the best of the simple rankings,? (reaches|is better|which reaches)/,
  );
  const text = others.join("\n");
  assert.match(text, /ridge classifier/);
  assert.match(text, /^Tissue and study .*; when a whole study is held out/m);
  assert.match(text, /AMI in UMAP space/);
  assert.match(text, /^(In|\*\*The networks do not .* in) another cohort \(/m);
  // So small a run also has warnings: few samples, and scores worth nothing.
  const warnings = [
    /^\*\*Few test samples:/,
    /^\*\*The scores /,
    /^\*\*The network is not shown to have learned/,
  ];
  const kept = verdict.filter((paragraph) =>
    !warnings.some((warning) => warning.test(paragraph))
  );
  assert.ok(kept.length < verdict.length);
  const sentences = kept.flatMap(sentencesOf);
  assert.ok(
    sentences.length <= MOST_SENTENCES,
    `${sentences.length} sentences:\n${sentences.join("\n")}`,
  );
});
