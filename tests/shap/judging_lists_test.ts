/** Lists that training samples make, so that test samples can judge them. */

import assert from "node:assert/strict";
import { InputError } from "../../lib/cli/errors.ts";
import { shapDeclaration } from "../../lib/shap/declaration.ts";
import { VOTED_RANKS } from "../../lib/selection/levels.ts";
import {
  foldRows,
  genesOfSet,
  inSet,
  listRows,
  type PartLists,
} from "../../lib/shap/part_lists.ts";
import { StudyFolder, TISSUES } from "../cnn/run_folder.ts";
import { explain, type ShapValues } from "./explain.ts";

const clean: Partial<ShapValues> = {
  explained: "training",
  cutoff: "top",
  top: 3,
};

Deno.test("what test samples are does not reach the lists, but those by the test samples", async () => {
  await using study = await StudyFolder.make();
  // The same training samples; its test leaves look like roots.
  await using other = await StudyFolder.make({ disguised: ["leaf"] });
  for (const each of [study, other]) {
    await each.train();
    await explain(each, clean);
  }
  const files = await study.files("shap");
  const others = await other.files("shap");
  for (
    const name of [
      "ranks.csv",
      "fold_ranks.csv",
      "shap_genes.csv",
      "explanations.csv",
      "shap_values.npy",
    ]
  ) assert.deepEqual(files.get(name), others.get(name), name);
  assert.notDeepEqual(
    files.get("test_ranks.csv"),
    others.get("test_ranks.csv"),
  );
});

Deno.test("a fold's list is as deep as SHAP's vote in the consensus", () => {
  const genes = Array.from({ length: VOTED_RANKS + 9 }, (_, gene) => `${gene}`);
  const lists: PartLists = {
    ranked: [{
      tissue: "leaf",
      order: Uint32Array.from(genes.keys()),
      medians: new Float64Array(genes.length),
      samples: 3,
    }],
    ranks: 2,
    genes: 2,
  };
  assert.equal(foldRows(1, lists, genes).length, VOTED_RANKS);
  assert.equal(listRows(lists, genes).length, 100);
  const whole = foldRows(1, { ...lists, ranks: genes.length }, genes);
  assert.equal(whole.length, genes.length);
});

Deno.test("a set of genes chosen one by one has none of those between them", () => {
  const lists: PartLists = {
    ranked: ["leaf", "root"].map((tissue) => ({
      tissue,
      order: Uint32Array.of(3, 1, 2, 0),
      medians: new Float64Array(4),
      samples: 3,
    })),
    ranks: 3,
    genes: 2,
    among: new Map([
      ["leaf", Uint8Array.of(0, 0, 1, 0)],
      ["root", Uint8Array.of(0, 0, 1, 1)],
    ]),
  };
  assert.deepEqual(genesOfSet(lists), [2, 3]);
  assert.deepEqual(genesOfSet({ ...lists, among: undefined }), [3, 1, 2]);
});

Deno.test("with one split the published list is that of the training samples", async () => {
  await using study = await StudyFolder.make();
  await study.train();
  await explain(study, clean);
  const explained = await study.table("shap/explanations.csv");
  const splits = new Map(
    (await study.table("prepare/samples.csv"))
      .map(({ sample_id, split }) => [sample_id, split]),
  );
  assert.equal(explained.length, 5 * TISSUES.length);
  assert.ok(
    explained.every(({ sample_id }) => splits.get(sample_id) !== "test"),
  );
  const ranks = await study.table("shap/ranks.csv");
  const rows = await study.table("shap/fold_ranks.csv");
  assert.deepEqual(new Set(rows.map(({ fold }) => fold)), new Set(["1"]));
  for (const { tissue, rank, gene, selected } of rows) {
    assert.equal(ranks[Number(rank) - 1][tissue], gene);
    assert.equal(selected, String(Number(rank) <= 3));
  }
  const summary = await study.json("shap/summary.json");
  assert.equal(summary.explained_part, "training");
  assert.deepEqual(summary.fold_lists, [{
    fold: 1,
    explained: 15,
    listed_ranks: 3,
    genes: summary.genes,
    // Three genes of each tissue; one network does not tell its error.
    judged: summary.fold_lists[0].judged,
    above_two_errors: null,
  }]);
  assert.ok(summary.fold_lists[0].judged > 0);
});

Deno.test("with folds the published list stays, and each fold has its own", async () => {
  await using study = await StudyFolder.make({ folds: 2 });
  await study.train({ ensemble: 2 });
  await explain(study, { ...clean, explained: "test" }, 1, "tested");
  await explain(study, clean, 2);
  const tested = await study.files("tested");
  const files = await study.files("shap");
  for (const [name, content] of tested) {
    if (name === "summary.json") continue;
    assert.deepEqual(files.get(name), content, name);
  }
  assert.deepEqual(
    [...files.keys()].filter((name) => !tested.has(name)),
    ["fold_ranks.csv", "test_ranks.csv"],
  );
  const rows = await study.table("shap/fold_ranks.csv");
  assert.deepEqual(new Set(rows.map(({ fold }) => fold)), new Set(["1", "2"]));
  // The first fold's list is not the second's: other samples, other networks.
  const listOf = (own: string) =>
    rows.filter(({ fold }) => fold === own)
      .map(({ tissue, rank, median_shap }) => [tissue, rank, median_shap]);
  assert.notDeepEqual(listOf("1"), listOf("2"));
  // Genes 0 to 8 tell the tissues apart: gene g is high in tissue g % 3.
  for (const { tissue, gene, rank } of rows) {
    if (rank !== "1") continue;
    const number = Number(gene.slice(1));
    assert.ok(number < 9 && TISSUES[number % 3] === tissue, gene);
  }
  const { fold_lists } = await study.json("shap/summary.json");
  for (const { fold, judged, above_two_errors } of fold_lists) {
    assert.equal(
      judged,
      rows.filter((row) => row.fold === String(fold) && row.selected === "true")
        .length,
    );
    assert.ok(above_two_errors > 0 && above_two_errors <= judged);
  }
  const [first] = rows.filter(({ rank }) => rank === "1");
  const byTest = await study.table("shap/test_ranks.csv");
  const ranks = await study.table("shap/ranks.csv");
  for (const { tissue, rank, gene } of byTest) {
    assert.equal(ranks[Number(rank) - 1][tissue], gene);
  }
  assert.ok(Number(first.median_shap) > 0);
});

Deno.test("an empty test part leaves out only its own list", async () => {
  await using study = await StudyFolder.make({ without: ["test"] });
  await study.train();
  await explain(study, clean);
  const files = await study.files("shap");
  assert.ok(files.has("fold_ranks.csv"));
  assert.ok(!files.has("test_ranks.csv"));
});

Deno.test("fewer explained samples than a tissue needs are refused", () => {
  const values = {
    explained: "training",
    "per-tissue": 2,
    "min-samples": 3,
    halves: 0,
    attributions: ["none"],
  };
  assert.throws(
    () => shapDeclaration.check!(values as ShapValues),
    (error) =>
      error instanceof InputError &&
      /per-tissue is 2 and must be at least/.test(error.message) &&
      error.remedy === "deno task shap --per-tissue 3",
  );
  shapDeclaration.check!({ ...values, explained: "test" } as ShapValues);
});

Deno.test("only genes of the set are judged by their errors", () => {
  const ranked = ["leaf", "root"].map((tissue) => ({
    tissue,
    samples: 3,
    medians: Float64Array.of(3, 2, 1),
    order: Uint32Array.of(0, 1, 2),
  }));
  const lists = { ranked, ranks: 3, genes: 2 };
  const orders = (among?: Parameters<typeof inSet>[0]["among"]) =>
    inSet({ ...lists, among }).map(({ order }) => [...order]);
  assert.deepEqual(orders(), [[0, 1, 2], [0, 1, 2]]);
  // Those that come again on halves; root has none of them.
  assert.deepEqual(orders(new Map([["leaf", Uint8Array.of(1, 0, 1)]])), [
    [0, 2],
    [],
  ]);
});
