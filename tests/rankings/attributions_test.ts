/** The rankings by the network's other attributions. */

import assert from "node:assert/strict";
import { attributionRankings } from "../../lib/rankings/attributions.ts";
import { furtherRankings, rankingMethods } from "../../lib/rankings/methods.ts";
import * as files from "../../lib/rankings/outputs.ts";
import { genesetsSection } from "../../lib/rankings/section.ts";
import { exists } from "../../lib/store/files.ts";
import { GENES, MadeRun, truthFile } from "./made_run.ts";

/** Scores of leaf and of a tissue without training samples. */
const scored = "gene,leaf,nowhere\n" + GENES.map((gene, index) =>
  // Leaf's markers are genes 0 to 3; 2 speaks against it, 8 is higher in stem.
  `${gene},${{ 0: 1, 1: 3, 2: -2, 3: 0, 8: 9 }[index] ?? 0.5},1\n`
).join("");

const [integrated] = attributionRankings;

Deno.test("attributions that shap has computed are ranked and compared", async () => {
  await using run = await MadeRun.make({
    files: { "shap/integrated_gradients.csv": scored },
  });
  await run.rank();
  const rows = await run.read(files.rankingTable(integrated));
  assert.deepEqual(
    new Set(rows.map(({ tissue }) => tissue)),
    new Set(["leaf"]),
  );
  assert.deepEqual(
    rows.slice(0, 2).map(({ gene, rank, score }) => [gene, rank, score]),
    [["g001", 1, 3], ["g000", 2, 1]],
  );
  const ranked = rows.map(({ gene }) => gene);
  for (const gene of ["g002", "g003", "g008"]) {
    assert.ok(!ranked.includes(gene), gene);
  }
  const table = files.geneTable(
    files.rankingNames(rankingMethods),
    [integrated.name],
  );
  const genes = await run.read(table) as unknown as Record<string, unknown>[];
  const own = genes.find(({ gene, tissue }) =>
    gene === "g001" && tissue === "leaf"
  )!;
  assert.equal(own.rank_integrated_gradients, 1);
  assert.equal(own.score_integrated_gradients, 3);
  const { methods, overlaps } = await run.read(files.summary);
  assert.ok(methods.some(({ method }) => method === integrated.name));
  assert.ok(
    overlaps.some(({ method, tissue }) =>
      method === integrated.name && tissue === "leaf"
    ),
  );
  const { text } = await run.report(genesetsSection);
  assert.match(
    text,
    /these are no simple rankings:\n\n- integrated gradients of the network \(`genesets\/integrated_gradients\.csv`\)/,
  );
  assert.ok(!await exists(`${run.path}/genesets/gradient_x_input.csv`));
});

Deno.test("the best of them is not called the best simple ranking", async () => {
  await using run = await MadeRun.make();
  await run.rank();
  // Of each other ranking the genes of leaf after the first 50, so that none
  // has all of them before.
  const lists = await Promise.all(
    rankingMethods.map((method) => run.read(files.rankingTable(method))),
  );
  const after = lists.map((rows) =>
    rows.filter(({ tissue, rank }) => tissue === "leaf" && rank > 50)
      .map(({ gene }) => gene)
  );
  assert.ok(after.every((genes) => genes.length > 0));
  const known = [...new Set(after.flat())];
  assert.ok(known.length <= 50);
  await Deno.writeTextFile(
    `${run.path}/shap/integrated_gradients.csv`,
    "gene,leaf\n" +
      GENES.map((gene) => `${gene},${known.includes(gene) ? 2 : -1}\n`).join(
        "",
      ),
  );
  const truth = `${run.path}/known.csv`;
  await Deno.writeTextFile(
    truth,
    truthFile(known.map((gene) => [gene, "leaf"])),
  );
  await run.rank({ truth });
  const { verdict, text } = await run.report(genesetsSection);
  const { rankings } = (await run.read(files.summary)).truth!;
  const precision = rankings.map(({ depths }) =>
    depths.find(({ k }) => k === 50)!.precision.mean
  );
  assert.equal(
    rankings[precision.indexOf(Math.max(...precision))].method,
    integrated.name,
  );
  assert.match(text, /\| integrated gradients of the network \| /);
  assert.doesNotMatch(verdict, /integrated gradients/);
});

Deno.test("their names are free, and none of them votes", () => {
  const names = [...rankingMethods, ...furtherRankings].map(({ name }) => name);
  for (const { name, family } of attributionRankings) {
    assert.ok(!names.includes(name), name);
    assert.equal(family, undefined);
  }
});
