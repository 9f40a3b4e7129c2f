/** Planted study effects are found, and no effect gives no claim. */

import assert from "node:assert/strict";
import * as files from "../../lib/confounding/outputs.ts";
import { cellsOf, geneName, type MadeSample, StudyRun } from "./study_run.ts";

const EVEN = { one: 12, two: 12 };
const BALANCED = cellsOf({ leaf: EVEN, root: EVEN, stem: EVEN });
const GENES = 60;
const SET = Array.from({ length: 12 }, (_, gene) => gene);

/** Genes 0 to 8 are higher in one tissue each. */
function byTissue(gene: number, { tissue }: MadeSample): number {
  return gene < 9 && ["leaf", "root", "stem"][gene % 3] === tissue ? 3 : 0;
}

/** Genes 9 to 11, of the set, and 12 to 19 are higher in study two. */
const byStudy = (gene: number, { study }: MadeSample) =>
  gene >= 9 && gene < 20 && study === "two" ? 4 : 0;

Deno.test("a planted study effect is found in the genes and in the tissues", async () => {
  await using run = await StudyRun.make({
    samples: BALANCED,
    genes: GENES,
    set: SET,
    effect: (gene, sample) => byTissue(gene, sample) + byStudy(gene, sample),
  });
  await run.measure();
  const rows = await run.read(files.genes);
  const found = rows.filter((row) =>
    row.epsilon_study! > row.epsilon_tissue! && row.adjusted_p_study! < 0.05
  ).map(({ gene }) => gene);
  assert.deepEqual(
    found,
    Array.from({ length: 11 }, (_, index) => geneName(9 + index)),
  );
  assert.equal(rows[0].name, "first");
  assert.deepEqual(
    rows.filter(({ in_set }) => in_set).map(({ gene }) => gene),
    SET.map(geneName),
  );
  const summary = await run.read(files.confounding);
  assert.equal(summary.column, "lab");
  assert.equal(summary.obstacle, null);
  assert.equal(summary.cramers_v, 0);
  assert.equal(summary.corrected_v, 0);
  assert.deepEqual(summary.single_study_tissues, []);
  assert.equal(summary.variance!.set.more_by_study, 3);
  assert.equal(summary.variance!.all.more_by_study, 11);
  assert.deepEqual(summary.within!.tissues, 3);
  assert.deepEqual(summary.within!.told_by_set, 3);
  for (const { set, all } of await run.read(files.withinTissue)) {
    assert.equal(set, 1);
    assert.equal(all, 1);
  }
  assert.deepEqual(
    (await run.read(files.studies)).map((row) => Object.values(row)),
    ["leaf", "root", "stem"].flatMap((tissue) => [
      [tissue, "one", 12],
      [tissue, "two", 12],
    ]),
  );
  const { text, verdict, citations } = await run.report();
  assert.match(
    verdict,
    /hardly go together \(Cramér's V 0\.00; 0 is not at all, 1 completely\)/,
  );
  assert.match(
    verdict,
    /set's 12 genes, 3 \(25 %\) vary more by study than by tissue/,
  );
  assert.match(text, /tell the study of a sample within all of the 3 tissues/);
  assert.match(text, /!\[Variance\]\(confounding\/variance\.svg\)/);
  assert.equal(citations.length, 3);
  const svg = await Deno.readTextFile(`${run.path}/confounding/variance.svg`);
  assert.match(svg, /3 of 12 genes of the set lie above the diagonal/);
});

Deno.test("where a study turns the tissues about, holding it out costs much", async () => {
  await using run = await StudyRun.make({
    samples: BALANCED,
    genes: GENES,
    set: [...SET.slice(0, 9), ...Array.from({ length: 9 }, (_, i) => 20 + i)],
    // What is high in leaf in study one is high in root in study two, whose
    // tissues have other genes, too, that are high in them alone.
    effect: (gene, { tissue, study }) => {
      const [order, turned] = [["leaf", "root", "stem"], [
        "root",
        "stem",
        "leaf",
      ]];
      if (gene < 9) {
        return (study === "one" ? order : turned)[gene % 3] === tissue ? 3 : 0;
      }
      return gene >= 20 && gene < 29 && study === "two" &&
          order[gene % 3] === tissue
        ? 6
        : 0;
    },
  });
  const line = await run.measure();
  assert.match(line, /with a whole study held out 0\.0/);
  const summary = await run.read(files.confounding);
  const [ridge] = summary.held_out!.scores;
  assert.equal(ridge.classifier, "ridge");
  assert.equal(ridge.genes, "set");
  assert.equal(ridge.accuracy, 0);
  assert.ok(ridge.random_accuracy > 0.5);
  assert.equal(
    ridge.only_random_right,
    Math.round(ridge.random_accuracy * 72),
  );
  assert.ok(ridge.p < 1e-6);
  const rows = await run.read(files.heldOut);
  assert.equal(rows.length, 2 * 2 * 2);
  for (const { tested, trained, tissues } of rows) {
    assert.deepEqual([tested, trained, tissues], [36, 36, 3]);
  }
  const { verdict } = await run.report();
  assert.match(
    verdict,
    /\*\*macro F1 of .* the set's genes falls from 1\.00 to 0\.00\*\*/,
  );
});

Deno.test("without any effect of the study nothing is said against it", async () => {
  await using run = await StudyRun.make({
    samples: BALANCED,
    genes: GENES,
    set: SET,
    effect: byTissue,
    as: "group",
  });
  await run.measure();
  const summary = await run.read(files.confounding);
  assert.equal(summary.column, "donor");
  assert.equal(summary.variance!.set.more_by_study, 0);
  assert.equal(summary.variance!.all.more_by_study, 0);
  assert.deepEqual(summary.within, {
    tissues: 3,
    told_by_set: 0,
    told_by_random: 0,
    told_by_all: 0,
    tissues_of_networks: 3,
    told_by_networks: 0,
  });
  const { verdict, text } = await run.report();
  assert.match(verdict, /does not clearly fall: from 1\.00 to 1\.00/);
  assert.match(verdict, /12 genes, none varies more by study/);
  assert.match(
    text,
    /within none of the 3 tissues .* random genes within none\./,
  );
  assert.doesNotMatch(verdict, /\*\*/);
});

Deno.test("where each tissue is a study of its own, that is named", async () => {
  await using run = await StudyRun.make({
    samples: cellsOf({ leaf: { one: 12 }, root: { two: 12 } }),
    genes: 20,
    set: [0, 1],
    effect: byTissue,
  });
  await run.measure();
  const summary = await run.read(files.confounding);
  assert.equal(summary.cramers_v, 1);
  assert.equal(summary.shared_tissues, 0);
  assert.deepEqual(summary.single_study_tissues, [
    { tissue: "leaf", study: "one", other_tissues: 0 },
    { tissue: "root", study: "two", other_tissues: 0 },
  ]);
  assert.equal(summary.held_out, null);
  assert.equal(summary.within, null);
  assert.equal(summary.variance, null);
  assert.deepEqual(await run.written(), ["confounding.json", "studies.csv"]);
  const { verdict, text } = await run.report();
  assert.match(
    verdict,
    /^\*\*All samples of leaf, root are from studies of their own:\*\* nothing that is said of these tissues can be told from their studies\.\ntissue and study go together \(Cramér's V 1\.00; 0 is not at all, 1 completely\); what is lost when/,
  );
  assert.match(verdict, /could not be measured: no tissue is in more than one/);
  assert.match(verdict, /tissues and studies cannot be told apart/);
  assert.match(text, /no tissue has two studies of 5 samples/);
});

Deno.test("a tissue in a single study beside others is named for what it is", async () => {
  await using run = await StudyRun.make({
    samples: cellsOf({ leaf: EVEN, root: EVEN, stem: { two: 12 } }),
    genes: 30,
    set: [0, 1, 2],
    effect: byTissue,
  });
  await run.measure();
  const summary = await run.read(files.confounding);
  assert.deepEqual(summary.single_study_tissues, [
    { tissue: "stem", study: "two", other_tissues: 2 },
  ]);
  assert.equal(summary.held_out!.samples, 48);
  assert.equal(summary.held_out!.tissues, 2);
  const { verdict } = await run.report();
  assert.match(
    verdict,
    /All samples of stem are from a single study: this tissue/,
  );
});

Deno.test("without a column one sentence says so, and nothing is measured", async () => {
  await using run = await StudyRun.make({
    samples: BALANCED,
    genes: 20,
    set: [0],
    effect: byTissue,
    as: "nothing",
  });
  assert.match(await run.measure(), /--batch COLUMN/);
  assert.deepEqual(await run.written(), ["confounding.json"]);
  const { verdict, text, citations } = await run.report();
  assert.equal(text, verdict);
  assert.equal(text.match(/\.( |$)/g)?.length, 1);
  assert.match(text, /`--batch COLUMN` or `--group COLUMN`/);
  assert.deepEqual(citations, []);
});

Deno.test("one study only, or a study for each sample, is no comparison", async () => {
  for (
    const [study, obstacle, said] of [
      [() => "one", "one study", /All samples are of one study \(column `lab`/],
      [
        (row: number) => row < 8 ? `s${row >> 1}` : `s${row}`,
        "single samples",
        /Of the 68 values of the column `lab` 64 have a single sample/,
      ],
    ] as const
  ) {
    await using run = await StudyRun.make({
      samples: BALANCED.map(({ tissue }, row) => ({
        tissue,
        study: study(row),
      })),
      genes: 20,
      set: [0],
      effect: byTissue,
    });
    await run.measure();
    const summary = await run.read(files.confounding);
    assert.equal(summary.obstacle, obstacle);
    assert.equal(summary.cramers_v, null);
    assert.deepEqual(await run.written(), ["confounding.json"]);
    const { verdict } = await run.report();
    assert.match(verdict, said);
  }
});

Deno.test("donors with few samples a tissue are measured as far as they can be", async () => {
  // 24 donors give one sample of each tissue.
  const samples = ["leaf", "root", "stem"].flatMap((tissue) =>
    Array.from({ length: 24 }, (_, donor) => ({ tissue, study: `d${donor}` }))
  );
  await using run = await StudyRun.make({
    samples,
    genes: 30,
    set: [0, 1, 2],
    effect: byTissue,
  });
  await run.measure();
  const summary = await run.read(files.confounding);
  assert.equal(summary.studies, 24);
  assert.equal(summary.held_out, null);
  assert.equal(summary.within, null);
  // So many levels explain much by chance, which is not counted.
  const rows = await run.read(files.genes);
  assert.ok(rows.some((row) => row.eta_study! > 0.3));
  assert.equal(summary.variance!.all.more_by_study, 0);
  const { verdict } = await run.report();
  assert.match(verdict, /fewer than two studies have 10 samples/);
});

Deno.test("the order of the file's rows and samples left out change little", async () => {
  const made = {
    samples: BALANCED,
    genes: GENES,
    set: SET,
    effect: (gene: number, sample: MadeSample) =>
      byTissue(gene, sample) + byStudy(gene, sample),
  };
  await using one = await StudyRun.make(made);
  await using other = await StudyRun.make({
    ...made,
    order: (rows) => rows.toReversed(),
  });
  for (const run of [one, other]) await run.measure();
  const names = await one.written();
  assert.equal(names.length, 6);
  assert.deepEqual(await other.written(), names);
  for (const name of names) {
    const [text, same] = await Promise.all(
      [one, other].map(({ path }) =>
        Deno.readTextFile(`${path}/confounding/${name}`)
      ),
    );
    assert.equal(same, text, name);
  }
  await one.measure({ samples: 60 });
  const { held_out } = await one.read(files.confounding);
  assert.equal(held_out!.used, 60);
  assert.match((await one.report()).text, /60 samples were used, drawn at/);
});

Deno.test("a table of batches that lacks a sample is refused", async () => {
  await using run = await StudyRun.make({
    samples: BALANCED,
    genes: 20,
    set: [0],
    effect: byTissue,
  });
  await Deno.writeTextFile(
    `${run.path}/prepare/batches.csv`,
    "sample_id,batch\ns000,one\n",
  );
  await assert.rejects(
    () => run.measure(),
    /Cannot read prepare\/batches\.csv: it lacks sample 's001'/,
  );
});
