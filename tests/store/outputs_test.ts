/** Typed tables and JSON files refuse what they do not declare. */

import assert from "node:assert/strict";
import { InputError } from "../../lib/cli/errors.ts";
import * as fields from "../../lib/store/fields.ts";
import { defineJson } from "../../lib/store/json.ts";
import { defineTable, defineWideTable } from "../../lib/store/table.ts";

const genes = defineTable("a/genes.csv", "One row per gene", {
  gene: fields.text("gene id"),
  rank: fields.integer("its rank"),
  score: fields.nullable(fields.number("its score")),
  selected: fields.flag("whether it is selected"),
  part: fields.word(["train", "test"], "its part"),
});
const row = {
  gene: 'a,"b"\n',
  rank: 1,
  score: null,
  selected: true,
  part: "test",
} as const;

Deno.test("a table's rows come back as they were written", () => {
  const rows = [
    row,
    { ...row, gene: " x ", score: -1.5e-300, part: "train" as const },
    { ...row, gene: "__proto__", score: 0.1 + 0.2, selected: false },
  ];
  const text = genes.format(rows);
  assert.deepEqual(genes.parse(text, "genes.csv"), rows);
  assert.equal(text.split("\n")[0], "gene,rank,score,selected,part");
});

Deno.test("a table refuses rows of another type", () => {
  const wrong: [Record<string, unknown>, RegExp][] = [
    [{ rank: 1.5 }, /rank.*1\.5.*integer/],
    [{ rank: "1" }, /rank.*integer/],
    [{ score: NaN }, /score.*NaN.*number/],
    [{ gene: null }, /gene.*null.*text/],
    [{ part: "validation" }, /part.*train or test/],
    [{ selected: "true" }, /selected.*true or false/],
    [{ other: 1 }, /other is not a column/],
    [{ rank: undefined }, /rank.*undefined/],
  ];
  for (const [change, message] of wrong) {
    assert.throws(
      () => genes.format([{ ...row, ...change } as never]),
      (error) => error instanceof TypeError && message.test(error.message),
      JSON.stringify(change),
    );
  }
});

Deno.test("a table refuses text that it did not write", () => {
  const header = "gene,rank,score,selected,part\n";
  const wrong: [string, RegExp][] = [
    ["gene,rank,score,selected\nx,1,,true\n", /its columns are/],
    ["rank,gene,score,selected,part\n", /its columns are/],
    [`${header}x,1.5,,true,test\n`, /row 1 .*1\.5.*rank.*integer/],
    [`${header}x,,,true,test\n`, /row 1 .*rank/],
    [`${header}x,1,Infinity,true,test\n`, /Infinity.*score/],
    [`${header}x,1,,yes,test\n`, /yes.*selected/],
    [`${header}x,1,,true\n`, /Cannot read genes\.csv/],
  ];
  for (const [text, message] of wrong) {
    assert.throws(
      () => genes.parse(text, "genes.csv"),
      (error) => error instanceof InputError && message.test(error.message),
      text,
    );
  }
});

Deno.test("a column of a wide table may bear the first column's name", () => {
  const ranks = defineWideTable(
    "a/ranks.csv",
    "One row per rank",
    { name: "rank", field: fields.integer("the rank") },
    { name: "tissue", field: fields.text("the gene") },
  );
  const rows = {
    names: ["leaf", "rank", "__proto__"],
    first: [1, 2],
    values: [["a", "b", "c"], ["d", "e", "f"]],
  };
  const text = ranks.format(rows);
  assert.equal(text.split("\n")[0], "rank,leaf,rank (tissue),__proto__");
  assert.deepEqual(ranks.parse(text, "ranks.csv"), rows);
  assert.throws(() => ranks.parse("gene,leaf\n1,a\n", "ranks.csv"), InputError);
});

Deno.test("a JSON file keeps the declared order and refuses other keys", () => {
  const summary = defineJson("a/summary.json", "A summary", {
    genes: fields.integer("genes"),
    tests: fields.list(
      fields.object({ space: fields.text("space"), p: fields.number("p") }),
      "the tests",
    ),
    means: fields.byName(fields.number("mean"), "means by tissue"),
    decoys: fields.nullable(fields.object({ rate: fields.number("rate") })),
  });
  const data = {
    genes: 2,
    tests: [{ space: "umap", p: 0.5 }],
    means: { leaf: 1 },
    decoys: null,
  };
  const text = summary.format(data);
  assert.deepEqual(summary.parse(text, "summary.json"), data);
  const { genes: _, ...rest } = data;
  assert.equal(summary.format({ ...rest, genes: 2 }), text);
  for (
    const wrong of [
      rest,
      { ...data, more: 1 },
      { ...data, tests: [{ space: "umap" }] },
      { ...data, means: { leaf: "1" } },
      { ...data, decoys: { rate: Infinity } },
    ]
  ) {
    assert.throws(() => summary.format(wrong as never), TypeError);
    assert.throws(
      () => summary.parse(JSON.stringify(wrong), "summary.json"),
      InputError,
    );
  }
  assert.throws(() => summary.parse("{", "summary.json"), /it is not JSON/);
  assert.deepEqual(
    summary.columns.map(({ name }) => name),
    [
      "genes",
      "tests",
      "tests.space",
      "tests.p",
      "means",
      "decoys",
      "decoys.rate",
    ],
  );
});
