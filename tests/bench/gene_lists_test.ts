/** The bench of the gene lists: its scores, its variants and its page. */

import assert from "node:assert/strict";
import { precisionAtKnown } from "../../bench/gene_lists/measure.ts";
import { summarize } from "../../bench/gene_lists/page.ts";
import { sharedStages } from "../../bench/gene_lists/stages.ts";
import { variants } from "../../bench/gene_lists/variants.ts";

Deno.test("a tissue's first genes are compared, as many as it has known ones", () => {
  const known = new Map([
    ["root", new Set(["a", "b"])],
    ["leaf", new Set(["c"])],
    ["stem", new Set(["d"])],
  ]);
  const inMatrix = new Map([["root", 2], ["leaf", 1], ["stem", 1]]);
  const lists = new Map([["root", ["a", "c", "b"]], ["leaf", ["c", "a"]]]);
  // Half of root's, leaf's one, and no list of stem.
  assert.equal(precisionAtKnown(lists, known, inMatrix), (0.5 + 1 + 0) / 3);
});

Deno.test("runs share the stages before the first that differs", () => {
  const config = (id: string) =>
    variants.find((variant) => variant.id === id)!.config;
  const shared = (first: string, second: string) =>
    sharedStages(config(first), config(second));
  assert.deepEqual(shared("single", "both"), ["simulate", "prepare", "cnn"]);
  assert.deepEqual(shared("auto", "two"), ["simulate", "prepare"]);
  assert.deepEqual(shared("single", "one-part"), ["simulate"]);
  assert.deepEqual(shared("old", "old"), [
    "simulate",
    "prepare",
    "cnn",
    "shap",
  ]);
});

Deno.test("every variant has an id of its own", () => {
  assert.equal(new Set(variants.map(({ id }) => id)).size, variants.length);
});

Deno.test("numbers stand with their range, unknown ones are left out", () => {
  assert.equal(summarize([0.5, null, 0.25], 2), "0.38 (0.25 to 0.50)");
  assert.equal(summarize([0.5]), "0.500");
  assert.equal(summarize([null]), "-");
  assert.equal(summarize([0.1, -0.1], 1, true), "+0.0 (-0.1 to +0.1)");
});
