import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { findFormat, formats } from "../../../lib/prepare/formats/formats.ts";
import { readRawMatrix } from "../../../lib/prepare/input/read_raw_matrix.ts";
import { readHead } from "../../../lib/prepare/input/read_head.ts";
import { writeInput } from "../user_files.ts";
import { triplets } from "./fixture_format.ts";
import { contentOf } from "./raw_values.ts";

const folder = await Deno.makeTempDir();
const known = [...formats, triplets];

async function find(content: string | Uint8Array, name: string) {
  const path = await writeInput(`${folder}/${name}`, content);
  return { path, format: findFormat(await readHead(path), known) };
}

const TRIPLETS = "triplets\na g2 1.5\nb g1 3\nb g2 4\n";
const CSV = "id,g1,g2,tissue\na,1.5,0,root\nb,3,4,leaf\n";

Deno.test("a format in the list is found and reads", async () => {
  const { path, format } = await find(gzipSync(TRIPLETS), "m.triplets.gz");
  assert.equal(format, triplets);
  assert.deepEqual(contentOf(await format.read({ path }, {})), {
    rows: ["a", "b"],
    columns: ["g2", "g1"],
    values: [[1.5, 0], [4, 3]],
  });
});

Deno.test("flags that a format does not use are said to do nothing", async () => {
  const { path } = await find(TRIPLETS, "m.triplets");
  const flags = { layer: "counts", tx2gene: "t.csv" };
  const read = (format: typeof triplets, options = {}) =>
    readRawMatrix({ path }, options, [format]);
  assert.deepEqual((await read(triplets, flags)).notes, [
    "--layer does nothing here: triplets holds one matrix",
    "--tx2gene does nothing here: the genes of triplets are taken as they are",
  ]);
  const user = { ...triplets, uses: ["layer", "tx2gene"] as const };
  assert.deepEqual((await read(user, flags)).notes, []);
  assert.deepEqual((await read(triplets)).notes, []);
});

Deno.test("the content decides, then the name, then the first format", async () => {
  for (
    const [content, name, expected] of [
      [TRIPLETS, "m.csv", triplets],
      [TRIPLETS, "m.h5ad", triplets],
      ["something else\n", "M.TRIPLETS", triplets],
      [CSV, "m.csv", formats[0]],
      [CSV, "m.dat", formats[0]],
      [CSV, "m", formats[0]],
      [CSV.replaceAll(",", "\t"), "m.txt.gz", formats[0]],
    ] as const
  ) assert.equal((await find(content, name)).format, expected, name);
});

Deno.test("every format has a name, a title and extensions of its own", () => {
  const names = formats.map(({ name }) => name);
  const titles = formats.map(({ title }) => title);
  const extensions = formats.flatMap((format) => format.extensions);
  for (const list of [names, titles, extensions]) {
    assert.equal(new Set(list).size, list.length);
  }
  for (const extension of extensions) assert.match(extension, /^\.[a-z0-9.]+$/);
});

Deno.test("a folder is read as samples unless another format takes it", async () => {
  const inner = `${folder}/samples`;
  await Deno.mkdir(`${inner}/a`, { recursive: true });
  assert.equal(findFormat(await readHead(inner)).name, "quantified-samples");
  for (const name of ["matrix.mtx", "barcodes.tsv", "features.tsv"]) {
    await writeInput(`${inner}/${name}`, "%%MatrixMarket\n");
  }
  assert.equal(findFormat(await readHead(inner)).name, "matrix-market");
});
