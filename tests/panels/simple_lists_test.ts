/** The rankings beside SHAP's: who votes in the consensus of a fold. */

import assert from "node:assert/strict";
import type { PanelRanking } from "../../lib/panels/ranked_lists.ts";
import type { JudgedFold } from "../../lib/panels/score_panel.ts";
import { rankSimply } from "../../lib/panels/simple_lists.ts";
import { rankingMethods } from "../../lib/rankings/methods.ts";
import { isSimple } from "../../lib/rankings/simple.ts";
import { inputOf } from "../rankings/made_dataset.ts";

/** Genes 0 to 4 are higher in t0, the first the most; the others in t1. */
const values = Array.from(
  { length: 12 },
  (_, row) =>
    Array.from(
      { length: 10 },
      (_, gene) =>
        5 + (gene < 5 === row < 6 ? 5 - gene % 5 : 0) +
        (row * (gene + 3)) % 7 / 100,
    ),
);
const { dataset } = inputOf(values, values.map((_, row) => Number(row > 5)));
const train = Int32Array.from({ length: 12 }, (_, row) => row);
const fold: JudgedFold = {
  fold: 1,
  train,
  test: new Int32Array(),
  clusters: 0,
  kmeansSeeds: [],
};

/** The rankings where SHAP has the lists, by name. */
function rank(seen: boolean, lists: readonly (readonly number[])[]) {
  const shap: PanelRanking = {
    name: "shap",
    title: "SHAP",
    seen,
    folds: lists.map((list) => ({
      lists: new Map([["t0", list]]),
      set: [...list, ...list],
    })),
  };
  const found = rankSimply(
    rankingMethods,
    dataset,
    lists.map(() => fold),
    shap,
  );
  return new Map(found.map(({ name, folds }) => [name, folds]));
}

Deno.test("SHAP votes by the lists of the fold, not by those that saw its test samples", () => {
  const none = rank(false, [[], []]);
  const own = rank(false, [[4, 3], [1]]);
  const seen = rank(true, [[4, 3], [1]]);
  const first = (found: typeof own, fold: number) =>
    found.get("consensus")![fold].lists.get("t0")![0];
  assert.deepEqual([0, 1].map((fold) => first(none, fold)), [0, 0]);
  // Its first gene, though the simple rankings have it last, or second.
  assert.deepEqual([0, 1].map((fold) => first(own, fold)), [4, 1]);
  assert.deepEqual([0, 1].map((fold) => first(seen, fold)), [0, 0]);
  for (const { name } of rankingMethods.filter(({ name }) => isSimple(name))) {
    assert.deepEqual(
      own.get(name)!.map(({ lists }) => lists),
      none.get(name)!.map(({ lists }) => lists),
      name,
    );
  }
  // Sets are as large as SHAP's, of which a gene may be in two tissues' lists.
  assert.deepEqual(
    own.get("limma")!.map(({ set }) => set.length),
    [2, 1],
  );
});
