/** Any bytes give a gene set or one clear error, and ids come back whole. */

import assert from "node:assert/strict";
import fc from "fast-check";
import {
  nameOfSet,
  readSetFile,
  readUserGeneSets,
} from "../../lib/gene_sets/user_files.ts";
import { anyBytes, anyName, damaged, isRead, SEED, tryFiles } from "../fuzz.ts";
import { withFolder } from "../pipeline/fake_pipeline.ts";
import { unnamed } from "../unnamed_genes.ts";

const GENES = ["a", "b,c", "__proto__", "constructor", "=cmd", 'say "d"'];

const SOUND = {
  csv: 'rank,gene\n1,a\n2,"b,c"\n3,"say ""d"""\n4,__proto__\n',
  tsv: "gene\trank\na\t1\nconstructor\t2\n",
  txt: "a\n=cmd\nconstructor\n",
  gmt: "LEAF\tna\ta\tb,c\t__proto__\nROOT\t\tconstructor\n",
};

for (const [kind, sound] of Object.entries(SOUND)) {
  Deno.test(`any bytes in a .${kind} give a gene set or one error`, () =>
    withFolder(async (folder) => {
      const path = `${folder}/set.${kind}`;
      const read = async (bytes: Uint8Array) => {
        await Deno.writeFile(path, bytes);
        const warnings: string[] = [];
        const sets = await readUserGeneSets(
          [path],
          unnamed(GENES),
          (line) => warnings.push(line),
        );
        for (const line of warnings) {
          assert.doesNotMatch(line, /[\p{Cc}\p{Zl}\p{Zp}]/u);
          assert.ok(line.length < 500);
        }
        return sets[0];
      };
      const files = damaged(new TextEncoder().encode(sound));
      await tryFiles(files, read, { runs: 500, mixed: true });
      await tryFiles(anyBytes, read, { runs: 300, mixed: false });
    }));
}

Deno.test("whatever they are, gene ids are read exactly", () =>
  withFolder(async (folder) => {
    const name = anyName.map((name) => name.trim().toWellFormed())
      .filter((name) => name !== "" && !/[\0\s,;]/.test(name));
    await fc.assert(
      fc.asyncProperty(fc.array(name, { minLength: 1 }), async (ids) => {
        const text = ["gene", ...ids]
          .map((id) => `"${id.replaceAll('"', '""')}"`).join("\n");
        await Deno.writeTextFile(`${folder}/set.csv`, text);
        const sets = await readSetFile(`${folder}/set.csv`, []);
        assert.deepEqual(sets, [{ name: "set", description: "", genes: ids }]);
      }),
      { seed: SEED, numRuns: 300 },
    );
  }));

Deno.test("whatever a file is called, its set's name is a file's name", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        anyName,
        fc.string({ maxLength: 250, unit: "binary" }),
        fc.constantFrom("..", "../../x", "C:\\x", "x".repeat(250)),
      ),
      (name) => {
        const set = nameOfSet(`sets/${name}.csv`);
        assert.match(set, /^[\w-][\w.-]*$/);
        // The longest name that file systems take, with room for a figure's.
        assert.ok(`embedding_${set}.svg`.length <= 255);
      },
    ),
    { seed: SEED, numRuns: 1000 },
  );
});

Deno.test("two long names that begin alike are refused, not mixed up", () =>
  withFolder(async (folder) => {
    const paths = ["a", "b"].map((end) =>
      `${folder}/${"x".repeat(200)}${end}.txt`
    );
    for (const path of paths) await Deno.writeTextFile(path, "a\n");
    await assert.rejects(
      readUserGeneSets(paths, unnamed(GENES), () => {}),
      /which is the name of/,
    );
  }));

Deno.test("a file that is no gene set for its size is not read at all", () =>
  withFolder(async (folder) => {
    const path = `${folder}/set.txt`;
    using file = await Deno.create(path);
    await file.truncate(1 << 30); // Sparse: it takes no room.
    const before = Deno.memoryUsage().rss;
    assert.ok(
      !await isRead(() => readUserGeneSets([path], unnamed(GENES), () => {})),
    );
    assert.ok(Deno.memoryUsage().rss - before < 200e6);
  }));
