/** Known genes: the user's file, and what of it is in the matrix. */

import assert from "node:assert/strict";
import { InputError } from "../../lib/cli/errors.ts";
import { genesetsStage } from "../../lib/rankings/stage.ts";
import { describeMismatch, matchTruth } from "../../lib/rankings/truth.ts";
import { noFacts, unnamed } from "../unnamed_genes.ts";
import { readTruthFile } from "../../lib/rankings/truth_file.ts";

async function readText(text: string, name = "known.csv") {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/${name}`, text);
    return await readTruthFile(`${folder}/${name}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function refuses(text: string, message: RegExp, name?: string) {
  await assert.rejects(readText(text, name), (error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.message, message);
    assert.doesNotMatch(error.message, /\n/);
    assert.ok(error.remedy);
    return true;
  });
}

Deno.test("a CSV or TSV with gene and tissue in any place is read", async () => {
  const rows = [{ gene: "a", tissue: "leaf" }, { gene: "b", tissue: "root" }];
  assert.deepEqual(
    await readText("\ufefftissue,class,gene\r\nleaf,x, a\r\nroot,y,b\r\n"),
    rows,
  );
  assert.deepEqual(
    await readText("gene\ttissue\na\tleaf\n\nb\troot\n", "known.tsv"),
    rows,
  );
  // As spreadsheets save it, and under another name.
  assert.deepEqual(await readText("gene;tissue\na;leaf\nb;root\n;\n"), rows);
  assert.deepEqual(await readText("gene\ttissue\na\tleaf\nb\troot\n"), rows);
  assert.deepEqual(
    await readText("gene,tissue\na,leaf\nb,root\n,\n", "known.txt"),
    rows,
  );
  assert.deepEqual(
    await readText("# HPA\ngene\ttissue\na\tleaf\nb\troot\n", "known.csv"),
    rows,
  );
});

Deno.test("what is no such table is refused with what is wrong", async () => {
  await refuses("gene,organ\na,leaf\n", /columns are gene, organ and should/);
  await refuses("gene,tissue\n", /no row below its header/);
  await refuses("", /^Cannot read the known genes .*: the file is empty$/);
  await refuses(
    "gene,tissue\na,leaf\n,root\nb,\n",
    /2 of its rows should have .* lack one, first line 3/,
  );
  await refuses(
    "gene,tissue\na,leaf,x\n",
    /line 2 has 3 cells where the header has 2/,
  );
  await refuses("gene,tissue\na,leaf\n", /should end in \.csv/, "known.gmt");
  await assert.rejects(readTruthFile("missing.csv"), (error) => {
    assert.ok(error instanceof InputError);
    assert.match(error.message, /there is no such file/);
    assert.match(error.remedy!, /--truth ""/);
    return true;
  });
});

Deno.test("the file is looked at before any stage runs", async () => {
  const { check } = genesetsStage;
  const values = {
    top: 5,
    halves: 0,
    shuffles: 0,
    methods: ["none"],
    core: ["none"],
    trees: 1,
    "tree-rounds": 1,
    "specific-factor": 2,
  };
  await check!({ ...values, truth: "" });
  await assert.rejects(
    async () => await check!({ ...values, truth: "known.gmt" }),
    /should end in \.csv/,
  );
});

const GENES = ["a", "b", "c"];
const dataset = {
  genes: GENES,
  geneFacts: noFacts(GENES),
  tissueNames: ["leaf", "root"],
};

Deno.test("a gene counts once, and what does not match is counted", () => {
  const rows = [["a", "leaf"], ["a", "leaf"], ["x", "leaf"], ["y", "leaf"]];
  const truth = matchTruth(
    [...rows, ["b", "bark"]].map(([gene, tissue]) => ({ gene, tissue })),
    dataset,
    unnamed(["y"]),
    "known.csv",
  );
  assert.deepEqual(
    truth.tissues.map(({ columns, ...rest }) => ({
      ...rest,
      columns: [...columns],
    })),
    [{ tissue: "leaf", given: 3, columns: [0] }],
  );
  assert.deepEqual([truth.given, truth.used], [4, 1]);
  assert.deepEqual(describeMismatch(truth, "known.csv"), [
    "1 known gene of known.csv not in the matrix and left out ('x')",
    "1 known gene of known.csv left out because too few samples express it " +
    "('y')",
    "1 tissue of known.csv not in the matrix and left out ('bark')",
    "1 tissue of the matrix without known genes in known.csv and not compared " +
    "('root')",
  ]);
});

Deno.test("ids or tissues of another kind are refused with examples", () => {
  const refused = (rows: [string, string][], message: RegExp) =>
    assert.throws(
      () =>
        matchTruth(
          rows.map(([gene, tissue]) => ({ gene, tissue })),
          dataset,
          [],
          "known.csv",
        ),
      (error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, message);
        assert.match(error.remedy!, /written as in the matrix/);
        return true;
      },
    );
  refused(
    [["A", "leaf"], ["B", "leaf"]],
    /none of its 2 genes is .* like 'A', 'B', and the matrix's 3 like 'a', 'b'/,
  );
  refused(
    [["a", "Leaf"]],
    /none of its 1 tissue .* 'Leaf', .* 'leaf', 'root'/,
  );
  refused(
    [["a", "bark"], ["x", "leaf"]],
    /none of its 1 gene is in the matrix; they look like 'x'/,
  );
});

Deno.test("known genes that were all filtered out are said to be", () => {
  const rows = ["x", "y"].map((gene) => ({ gene, tissue: "leaf" }));
  for (
    const [filtered, message] of [
      [["x"], /express 1 of its 2 genes \('x'\), the input lacks the others, /],
      [["x", "y"], /express 2 of its 2 genes \('x', 'y'\), and at least one/],
    ] as const
  ) {
    assert.throws(
      () => matchTruth(rows, dataset, unnamed(filtered), "known.csv"),
      (error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, message);
        assert.equal(error.rerun?.stage, "prepare");
        return true;
      },
    );
  }
});

Deno.test("known genes that are given by name are matched by name", () => {
  const named = {
    ...dataset,
    geneFacts: ["TP53", "MYC", "MYC"].map((name) => ({
      name,
      description: null,
    })),
  };
  const rows = [
    ["TP53", "leaf"],
    ["MYC", "leaf"],
    ["INS", "root"],
    ["a", "root"],
    ["GCG", "root"],
  ].map(([gene, tissue]) => ({ gene, tissue }));
  const filtered = [{ gene: "z", name: "INS" }, { gene: "y", name: "SST" }];
  const truth = matchTruth(
    [...rows, { gene: "SST", tissue: "root" }],
    named,
    filtered,
    "known.csv",
  );
  assert.deepEqual(
    truth.tissues.map(({ tissue, given, columns }) => [
      tissue,
      given,
      ...columns,
    ]),
    [["leaf", 2, 0], ["root", 4, 0]],
  );
  assert.deepEqual([truth.given, truth.used], [6, 2]);
  assert.deepEqual(describeMismatch(truth, "known.csv"), [
    "the known genes of known.csv are matched by name: 4 of 6 genes matched " +
    "('INS' = 'z')",
    "1 name of known.csv left out, for several genes of the matrix have it " +
    "('MYC')",
    "1 known gene of known.csv not in the matrix and left out ('GCG')",
    "2 known genes of known.csv left out because too few samples express it " +
    "('INS', 'SST')",
  ]);
  // As many ids as names are ids.
  assert.equal(matchTruth(rows.slice(3, 4), named, [], "x").names, null);
  assert.throws(
    () => matchTruth(rows.slice(1, 2), named, [], "known.csv"),
    /none of its 1 gene is in the matrix; they look like 'MYC'/,
  );
});
