/** Any bytes give a table or one clear error, and any name is kept exactly. */

import assert from "node:assert/strict";
import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { readNpy, writeNpy } from "../../lib/store/npy.ts";
import { matchSampleSheet } from "../../lib/prepare/sheets/sample_sheet.ts";
import { genes as genesTable } from "../../lib/prepare/outputs.ts";
import { anyBytes, anyName, damaged, SEED, tryFiles } from "../fuzz.ts";
import { readMatrix } from "./read_matrix.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);

const MATRIX = utf8(
  'id,g1,"g ""2""",tissue\na,0,1.5,root\n"b,\n",2,3e2,leaf\r\nc,.5,0,"le af"\nd,1,2,root\n',
);
const SHEET = utf8('sample_id,"donor",note\na,d1,x\nb,"d,2",\nc,d1,"y\nz"\n');

/** What a sheet says of the samples a, b and c. */
const readSheet = (path: string, ids = ["a", "b", "c"]) => {
  const axis = (ids: readonly string[]) => ({
    title: "sample_id",
    ids,
    annotations: [],
    locate: (index: number) => `line ${index + 2}`,
  });
  return matchSampleSheet(path, { rows: axis(ids), columns: axis(["g1"]) });
};

/** Gives a test a file's path, and removes the file afterwards. */
async function withFile(
  name: string,
  test: (path: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(`${folder}/${name}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A file of each of these, written to `path`, goes through the reader. */
function tryReader(
  name: string,
  sound: Uint8Array,
  read: (path: string) => Promise<unknown>,
  runs = 250,
): Promise<void> {
  return withFile(name, async (path) => {
    const readBytes = async (bytes: Uint8Array) => {
      await Deno.writeFile(path, bytes);
      return await read(path);
    };
    assert.notEqual(await readBytes(sound), undefined);
    await tryFiles(damaged(sound), readBytes, { runs, mixed: true });
    await tryFiles(anyBytes, readBytes, { runs, mixed: false });
  });
}

for (const name of ["matrix.csv", "matrix.tsv", "matrix"]) {
  Deno.test(`any bytes in ${name} give a matrix or one error`, () =>
    tryReader(name, MATRIX, readMatrix));
}

Deno.test("any bytes give a matrix or one error, whatever the label", () =>
  tryReader(
    "matrix.csv",
    MATRIX,
    (path) => readMatrix(path, { label: "tissue" }),
  ));

Deno.test("any damage to a gzip file gives a matrix or one error", () =>
  tryReader("matrix.csv.gz", gzipSync(MATRIX), readMatrix));

Deno.test("any damage in front of gzip gives a matrix or one error", () =>
  withFile(
    "matrix.csv.gz",
    (path) =>
      tryFiles(damaged(MATRIX), async (bytes) => {
        // Two members, cut anywhere.
        const middle = bytes.length >> 1;
        const members = [bytes.subarray(0, middle), bytes.subarray(middle)];
        const zipped = Uint8Array.from(
          members.flatMap((member) => [...gzipSync(member)]),
        );
        assert.deepEqual(new Uint8Array(gunzipSync(zipped)), bytes);
        await Deno.writeFile(path, zipped);
        return await readMatrix(path);
      }, { runs: 150, mixed: true }),
  ));

Deno.test("any bytes give a sample sheet or one error", () =>
  tryReader("sheet.csv", SHEET, readSheet));

Deno.test("any bytes give a stage's table or one error", () =>
  tryReader(
    "genes.csv",
    utf8(
      'gene,name,description,mean,sd,n_zero_samples\n"g,1",,,0.5,1,0\ng2,"x ""y""",z,1,0,3\n',
    ),
    async (path) => genesTable.parse(await Deno.readTextFile(path), path),
  ));

Deno.test("any bytes give a .npy matrix or one error", () =>
  withFile("sound.npy", async (sound) => {
    await writeNpy(sound, Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]);
    await tryReader("matrix.npy", await Deno.readFile(sound), async (path) => {
      const { data, shape } = await readNpy(path);
      assert.equal(data.length, shape.reduce((a, b) => a * b, 1));
      return data;
    });
  }));

/** As RFC 4180 has it, every cell quoted. */
const toCsv = (rows: readonly (readonly string[])[]) =>
  rows.map((row) =>
    row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(",")
  ).join("\r\n");

/** Names that a UTF-8 file can hold, each another one. */
const distinctNames = (least: number) =>
  fc.uniqueArray(
    anyName.map((name) => name.toWellFormed().replaceAll("\0", "").trim())
      .filter((name) => name !== ""),
    { minLength: least, maxLength: 6 },
  );

Deno.test("whatever they are, names are read and written exactly", () =>
  withFile("matrix.csv", async (path) => {
    await fc.assert(
      fc.asyncProperty(
        distinctNames(2),
        distinctNames(2),
        distinctNames(2),
        async (samples, genes, tissues) => {
          const tissueOf = samples.map((_, row) =>
            tissues[row % tissues.length]
          );
          const label = genes.includes("tissue") ? "the tissue" : "tissue";
          await Deno.writeTextFile(
            path,
            toCsv([
              ["id", ...genes, label],
              ...samples.map((sample, row) => [
                sample,
                ...genes.map((_, gene) => String(gene)),
                tissueOf[row],
              ]),
            ]),
          );
          const matrix = await readMatrix(path, {
            label,
            orient: "samples-in-rows",
          });
          assert.deepEqual(matrix.sampleIds, samples);
          assert.deepEqual(matrix.genes, genes);
          assert.deepEqual(matrix.tissues, tissueOf);

          const table = genesTable.format(genes.map((gene) => ({
            gene,
            name: null,
            description: null,
            mean: 1,
            sd: 0,
            n_zero_samples: 0,
          })));
          assert.deepEqual(
            genesTable.parse(table, path).map(({ gene }) => gene),
            genes,
          );

          await Deno.writeTextFile(
            path,
            toCsv([["sample_id", "g"], ...samples.map((id) => [id, id])]),
          );
          const sheet = await readSheet(path, samples);
          assert.deepEqual(sheet.facts, [{ name: "g", texts: samples }]);
        },
      ),
      { seed: SEED, numRuns: 200 },
    );
    assert.equal(Object.keys(Object.prototype).length, 0);
  }));
