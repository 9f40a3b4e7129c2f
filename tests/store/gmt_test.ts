import assert from "node:assert/strict";
import { defineGmt } from "../../lib/store/gmt.ts";
import { defineLines } from "../../lib/store/lines.ts";

const sets = defineGmt("shap/tissue_genes.gmt", "Genes");

Deno.test("a gene set is a line of fields between tabs", () => {
  const made = [
    { name: "leaf blade", description: "two genes", genes: ["g1", "g2"] },
    { name: "a\tb\n", description: "", genes: [] },
  ];
  const text = sets.format(made);
  assert.equal(text, "leaf blade\ttwo genes\tg1\tg2\na\\tb\\n\t\n");
  assert.deepEqual(sets.parse(text, "x.gmt"), [
    made[0],
    { ...made[1], name: "a\\tb\\n" },
  ]);
  assert.deepEqual(sets.parse("a\tb\tg1\r\n", "x.gmt"), [
    { name: "a", description: "b", genes: ["g1"] },
  ]);
});

Deno.test("a line of one field is refused", () => {
  assert.throws(
    () => sets.parse("a\tb\tc\nleaf\n", "x.gmt"),
    /x\.gmt: line 2 has one field and should have a name/,
  );
});

Deno.test("a list of ids has one a line", () => {
  const ids = defineLines("shap/background.txt", "Genes");
  assert.equal(ids.format(["a", "b"]), "a\nb\n");
  assert.deepEqual(ids.parse("a\r\nb", "x.txt"), ["a", "b"]);
  assert.equal(ids.format([]), "");
  // As the same id is written in a GMT file.
  assert.equal(ids.format(["a\tb\n"]), "a\\tb\\n\n");
});
