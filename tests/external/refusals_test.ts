/** What the stage refuses, and when it is out of date. */

import assert from "node:assert/strict";
import * as files from "../../lib/external/outputs.ts";
import { there, withGenes, withRows } from "./second_cohort.ts";
import { asCsv, CohortRun, type MadeCohort, runOn } from "./two_cohorts.ts";

Deno.test("what cannot be judged is refused in a line, and nothing is written", async () => {
  await using run = await CohortRun.copy();
  const refused = async (
    expected: RegExp,
    cohort: MadeCohort | string,
    ...flags: string[]
  ) => {
    const { status, text } = await run.judge(cohort, ...flags);
    assert.equal(status, 2, text);
    assert.match(text, expected);
    await assert.rejects(run.contents(), Deno.errors.NotFound);
  };
  await refused(
    /it has 29 of the run's 60 genes \(48 %\) and should have at least half/,
    withGenes(there, (genes) => genes.slice(0, 29)),
  );
  const renamed = {
    ...there,
    tissues: there.tissues.map((name) => `${name}s`),
  };
  await refused(
    /it has 0 tissues of the run's and should have at least 2; .*--external-tissues FILE/,
    renamed,
  );
  await refused(
    /cannot .*no label.*--external-label|cannot .*'organ'.*/,
    there,
    "--external-label",
    "organ",
  );
  await refused(
    /deno task external .*--duplicates sum/,
    asCsv(withGenes(there, (genes) => [...genes, 0])),
  );
  const logs = {
    ...there,
    counts: there.counts.map((row) => row.map((count) => Math.log2(count + 1))),
  };
  await refused(/look like logarithms and the run's like counts/, logs);
  const lost = await run.command("--external", `${run.folder}/gone.csv`);
  assert.equal(lost.status, 2);
  assert.match(lost.text, /gone\.csv/);
  const alone = await run.command("--external-label", "tissue");
  assert.match(
    alone.text,
    /--external-label is given and --external, the file/,
  );
  const twice = await run.command(
    ...["--external", `${run.folder}/here.csv`],
    ...["--external-samples", `${run.folder}/here.csv`],
  );
  assert.match(twice.text, /--external-samples names the file of --external/);
});

Deno.test("another file makes the stage out of date, the same does not", async () => {
  await using run = await CohortRun.copy();
  const flags = ["--threads", "1"];
  await run.judge(there, ...flags);
  const stateOf = async () => {
    const { text } = await runOn("all", run.path, "--dry-run");
    return /^external .*$/m.exec(
      text.replaceAll(/ (?=\w+ +(up to|would))/g, "\n"),
    )
      ?.[0];
  };
  assert.match((await stateOf())!, /up to date/);
  await run.write("there.csv", asCsv(withRows(there, (rows) => rows.slice(1))));
  assert.match((await stateOf())!, /would run.*there\.csv/);
});

Deno.test("the run remembers the file beside the stage's dotted flags", async () => {
  await using run = await CohortRun.copy();
  await run.judge(there);
  const config = JSON.parse(
    await Deno.readTextFile(`${run.path}/config.json`),
  );
  assert.match(config.external, /there\.csv$/);
  assert.equal(config["external.random"], 19);
  // Without a flag.
  const { status, text } = await runOn("external", run.path);
  assert.equal(status, 0, text);
  assert.equal((await run.read(files.summary)).cohort!.random, 19);
});
