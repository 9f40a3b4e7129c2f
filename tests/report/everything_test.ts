/** The verdict of a run with all inputs: known genes, studies, another cohort. */

import assert from "node:assert/strict";
import { RandomStream } from "../../lib/random.ts";
import { pointTitles } from "../../lib/report/section.ts";
import { expression } from "../../lib/simulate/outputs.ts";
import { TinyRun } from "./tiny_run.ts";

/** The verdict's sentences at most, the opening one included. */
const MOST_SENTENCES = 8;

/** Words of the opening at most. */
const MOST_WORDS = 48;

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
  const [opening, ...items] = verdict;
  assert.match(opening, /^\*\*In short:\*\* .*SHAP selects \d+ genes; /);
  assert.match(opening, /; [\w ]+ in another cohort[\w ]*; /);
  assert.match(opening, /; from half of the samples [^;]+\.$/);
  const titles = [...Object.values(pointTitles), "Not looked at"];
  const points = items.filter((item) =>
    titles.some((title) => item.startsWith(`**${title}:** `))
  );
  // So small a run also has warnings, before the points.
  const warnings = items.slice(0, -points.length);
  assert.ok(warnings.length > 0);
  assert.deepEqual([...warnings, ...points], items);
  assert.deepEqual(
    points.map((item) => /^\*\*(.+?):\*\*/.exec(item)![1]),
    titles,
  );
  const [judged, rivals, cohort, , study, random, notLookedAt] = points;
  assert.match(judged, /samples left out of the ranking and the training/);
  assert.match(
    rivals,
    /the best of the simple rankings,? (reaches|is better|which reaches)/,
  );
  assert.match(cohort, /the networks reach a macro F1 of \d/);
  assert.match(study, /tissue and study .*; when a whole study is held out/);
  assert.match(random, /AMI \(adjusted mutual information .*\) in UMAP space/);
  assert.match(notLookedAt, /:\*\* SHAP's own stability over samples\.$/);
  // What the score is is said once.
  assert.equal(items.join().split("the F1 score averaged").length, 2);
  assert.equal(items.join().split("adjusted mutual information").length, 2);
  for (const text of [opening, ...points]) {
    assert.equal(sentencesOf(text).length, 1, text);
  }
  assert.ok(points.length < MOST_SENTENCES);
  const words = opening.split("; ")
    .filter((clause) => !/not shown to have learned|explain li/.test(clause))
    .join(" ").split(/\s+/);
  assert.ok(words.length <= MOST_WORDS, `${words.length} words: ${opening}`);
});
