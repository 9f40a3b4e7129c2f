/** Any bytes give a matrix or one clear error, and any name is kept exactly. */

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import type { RawMatrix } from "../../../lib/prepare/input/raw_matrix.ts";
import { readTextMatrix } from "../../../lib/prepare/input/text_matrix.ts";
import { anyBytes, anyName, damaged, SEED, tryFiles } from "../../fuzz.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

const SOUND = {
  samples: utf8(
    '# x\nid,g1,"g ""2""",t,\na,0,-1.5,root\n"b,\n",2,3e2,leaf,\r\nc,.5,NA,l\n',
  ),
  genes: utf8(
    "gene\ts1\ts2\ts3\tname\ntissue\tr\tl\tr\t\ng1\t1\t2,5\t3\tx\n" +
      'g2\t\t5\t#N/A\t"y"\n',
  ),
  blanks: utf8('"s1" "s 2"\n"g1" 1 2\n"g2"  3 \t4 \n'),
};
const folder = await Deno.makeTempDir();

/** What holds of every matrix that is read. */
function check(matrix: RawMatrix): RawMatrix {
  const { rows, columns, values, faults } = matrix;
  assert.equal(values.count, rows.ids.length);
  assert.equal(values.width, columns.ids.length);
  assert.ok(rows.ids.length > 0 && columns.ids.length > 0);
  for (const axis of [rows, columns]) {
    assert.ok(axis.ids.every((id) => id.length <= 1000));
    for (const { texts } of axis.annotations) {
      assert.equal(texts.length, axis.ids.length);
      assert.ok(texts.every((text) => typeof text === "string"));
    }
    assert.match(axis.locate(axis.ids.length - 1), /^(line|column) \d+/);
  }
  let missing = 0;
  const places = faults.map(({ column, row }) =>
    Number.isNaN(values.row(row)[column])
  );
  assert.ok(places.every((isMissing) => isMissing));
  for (const value of values.take()) {
    if (Number.isNaN(value)) missing++;
    else assert.ok(Number.isFinite(value) && !Object.is(value, -0));
  }
  assert.equal(missing, faults.reduce((sum, { cells }) => sum + cells, 0));
  return matrix;
}

for (const [name, sound] of Object.entries(SOUND)) {
  for (const label of [undefined, "tissue"]) {
    Deno.test(`any bytes give a matrix or one error: ${name}, label ${label}`, async () => {
      const path = `${folder}/${name}.csv`;
      const read = async (bytes: Uint8Array) => {
        await Deno.writeFile(path, bytes);
        const options = { label, ignore: ["g2"] };
        return check(await readTextMatrix({ path }, {}, options));
      };
      await read(sound);
      await tryFiles(damaged(sound), read, { runs: 250, mixed: true });
      await tryFiles(anyBytes, read, { runs: 150, mixed: false });
    });
  }
}

Deno.test("any damage to a gzip file gives a matrix or one error", async () => {
  const path = `${folder}/matrix.csv.gz`;
  await tryFiles(damaged(gzipSync(SOUND.genes)), async (bytes) => {
    await Deno.writeFile(path, bytes);
    return check(await readTextMatrix({ path }, {}, {}));
  }, { runs: 150, mixed: true });
});

/** As RFC 4180 has it, every cell quoted. */
const toCsv = (rows: readonly (readonly string[])[]) =>
  rows.map((row) =>
    row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")
  ).join("\r\n");

const names = fc.array(
  anyName.map((name) => name.toWellFormed().replaceAll("\0", "").trim()),
  { minLength: 2, maxLength: 6 },
);

Deno.test("whatever they are, names and labels are read exactly", async () => {
  const path = `${folder}/names.csv`;
  await fc.assert(
    fc.asyncProperty(names, names, names, async (ids, genes, tissues) => {
      const label = "the label";
      const rows = ids.filter((id) => id !== label);
      fc.pre(rows.length > 0 && rows.every((id) => id !== "" || genes[0]));
      await Deno.writeTextFile(
        path,
        toCsv([
          ["id", ...genes.map((name) => `g${name}`), label],
          ...rows.map((id, row) => [
            id,
            ...genes.map((_, gene) => String(gene - row)),
            tissues[row % tissues.length],
          ]),
        ]),
      );
      const matrix = check(await readTextMatrix({ path }, {}, { label }));
      assert.deepEqual(matrix.rows.ids, rows);
      assert.deepEqual(matrix.columns.ids, genes.map((name) => `g${name}`));
      assert.deepEqual(
        matrix.rows.annotations.at(-1)!.texts,
        rows.map((_, row) => tissues[row % tissues.length]),
      );
    }),
    { seed: SEED, numRuns: 200 },
  );
  assert.equal(Object.keys(Object.prototype).length, 0);
});
