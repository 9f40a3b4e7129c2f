/** Stability over samples in the stage's files and in the report. */

import assert from "node:assert/strict";
import { joined } from "../../../lib/cli/text.ts";
import { genesetsDeclaration } from "../../../lib/rankings/declaration.ts";
import { drawStability } from "../../../lib/rankings/figures/stability.ts";
import { rankingMethods } from "../../../lib/rankings/methods.ts";
import * as files from "../../../lib/rankings/outputs.ts";
import { genesetsSection } from "../../../lib/rankings/section.ts";
import { isSimple } from "../../../lib/rankings/simple.ts";
import { stabilityPart } from "../../../lib/rankings/section/stability.ts";
import { stabilityDetails } from "../../../lib/rankings/section/stability_words.ts";
import {
  frequencies,
  stability,
  stabilityFigure,
  type StabilitySummary,
} from "../../../lib/rankings/stability/outputs.ts";
import { halfRanks, halves as halvesFile } from "../../../lib/shap/outputs.ts";
import { selectionStability } from "../../../lib/statistics/selection_stability.ts";
import { assertSound } from "../../figures/sound.ts";
import { GENES, MadeRun, TISSUES } from "../made_run.ts";

/** A row of the gene table with its frequencies. */
type TableRow =
  & files.GeneTableRow
  & Record<`frequency_${string}`, number | null>;

/** Those that are made again: without SHAP's vote. */
const repeated = rankingMethods.filter(({ name }) => isSimple(name));

async function tableOf(run: MadeRun): Promise<TableRow[]> {
  const table = files.geneTable(files.rankingNames(rankingMethods));
  return await run.read(table) as TableRow[];
}

Deno.test("the stage writes frequencies, indices and a summary", async () => {
  await using run = await MadeRun.make();
  await run.rank({ halves: 12 });
  const often = await run.read(frequencies);
  const table = await tableOf(run);
  for (const { method, tissue, gene, frequency } of often) {
    // Twelfths.
    assert.equal(Math.round(frequency * 12) / 12, frequency);
    const row = table.find((row) => row.tissue === tissue && row.gene === gene);
    if (row) assert.equal(row[`frequency_${method}`], frequency);
  }
  // SHAP's set has three ranks; the three strongest markers come again.
  TISSUES.forEach((tissue, t) => {
    for (const { name } of repeated) {
      const own = often.filter((row) =>
        row.tissue === tissue && row.method === name
      );
      const sum = own.reduce((sum, { frequency }) => sum + frequency, 0);
      assert.ok(Math.abs(sum - 3) < 1e-12, `${tissue} ${name} ${sum}`);
      assert.ok(own.some(({ gene }) => gene === GENES[4 * t]));
      assert.deepEqual(
        own.map(({ frequency }) => frequency),
        own.map(({ frequency }) => frequency).sort((a, b) => b - a),
      );
    }
  });
  assert.ok(
    table.some((row) => row.frequency_welch_t === 0),
    "a gene that is never among the first",
  );
  const rows = await run.read(stability);
  assert.equal(rows.length, TISSUES.length * repeated.length);
  // 3 of 6 training samples.
  assert.ok(
    rows.every((row) => row.samples === 6 && row.samples_in_half === 3),
  );
  const summary = (await run.read(files.summary)).stability!;
  assert.deepEqual(
    [summary.halves, summary.first, summary.samples_in_half],
    [12, 3, 9],
  );
  assert.deepEqual(summary.tissues, TISSUES);
  // A mean of indices is the index of the mean.
  for (const { method, index } of summary.methods) {
    const own = rows.filter((row) => row.method === method);
    const mean = own.reduce((sum, { index }) => sum + index!, 0) / own.length;
    assert.ok(Math.abs(index! - mean) < 1e-12);
  }
});

Deno.test("groups stay whole in the stage", async () => {
  await using run = await MadeRun.make({
    groupOf: (id) => `donor ${Math.floor(Number(id[2]) / 2)}`,
  });
  await run.rank({ halves: 10 });
  const summary = (await run.read(files.summary)).stability!;
  // Three donors of two samples a tissue: one or two are drawn.
  assert.equal(summary.whole_groups, 3);
  assert.ok(summary.different_halves <= 6);
  const { text } = await run.report(genesetsSection);
  assert.match(text, /with 3 groups of several samples kept whole/);
  assert.match(text, /; only [2-6] of the halves are different\./);
});

Deno.test("without halves nothing of it is written", async () => {
  await using run = await MadeRun.make();
  await run.rank({ halves: 0 });
  assert.equal((await run.read(files.summary)).stability, null);
  for (const { file } of [frequencies, stability]) {
    await assert.rejects(
      Deno.stat(`${run.path}/${file}`),
      Deno.errors.NotFound,
    );
  }
  for (const row of await tableOf(run)) {
    assert.equal(row.frequency_fold_change, null);
  }
  const { text, verdict } = await run.report(genesetsSection);
  assert.match(text, /Not measured, for `--genesets\.halves` is 0\./);
  assert.doesNotMatch(verdict, /half of the samples/);
});

Deno.test("half of the samples is more than one half", async () => {
  const check = async (halves: number) =>
    await genesetsDeclaration.check!({
      truth: "",
      top: 5,
      halves,
      shuffles: 0,
      methods: ["none"],
      core: ["none"],
      trees: 1,
      "tree-rounds": 1,
      "specific-factor": 2,
    });
  await assert.rejects(
    check(1),
    /is 1 and should be at least 2, or 0 for none/,
  );
  await check(0);
  await check(2);
});

Deno.test("the report says how many genes come again", async () => {
  await using run = await MadeRun.make();
  await run.rank({ halves: 12 });
  const { text, verdict, summary } = await run.report(genesetsSection);
  assert.match(
    text,
    /made again on 12 random half samples: of each tissue half of its samples, 9 samples on average\./,
  );
  assert.match(text, /!\[Stability\]\(genesets\/stability\.svg\)/);
  assert.match(
    text,
    /\| Welch's t \| 3\.0 \| 0\.\d\d \(0\.\d\d to 1\.00\) \| 0\.\d\d \(root\) \| 9 \|/,
  );
  assert.match(text, /How stable SHAP's own list is over the samples was not/);
  const [, told] = verdict.match(
    /Of a tissue's first 3 genes on all samples, a random half of the samples names again (.*) \(stability index/,
  )!;
  assert.equal(
    told.replaceAll(/\b[23] by/g, "3 by"),
    joined(repeated.map(({ title }) => `3 by ${title}`)),
  );
  assert.match(verdict, /SHAP's own stability .* was not measured\.$/);
  assert.equal((summary.stability as StabilitySummary).halves, 12);
});

Deno.test("SHAP's own stability is told beside that of the simple rankings", async () => {
  const read = async (halves: number, networks = 6) => {
    // Every half has a0 and b0 in their tissue, and one gene of its own.
    const rows = Array.from(
      { length: networks },
      (_, half) =>
        TISSUES.slice(0, 2).flatMap((tissue, t) =>
          [GENES[4 * t], GENES[20 + half]].map((gene, index) => ({
            half: half + 1,
            tissue,
            rank: index + 1,
            gene,
          }))
        ),
    ).flat();
    await using run = await MadeRun.make({
      files: {
        [halfRanks.file]: halfRanks.format(rows),
        [halvesFile.file]: halvesFile.format({
          halves: networks,
          listed_ranks: 3,
          rule: null,
        }),
      },
    });
    await run.rank({ halves });
    const report = await run.report(genesetsSection);
    const figure = await Deno.readTextFile(
      `${run.path}/${stabilityFigure.file}`,
    );
    return { ...report, figure, often: await run.read(frequencies) };
  };
  const both = await read(12);
  assert.match(
    both.headline,
    /^from half of the samples [-\w' ]+ names \d of a tissue's first 3 genes again, SHAP 1$/,
  );
  assert.deepEqual(both.notLookedAt, ["known genes (`--truth FILE`)"]);
  assert.match(
    both.verdict,
    /by [-\w' ]+ \(stability index .*\)\. By SHAP it names again 1 \(index 0\.\d\d\)\. SHAP's lists are those of single networks/,
  );
  assert.match(both.text, /a network was trained on each of 6 halves/);
  assert.match(both.figure, />SHAP</);
  assert.match(both.figure, /12 half samples \(SHAP 6\)/);
  const own = both.often.filter(({ method, tissue }) =>
    method === "shap" && tissue === TISSUES[0]
  );
  assert.deepEqual(
    own.slice(0, 2).map(({ gene, frequency }) => [
      gene,
      frequency,
    ]),
    [[GENES[0], 1], [GENES[20], 1 / 6]],
  );

  const alone = await read(0);
  assert.match(
    alone.headline,
    /^from half of the samples SHAP names 1 of a tissue's first \d+ genes again$/,
  );
  assert.deepEqual(alone.notLookedAt, ["known genes (`--truth FILE`)"]);
  assert.doesNotMatch(alone.verdict, /simple rankings|By SHAP it brings/);
});

/** A summary with one method for each index. */
function summaryOf(
  indices: readonly (number | null)[],
  changes: Partial<StabilitySummary> = {},
): StabilitySummary {
  return {
    halves: 50,
    different_halves: 50,
    shap_halves: null,
    samples_in_half: 30,
    whole_groups: 0,
    first: 40,
    tissues: ["a"],
    tissues_not_halved: [],
    methods: indices.map((index, at) => ({
      method: `m${at}`,
      title: `method ${at}`,
      listed: 38.5,
      recovered: 20.4,
      index,
      low: index,
      high: index,
      least_stable: index === null ? null : { tissue: "a", index },
      frequent_genes: 12,
    })),
    ...changes,
  };
}

Deno.test("the verdict names lists that depend on the samples", () => {
  const of = (...indices: (number | null)[]) =>
    stabilityDetails(summaryOf(indices)).join();
  assert.match(of(0.8, 0.9), /^\*\*The lists of .* hardly depend on which/);
  assert.match(of(0.8, 0.6), /^\*\*The lists of .* depend in part on which/);
  assert.match(
    of(0.8, 0.3, 0.2),
    /^\*\*The genes of method 1 and method 2 dep/,
  );
  // A list of fewer genes than the set has ranks.
  assert.match(of(0.8), /Of a tissue's first 39 genes .* again 20 by method 0/);
  assert.doesNotMatch(of(0.8, null), /method 1/);
  assert.equal(of(null), "");
  assert.deepEqual(stabilityDetails(null), []);
});

Deno.test("the report says what could not be measured", () => {
  const part = (stability: StabilitySummary | null, ranks = 40) =>
    stabilityPart(
      {
        stability,
        shap_set_ranks: ranks,
        methods: [] as files.GenesetsSummary["methods"],
      } as files.GenesetsSummary,
      "![figure]",
      "t.csv",
    );
  const some = part(summaryOf([0.5, null], { tissues_not_halved: ["b", "c"] }));
  assert.match(
    some,
    /Nothing is said of 2 tissues \(b, c\): too few samples, so/,
  );
  assert.match(some, /\| method 1 \| no list \| not defined \| {2}\| 12 \|/);
  assert.match(some, /a list from another study may differ more/);
  const none = part(summaryOf([null], {
    tissues: [],
    tissues_not_halved: ["b"],
    whole_groups: 2,
  }));
  assert.match(none, /\*\*Nothing could be measured\*\*/);
  assert.match(none, /too few samples, or a single group/);
  assert.doesNotMatch(none, /figure/);
  // Without a set there is nothing to compare.
  assert.equal(part(null, 0), "");
});

Deno.test("the figure: intervals beyond 1, one tissue, none", () => {
  const lists = [[1, 2], [1, 2], [1, 3]];
  const { index, interval } = selectionStability(lists, 9);
  const draw = (tissues: number) =>
    drawStability({
      halves: 3,
      shapHalves: null,
      first: 2,
      methods: ["fold change", "x < y"].map((title) => ({
        title,
        index,
        interval,
        tissues: Array.from({ length: tissues }, (_, at) => ({
          tissue: `tissue & ${at}`,
          samples: 5 + at,
          // The second was not halved.
          index: at === 1 ? null : index,
          interval: at === 1 ? null : interval,
        })),
      })),
    });
  assert.match(draw(0), /Nothing to draw: no tissue was halved/);
  assert.match(draw(1), />tissue &amp; 0 \(5\)</);
  assert.doesNotMatch(draw(1), /mean of/);
  assert.match(draw(3), />mean of 2 tissues</);
  assert.match(draw(3), />x &lt; y</);
  assert.doesNotMatch(draw(3), /tissue &amp; 1 /);
  for (const tissues of [1, 3, 50]) {
    assertSound(draw(tissues), `${tissues} tissues`);
    assert.doesNotMatch(draw(tissues), /NaN|undefined/);
  }
});
