import assert from "node:assert/strict";
import { drawGenes, locateGenes } from "../../lib/gene_sets/gene_set.ts";
import { shapSet } from "../../lib/gene_sets/shap.ts";
import { readUserGeneSets } from "../../lib/gene_sets/user_files.ts";
import { InputError } from "../../lib/cli/errors.ts";
import { unnamed } from "../unnamed_genes.ts";

const GENES = ["g0", "g1", "g2", "g10"];

Deno.test("genes are found in the matrix's order, each once", () => {
  const set = locateGenes("x", ["g10", "g1", "nope", "g1"], GENES);
  assert.deepEqual([...set.columns], [1, 3]);
  assert.deepEqual(set.notInMatrix, ["nope"]);
});

Deno.test("a SHAP set that does not fit the matrix is refused", () => {
  assert.throws(
    () => shapSet([{ gene: "other" }], GENES),
    (error) =>
      error instanceof InputError && /other is not/.test(error.message),
  );
  assert.throws(() => shapSet([], GENES), /lists none/);
});

Deno.test("random sets are drawn without replacement, by their seed", () => {
  assert.deepEqual([...drawGenes(50, 50, 3)], [...Array(50).keys()]);
  const some = (seed: number) => drawGenes(1000, 20, seed);
  assert.deepEqual(some(1), some(1));
  assert.notDeepEqual(some(1), some(2));
});

Deno.test("the user's files are checked before anything runs", async () => {
  const folder = await Deno.makeTempDir();
  const put = async (name: string, text: string) => {
    await Deno.writeTextFile(`${folder}/${name}`, text);
    return `${folder}/${name}`;
  };
  try {
    const good = await put("good.txt", "g1\na\nb\nc\nd\n");
    const warnings: string[] = [];
    const [set] = await readUserGeneSets([good], unnamed(GENES), (message) => {
      warnings.push(message);
    });
    assert.equal(set.name, "good");
    assert.deepEqual(warnings, [
      "good: 4 of 5 genes are not in the matrix and are left out (a, b, c, ...)",
    ]);
    const bad: [string[], RegExp][] = [
      [[`${folder}/absent.txt`], /there is no such file/],
      [[await put("none.txt", "a\ny\n")], /none of its 2 genes/],
      [[await put("empty.csv", "gene\n")], /lists no gene/],
      [[await put("set.xlsx", "g1\n")], /should end in/],
      [[await put("shap.txt", "g1\n")], /the name of another gene set/],
      [[await put("Random_3.txt", "g1\n")], /the name of another gene set/],
      [[good, await put("Good.csv", "g1\n")], /which is the name of .*good/],
    ];
    for (const [paths, message] of bad) {
      await assert.rejects(
        readUserGeneSets(paths, unnamed(GENES), () => {}, ["shap", "random_3"]),
        (error) => error instanceof InputError && message.test(error.message),
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
