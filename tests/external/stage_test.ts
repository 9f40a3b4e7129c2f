/** The stage `external` on a run and a planted second cohort. */

import assert from "node:assert/strict";
import * as files from "../../lib/external/outputs.ts";
import {
  asCsv,
  CohortRun,
  geneId,
  GENES,
  type MadeCohort,
  makeCounts,
  markersOf,
  runOn,
  TISSUES,
} from "./two_cohorts.ts";

/** Other samples of the same tissues; one more that the run lacks. */
const there = makeCounts({
  seed: 2,
  prefix: "there",
  tissues: { Heart: 6, LIVER: 4, brain: 3, skin: 5 },
  shift: 0.8,
});

/** The cohort with its genes in another order, or fewer of them. */
function withGenes(
  cohort: MadeCohort,
  pick: (genes: number[]) => number[],
  nameOf = (id: string) => id,
): MadeCohort {
  const columns = pick([...cohort.genes.keys()]);
  return {
    ...cohort,
    genes: columns.map((column) => nameOf(cohort.genes[column])),
    counts: cohort.counts.map((row) => columns.map((column) => row[column])),
  };
}

function withRows(
  cohort: MadeCohort,
  pick: (rows: number[]) => number[],
): MadeCohort {
  const rows = pick([...cohort.ids.keys()]);
  return {
    ...cohort,
    ids: rows.map((row) => cohort.ids[row]),
    tissues: rows.map((row) => cohort.tissues[row]),
    counts: rows.map((row) => cohort.counts[row]),
  };
}

async function summaryOf(run: CohortRun): Promise<files.CohortSummary> {
  return (await run.read(files.summary)).cohort!;
}

Deno.test("without another cohort only the summary is written", async () => {
  await using run = await CohortRun.copy();
  const { status, text } = await run.command();
  assert.equal(status, 0, text);
  assert.match(text, /no other cohort was given/);
  assert.deepEqual(Object.keys(await run.contents()), ["external.json"]);
  assert.deepEqual(await run.read(files.summary), { cohort: null });
});

Deno.test("a planted cohort: what is matched, predicted and replicated", async () => {
  await using run = await CohortRun.copy();
  const { status, text } = await run.judge(there);
  assert.equal(status, 0, text);
  assert.match(
    text,
    /3 samples of the other cohort are left out: the run has no such tissue \('brain'\)/,
  );
  const found = await summaryOf(run);
  assert.deepEqual(
    found.tissues,
    [["heart", "Heart", 6], ["liver", "LIVER", 4], ["skin", "skin", 5]].map(
      ([tissue, name, samples]) => ({ tissue, there: [name], samples }),
    ),
  );
  assert.deepEqual(found.tissues_not_in_run, [{ tissue: "brain", samples: 3 }]);
  assert.deepEqual(found.tissues_not_there, []);
  assert.deepEqual(
    [found.samples_read, found.samples, found.samples_of_other_tissues],
    [18, 15, 3],
  );
  assert.deepEqual([found.genes_found, found.genes_in_run], [GENES, GENES]);
  assert.deepEqual([found.matched_by, found.networks], ["id", 2]);
  assert.deepEqual(
    [found.file, found.values, found.run_values, found.normalization],
    ["there.csv", "counts", "counts", "cpm"],
  );

  // The planted genes carry over: at least once the shift is taken out.
  const score = (classifier: string, values: string) =>
    found.scores.find((each) =>
      each.classifier === classifier && each.values === values
    )!;
  for (const values of ["centered", "balanced"]) {
    assert.ok(score("ridge", values).macro_f1 > 0.9);
    assert.ok(score("nearest_centroid", values).macro_f1 > 0.9);
  }
  assert.equal(found.scores.length, 9);
  const predictions = await run.read(files.predictions);
  assert.equal(predictions.length, 15 * 9);
  const ridge = predictions.filter(({ classifier, values }) =>
    classifier === "ridge" && values === "as_is"
  );
  assert.equal(
    ridge.filter(({ tissue, predicted }) => tissue === predicted).length / 15,
    score("ridge", "as_is").accuracy,
  );
  // 6 of 15 are of the commonest tissue.
  assert.ok(
    Math.abs(found.majority_macro_f1 - 2 * 0.4 / 1.4 / 3) < 1e-15,
  );

  // Of a tissue's six planted genes all are four times as high here.
  const first = (await run.read(files.replication))
    .filter(({ ranking, first }) => ranking === "fold_change" && first === 10);
  assert.deepEqual(first.map(({ tissue }) => tissue), TISSUES);
  for (const row of first) {
    assert.equal(row.genes, 10);
    assert.ok(row.up >= 6 && row.up_twofold === 6, JSON.stringify(row));
    assert.ok(row.expected_up_twofold < 2);
  }
  const panel = (await run.read(files.panels)).find((row) =>
    row.ranking === "welch_t" && row.genes_a_tissue === 3 &&
    row.values === "balanced"
  )!;
  assert.deepEqual([panel.genes, panel.macro_f1], [9, 1]);
  const rows = await run.read(files.samples);
  assert.deepEqual(
    rows.filter(({ left_out }) => left_out !== null).map((
      { tissue, left_out },
    ) => [tissue, left_out]),
    Array(3).fill([null, "other tissue"]),
  );
});

Deno.test("the order of samples and genes and the threads change nothing", async () => {
  await using run = await CohortRun.copy();
  await run.judge(there);
  const expected = await run.contents();
  assert.equal(Object.keys(expected).length, 7);
  await run.judge(withRows(there, (rows) => rows.reverse()));
  assert.deepEqual(await run.contents(), expected);
  const shuffled = withGenes(there, (genes) => [
    ...genes.slice(17).reverse(),
    ...genes.slice(0, 17),
  ]);
  await run.judge(shuffled, "--threads", "2");
  assert.deepEqual(await run.contents(), expected);
});

Deno.test("versions, a sheet, genes in rows and a table of tissues", async () => {
  await using run = await CohortRun.copy();
  await run.judge(there);
  const expected = await summaryOf(run);
  const versioned = withGenes(there, (genes) => genes, (id) => `${id}.7`);
  const matrix = [
    ["gene_id", ...versioned.ids],
    ...versioned.genes.map((gene, column) => [
      gene,
      ...versioned.counts.map((row) => row[column]),
    ]),
  ].map((cells) => cells.join("\t")).join("\n");
  const calls: Record<string, string> = { Heart: "cor", LIVER: "hepar" };
  const sheet = await run.write(
    "sheet.csv",
    "run,organ\n" +
      versioned.ids.map((id, row) => {
        const tissue = versioned.tissues[row];
        return `${id},${calls[tissue] ?? tissue}\n`;
      }).join(""),
  );
  const table = await run.write(
    "tissues.csv",
    "from,to\ncor,heart\nhepar,liver\n",
  );
  const path = await run.write("there.tsv", matrix);
  const { status, text } = await run.command(
    ...["--external", path, "--external-samples", sheet],
    ...["--external-label", "organ", "--external-tissues", table],
  );
  assert.equal(status, 0, text);
  const found = await summaryOf(run);
  assert.deepEqual(found.scores, expected.scores);
  assert.deepEqual(found.replication, expected.replication);
  assert.deepEqual(found.tissues[0].there, ["cor"]);
  // The record knows each file by its flag.
  const { inputs } = JSON.parse(
    await Deno.readTextFile(`${run.path}/external/stage.json`),
  );
  for (
    const key of [
      "external:there.tsv",
      "external-samples:sheet.csv",
      "external-tissues:tissues.csv",
    ]
  ) assert.match(inputs[key], /^[0-9a-f]{64}$/, key);
});

Deno.test("missing genes get the training mean, and lists go without them", async () => {
  await using run = await CohortRun.copy();
  const gone = [markersOf(0)[0], geneId(GENES - 1)];
  const fewer = withGenes(
    there,
    (genes) => genes.filter((gene) => !gone.includes(there.genes[gene])),
  );
  const { status, text } = await run.judge(fewer);
  assert.equal(status, 0, text);
  assert.match(
    text,
    /lacks 2 of the run's 60 genes \(3\.3 %\): the networks are given the mean/,
  );
  const found = await summaryOf(run);
  assert.equal(found.genes_found, GENES - 2);
  const heart = (await run.read(files.replication)).find((row) =>
    row.ranking === "fold_change" && row.tissue === "heart" && row.first === 10
  )!;
  // One of the six is gone, and another gene is in its place.
  assert.deepEqual([heart.genes, heart.up_twofold], [10, 5]);
});

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

Deno.test("the run's own samples are no other cohort", async () => {
  await using run = await CohortRun.copy();
  const { text } = await run.judge(
    await Deno.readTextFile(`${run.folder}/here.csv`),
  );
  assert.match(
    text,
    /30 of 30 samples of the other cohort have ids of this run/,
  );
  assert.equal((await summaryOf(run)).samples_of_run, 30);
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
  assert.equal((await summaryOf(run)).random, 19);
});
