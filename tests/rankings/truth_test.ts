/** Known genes: the user's file, and what of it is in the matrix. */

import assert from "node:assert/strict";
import { InputError } from "../../lib/cli/errors.ts";
import { genesetsStage } from "../../lib/rankings/stage.ts";
import { describeMismatch, matchTruth } from "../../lib/rankings/truth.ts";
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
  await check!({ truth: "", top: 5 });
  await assert.rejects(
    async () => await check!({ truth: "known.gmt", top: 5 }),
    /should end in \.csv/,
  );
});

const dataset = { genes: ["a", "b", "c"], tissueNames: ["leaf", "root"] };

Deno.test("a gene counts once, and what does not match is counted", () => {
  const rows = [["a", "leaf"], ["a", "leaf"], ["x", "leaf"], ["y", "leaf"]];
  const truth = matchTruth(
    [...rows, ["b", "bark"]].map(([gene, tissue]) => ({ gene, tissue })),
    dataset,
    new Set(["y"]),
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
          new Set(),
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
      () => matchTruth(rows, dataset, new Set(filtered), "known.csv"),
      (error) => {
        assert.ok(error instanceof InputError);
        assert.match(error.message, message);
        assert.equal(error.rerun?.stage, "prepare");
        return true;
      },
    );
  }
});
