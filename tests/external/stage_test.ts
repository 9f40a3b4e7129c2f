/** The stage `external` on a run and a planted second cohort. */

import assert from "node:assert/strict";
import * as files from "../../lib/external/outputs.ts";
import { there, withGenes, withRows } from "./second_cohort.ts";
import { CohortRun, geneId, GENES, markersOf, TISSUES } from "./two_cohorts.ts";

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
  assert.match(
    text,
    /1 tissue \('liver'\) has fewer than 5 samples in the other cohort: what it/,
  );
  assert.deepEqual(
    Object.keys(await run.contents()).sort(),
    files.outputs.map(({ file }) => file.slice("external/".length)).sort(),
  );
  const found = await summaryOf(run);
  assert.deepEqual(
    found.tissues,
    [["heart", "Heart", 6], ["liver", "LIVER", 4], ["skin", "skin", 5]].map(
      ([tissue, name, samples]) => ({
        tissue,
        there: [name],
        samples,
        // Of 10, two are tested.
        training_samples: 8,
      }),
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
