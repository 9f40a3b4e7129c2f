/** Core genes, agreement and intersections, by hand and in a run. */

import assert from "node:assert/strict";
import { agreements } from "../../lib/rankings/core/agreement.ts";
import {
  chooseCore,
  DEFAULT_CORE,
} from "../../lib/rankings/core/choose_core.ts";
import { findCore } from "../../lib/rankings/core/core_genes.ts";
import { intersectionsOf } from "../../lib/rankings/core/intersections.ts";
import { agreement, coreGenes } from "../../lib/rankings/core/outputs.ts";
import { drawAgreement } from "../../lib/rankings/figures/agreement.ts";
import { drawIntersections } from "../../lib/rankings/figures/intersections.ts";
import { rankingMethods } from "../../lib/rankings/methods.ts";
import * as files from "../../lib/rankings/outputs.ts";
import { bestPart } from "../../lib/rankings/section/best_at_what.ts";
import { genesetsStandings } from "../../lib/rankings/section/standings.ts";
import { genesetsSection } from "../../lib/rankings/section.ts";
import type { Ranking } from "../../lib/rankings/shap_rankings.ts";
import type { TissueContrast } from "../../lib/prepare/tissue_contrasts.ts";
import { spearman } from "../../lib/statistics/rank_agreement.ts";
import { escapeXml } from "../../lib/report/figures/markup.ts";
import { exists } from "../../lib/store/files.ts";
import { assertSound } from "../figures/sound.ts";
import { MadeRun, MARKED, truthFile } from "./made_run.ts";

const ranking = (
  name: string,
  lists: Record<string, number[]>,
): Ranking => ({
  name,
  title: `by ${name}`,
  lists: new Map(Object.entries(lists)),
});

/** Of ten genes, those from 8 on are lower in the tissue. */
const contrasts = ["leaf", "root"].map((tissue) => ({
  tissue,
  log2FoldChange: Float64Array.from({ length: 10 }, (_, gene) => 7.5 - gene),
})) as unknown as TissueContrast[];

const rankings = [
  ranking("one", { leaf: [0, 1, 2, 3, 4], root: [5, 6] }),
  ranking("two", { leaf: [2, 0, 7, 1], root: [6, 4, 5] }),
  ranking("three", { leaf: [1, 2, 0, 9], root: [] }),
];

Deno.test("core genes of tissues and of sets, and what chance gives", () => {
  const { tissues, all } = findCore(rankings, contrasts, 3, [0, 1, 2, 5], 10);
  // The same worst rank and sum of ranks: in the order of the first list.
  assert.deepEqual(tissues[0].genes, [
    { gene: 0, ranks: [1, 2, 3] },
    { gene: 2, ranks: [3, 1, 2] },
  ]);
  assert.ok(Math.abs(tissues[0].expected - 8 * (3 / 8) ** 3) < 1e-12);
  assert.deepEqual(tissues[1], { tissue: "root", genes: [], expected: 0 });
  // Side by side: 0, 5, 1, 6 and 2, 6, 0, 4 and 1, 2, 0, 9.
  assert.equal(all.setSize, 4);
  assert.deepEqual(all.genes, [0]);
  assert.ok(Math.abs(all.expected - 10 * 0.4 ** 3) < 1e-12);
});

Deno.test("the flag's rankings: in order, none, missing ones", () => {
  const made = ["shap", "fold_change", "limma"];
  assert.deepEqual(chooseCore(["limma", "shap"], made), ["shap", "limma"]);
  assert.deepEqual(chooseCore(["none"], made), []);
  assert.deepEqual(chooseCore(DEFAULT_CORE, made), ["shap", "limma"]);
  assert.deepEqual(chooseCore(DEFAULT_CORE, ["shap"]), []);
  for (const wrong of [["limma"], ["shap", "tau"], [], ["shap", "none"]]) {
    assert.throws(
      () => chooseCore(wrong, made),
      /Cannot read --genesets\.core: it is (limma|tau|empty|none) and should be none, or two or more of shap, fold_change, limma; /,
    );
  }
});

Deno.test("agreement equals Jaccard and Spearman by their definitions", () => {
  const [oneTwo, oneThree, twoThree] = agreements(rankings, contrasts, 3);
  assert.deepEqual(
    [oneTwo.tissues, oneThree.tissues, twoThree.tissues],
    [2, 1, 1],
  );
  assert.equal(oneTwo.jaccard, (2 / 4 + 2 / 3) / 2);
  assert.equal(oneThree.jaccard, 1);
  // Places among the eight genes that are up; the others tie at the end.
  const scores = (list: number[]) =>
    Array.from(
      { length: 8 },
      (_, gene) => list.includes(gene) ? -list.indexOf(gene) : -100,
    );
  const leaf = spearman(scores([1, 2, 0]), scores([2, 0, 7, 1]))!;
  assert.ok(Math.abs(twoThree.spearman! - leaf) < 1e-12);
  const root = spearman(scores([5, 6]), scores([6, 4, 5]))!;
  const both = spearman(scores([0, 1, 2, 3, 4]), scores([2, 0, 7, 1]))!;
  assert.ok(Math.abs(oneTwo.spearman! - (root + both) / 2) < 1e-12);
});

Deno.test("each gene of a tissue is in one combination", () => {
  assert.deepEqual(intersectionsOf(rankings, ["leaf", "root"], 3), [
    { members: [0, 1, 2], genes: 2 },
    { members: [0, 1], genes: 2 },
    { members: [1], genes: 2 },
    { members: [0, 2], genes: 1 },
  ]);
});

Deno.test("the figures: nothing, few and many rankings", () => {
  const many = Array.from(
    { length: 22 },
    (_, index) =>
      ranking(`ranking & ${index}`, {
        leaf: Array.from({ length: 5 }, (_, at) => (at * (index + 3)) % 11),
      }),
  );
  for (const shown of [[], rankings, many]) {
    const matrix = drawAgreement({
      depth: 3,
      rankings: shown,
      agreements: agreements(shown, contrasts, 3),
    });
    const bars = drawIntersections({
      depth: 3,
      tissues: 2,
      rankings: shown.map(({ title }) => title),
      core: [0, 1],
      intersections: intersectionsOf(shown, ["leaf", "root"], 3),
    });
    for (const svg of [matrix, bars]) {
      assertSound(svg, `${shown.length}`);
      assert.equal(/Nothing to draw/.test(svg), shown.length === 0);
    }
  }
});

Deno.test("the longest title of a ranking is not cut in the matrix", () => {
  const titles = rankingMethods.map(({ title }) => title);
  const shown = titles.map((title) => ({ ...rankings[0], name: title, title }));
  const svg = drawAgreement({
    depth: 3,
    rankings: shown,
    agreements: agreements(shown, contrasts, 3),
  });
  for (const title of titles) {
    assert.equal(svg.split(`>${escapeXml(title)}<`).length - 1, 2, title);
  }
});

Deno.test("a run has core genes, and its report says what they are", async () => {
  await using run = await MadeRun.make();
  const truth = `${run.path}/known.csv`;
  await Deno.writeTextFile(truth, truthFile(MARKED));
  await run.rank({ truth, core: ["shap", "consensus", "limma"] });
  const rows = await run.read(coreGenes);
  assert.deepEqual(
    rows.filter(({ within }) => within === "tissue")
      .map(({ tissue, gene }) => [tissue, gene]),
    [["leaf", "g000"], ["leaf", "g001"], ["root", "g004"], ["root", "g005"]],
  );
  assert.match(rows[0].ranks!, /^shap 1; limma \d; consensus \d$/);
  const { core, truth: found } = await run.read(files.summary);
  assert.deepEqual(core!.rankings, ["shap", "limma", "consensus"]);
  assert.deepEqual(core!.tissues.map(({ genes }) => genes), [2, 2, 0]);
  assert.ok(found!.rankings.some(({ method }) => method === "consensus"));
  const pairs = await run.read(agreement);
  const compared = ["shap", ...rankingMethods.map(({ name }) => name)];
  assert.deepEqual(
    pairs.map(({ a, b }) => `${a} ${b}`),
    compared.flatMap((a, index) =>
      compared.slice(index + 1).map((b) => `${a} ${b}`)
    ),
  );
  const { text } = await run.report(genesetsSection);
  assert.match(
    text,
    /by each of SHAP, limma and consensus of rankings: 4 genes in 3 tissues\./,
  );
  assert.match(
    text,
    /\*\*No core gene in stem\*\*: there one of these rankings lists no gene\./,
  );
});

Deno.test("without core genes there is no file, and the report says so", async () => {
  await using run = await MadeRun.make();
  await run.rank({ core: ["none"] });
  assert.ok(!await exists(`${run.path}/genesets/core_genes.csv`));
  const table = files.geneTable(files.rankingNames([]));
  assert.ok(table.columns.some(({ name }) => name === "core"));
  const { text } = await run.report(genesetsSection);
  assert.match(text, /### Core genes\n\nNot looked for: fewer than two/);
});

const titles = new Map([
  ["shap", "SHAP"],
  ["limma", "limma"],
  ["consensus", "consensus of rankings"],
]);
const standing = (values: Record<string, number>) => ({
  measure: "m",
  best_at: "this",
  digits: 2,
  values: new Map(Object.entries(values)),
});

Deno.test("the best at each measure, and how far the consensus is behind", () => {
  const text = bestPart([
    standing({ shap: 0.5, limma: 0.7, consensus: 0.6 }),
    standing({ shap: 0.801, limma: 0.8, consensus: 0.79 }),
    standing({ limma: 0.2, consensus: 0.3 }),
    // Only one ranking: nothing is compared.
    standing({ limma: 9 }),
  ], titles);
  assert.match(text, /\| SHAP \| 0\.50 \| \*\*0\.80\*\* \| {2}\|/);
  assert.match(
    text,
    /Best at this, limma; at this, SHAP and limma; at this, consensus of rankings\. SHAP is the best ranking, alone or with others, by 1 of the 2 measures/,
  );
  assert.match(
    text,
    /at most 0\.02 below the best other ranking by 2 of 3 measures, and 0\.10 below it where it is worst\./,
  );
  assert.match(
    bestPart([standing({ shap: 0.1, limma: 0.2 })], titles),
    /\*\*By the only measure that judges SHAP it is not the best ranking/,
  );
  assert.equal(bestPart([], titles), "");
});

Deno.test("known genes and stability are measures of the rankings", async () => {
  await using run = await MadeRun.make();
  const truth = `${run.path}/known.csv`;
  await Deno.writeTextFile(truth, truthFile(MARKED));
  await run.rank({ truth });
  const found = genesetsStandings(await run.read(files.summary));
  assert.deepEqual(found.map(({ measure }) => measure), [
    "known genes among the first 10",
    "known genes among the first 50",
    "stability index",
  ]);
  // Networks are trained on no half.
  for (const name of ["shap", "consensus"]) {
    assert.deepEqual(
      found.map(({ values }) => values.has(name)),
      [true, true, false],
    );
  }
  assert.ok(found.every(({ values }) => values.has("limma")));
});
