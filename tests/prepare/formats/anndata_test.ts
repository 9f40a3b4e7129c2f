import assert from "node:assert/strict";
import { anndata } from "../../../lib/prepare/formats/anndata.ts";
import { rectangles } from "../../../lib/prepare/formats/hdf5/dense.ts";
import { withFolder } from "../../pipeline/fake_pipeline.ts";
import {
  fixture,
  readExpected,
  refused,
  rowsOf,
  textsOf,
  transpose,
} from "./written_by_python.ts";

const read = (name: string, options = {}) =>
  anndata.read({ path: fixture(name) }, options);

const expected = await readExpected();

for (
  const name of [
    ...["dense", "float64_gzip", "csr_gzip", "csc", "chunks", "big_endian"]
      .map((name) => `${name}.h5ad`),
  ]
) {
  Deno.test(`${name} gives the samples, genes and values of the CSV`, async () => {
    const matrix = await read(name);
    assert.deepEqual(rowsOf(matrix), expected.values);
    assert.deepEqual(matrix.rows.ids, expected.samples);
    assert.deepEqual(matrix.columns.ids, expected.genes);
    assert.deepEqual(textsOf(matrix.rows).tissue, expected.tissues);
    assert.equal(matrix.genesIn, "columns");
    assert.deepEqual([matrix.faults, matrix.notes], [[], []]);
    assert.equal(matrix.format, "AnnData");
    assert.equal(matrix.rows.locate(1), "entry 2 of obs");
    assert.equal(matrix.columns.locate(0), "entry 1 of var");
  });
}

Deno.test("every kind of column of obs becomes the text of a CSV", async () => {
  const { rows, columns } = await read("dense.h5ad", { ignore: ["age"] });
  const texts = textsOf(rows);
  assert.deepEqual(Object.keys(texts), [
    ...["tissue", "donor", "score", "passed", "maybe", "rest"],
  ]);
  assert.deepEqual(texts.donor.slice(0, 3), ["é0", "é0", "é1"]);
  assert.deepEqual(texts.passed.slice(0, 2), ["False", "True"]);
  assert.deepEqual(texts.maybe.slice(0, 3), ["", "1", "2"]);
  assert.deepEqual(texts.rest.slice(0, 3), ["", "a", "b"]);
  assert.ok(texts.score.every((text) => /^0\.\d{1,9}$/.test(text)));
  assert.deepEqual(textsOf(columns).gene_name.slice(0, 2), ["G0", "G1"]);
  assert.match(textsOf((await read("dense.h5ad")).rows).age[0], /^\d\d$/);
});

Deno.test("raw and layers are read by name, dense and sparse", async () => {
  for (const name of ["dense.h5ad", "csc.h5ad"]) {
    const twice = await read(name, { layer: "twice" });
    assert.deepEqual(
      rowsOf(twice),
      expected.values.map((row) => row.map((value) => 2 * value)),
    );
    const raw = await read(name, { layer: "raw" });
    assert.deepEqual(
      rowsOf(raw),
      expected.values.map((row) =>
        row.slice(0, 10).map((value) => Math.fround(3 * value))
      ),
    );
    assert.deepEqual(raw.columns.ids, expected.genes.slice(0, 10));
    assert.equal(raw.format, "AnnData (raw/X)");
  }
  const remedy = await refused(
    anndata,
    fixture("dense.h5ad"),
    /it has no layer 'twise'; it has 'X', 'raw', 'twice'$/,
    { layer: "twise" },
  );
  assert.equal(remedy, "deno task prepare --layer twice");
});

Deno.test("half precision and whole numbers are read as they are stored", async () => {
  assert.deepEqual(
    rowsOf(await read("float16.h5ad")),
    expected.values.map((row) => [...new Float16Array(row)]),
  );
  assert.deepEqual(
    rowsOf(await read("int64.h5ad")),
    expected.values.map((row) => row.map(Math.trunc)),
  );
});

Deno.test("what is no number is counted by column and kind", async () => {
  const matrix = await read("faults.h5ad");
  assert.deepEqual(matrix.faults, [
    { column: 3, kind: "missing", cells: 4, row: 0, text: "NaN" },
    { column: 3, kind: "infinite", cells: 4, row: 1, text: "Infinity" },
    { column: 3, kind: "too large", cells: 4, row: 2, text: "1e+300" },
  ]);
  assert.ok(rowsOf(matrix).every((row) => Number.isNaN(row[3])));
  assert.ok(rowsOf(matrix).every((row) => row.every((v) => v !== Infinity)));
});

Deno.test("older ways to store tables are read, or refused with a command", async () => {
  const matrix = await read("old_categories.h5ad");
  assert.deepEqual(rowsOf(matrix), expected.values);
  assert.deepEqual(textsOf(matrix.rows), { tissue: expected.tissues });
  assert.equal(matrix.rows.title, "index");
  const remedy = await refused(
    anndata,
    fixture("records.h5ad"),
    /its obs is of a kind that anndata before 0\.7 wrote$/,
  );
  assert.match(remedy!, /^python -c 'import anndata; .*records\.h5ad/);
});

Deno.test("values that would come out as garbage or zeros are refused", async () => {
  const remedy = await refused(
    anndata,
    fixture("lzf.h5ad"),
    /is compressed with lzf, and only gzip can be read$/,
  );
  assert.match(remedy!, /compression="gzip"\)'$/);
  await refused(
    anndata,
    fixture("virtual.h5ad"),
    /the values of 'X' are in other files$/,
  );
});

Deno.test("10x files of both versions are cells by features", async () => {
  for (const name of ["tenx_v3.h5", "tenx_v2.h5"]) {
    const matrix = await read(name);
    assert.deepEqual(
      rowsOf(matrix),
      expected.values.map((row) => row.map(Math.trunc)),
    );
    assert.deepEqual(matrix.rows.ids, expected.samples);
    assert.deepEqual(matrix.columns.ids, expected.genes);
    assert.equal(textsOf(matrix.columns).gene_name[14], "G14");
    assert.deepEqual([matrix.genesIn, matrix.format], ["columns", "10x HDF5"]);
  }
});

Deno.test("loom has genes in rows", async () => {
  const matrix = await read("small.loom");
  assert.deepEqual(rowsOf(matrix), transpose(expected.values));
  assert.deepEqual(matrix.rows.ids, expected.genes);
  assert.deepEqual(matrix.columns.ids, expected.samples);
  assert.deepEqual(textsOf(matrix.columns), { tissue: expected.tissues });
  assert.equal(textsOf(matrix.rows).Gene[1], "G1");
  assert.equal(matrix.genesIn, "rows");
  const twice = await read("small.loom", { layer: "twice" });
  assert.equal(rowsOf(twice)[0][0], 2 * rowsOf(matrix)[0][0]);
  await refused(anndata, fixture("small.loom"), /it has no layer 'x'/, {
    layer: "x",
  });
});

Deno.test("HDF5 files of other programs are named", async () => {
  for (
    const [name, message, remedy] of [
      ["kallisto", /it is kallisto's result for one sample$/, /--input FOLDER/],
      ["keras", /the weights of a neural network/, /an expression matrix/],
      ["pandas", /a table that pandas wrote with to_hdf$/, /read_hdf/],
      ["unknown", /not of AnnData, 10x or loom: it holds 'a', 'b'$/, /CSV/],
    ] as const
  ) {
    const path = fixture(`other_${name}.h5`);
    assert.match((await refused(anndata, path, message))!, remedy);
  }
});

Deno.test("a file is known by its first bytes, also after a block of another program's", () => {
  const bytes = new Uint8Array(4096);
  const path = "x";
  assert.equal(
    anndata.recognizes!({ path, packed: bytes, bytes, text: "" }),
    false,
  );
  bytes.set([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a], 512);
  assert.equal(
    anndata.recognizes!({ path, packed: bytes, bytes, text: "" }),
    true,
  );
});

Deno.test("damaged, packed, empty and other files are one clear error each", () =>
  withFolder(async (folder) => {
    const whole = await Deno.readFile(fixture("csr_gzip.h5ad"));
    const path = `${folder}/x.h5ad`;
    const check = async (bytes: Uint8Array, message: RegExp) => {
      await Deno.writeFile(path, bytes);
      await refused(anndata, path, message);
    };
    await check(whole.subarray(0, 20_000), /damaged or cut off/);
    await check(new Uint8Array(0), /the file is empty/);
    await check(Uint8Array.of(0x1f, 0x8b, 8), /it is a gzip file/);
    await check(new TextEncoder().encode("a,b\n"), /does not begin as an HDF5/);
    await refused(anndata, folder, /it is a directory/);
    await refused(anndata, `${folder}/none`, /there is no such file/);
  }));

Deno.test("no damage breaks the process or another file's reading", () =>
  withFolder(async (folder) => {
    const whole = await Deno.readFile(fixture("csr_gzip.h5ad"));
    const path = `${folder}/x.h5ad`;
    for (let run = 0; run < 8; run++) {
      const bytes = whole.slice();
      // Among them one that makes the library read beyond its memory.
      for (let k = 0; k < 30; k++) {
        const at = 48 + (run * 7919 + k * 104_729) % 12_000;
        bytes[at] = (run * 31 + k * 17) % 256;
      }
      await Deno.writeFile(path, bytes);
      await anndata.read({ path }, {}).catch((error) =>
        assert.equal(error.name, "InputError", error.stack)
      );
    }
    assert.deepEqual(rowsOf(await read("csr_gzip.h5ad")), expected.values);
  }));

Deno.test("a sparse matrix that does not fit together is refused", () =>
  withFolder(async (folder) => {
    // The 4 bytes of an index are changed where they stand, uncompressed.
    const bytes = await Deno.readFile(fixture("tenx_v3.h5"));
    const path = `${folder}/x.h5`;
    const view = new DataView(bytes.buffer);
    const values = expected.values.map((row) => row.map(Math.trunc));
    const ends = [0];
    for (const row of values) {
      ends.push(ends.at(-1)! + row.filter((value) => value !== 0).length);
    }
    const start = Array.from({ length: bytes.length - 8 * ends.length })
      .findIndex((_, at) =>
        ends.every((end, k) =>
          view.getBigInt64(at + 8 * k, true) === BigInt(end)
        )
      );
    assert.ok(start > 0);
    view.setBigInt64(start + 8, 99n, true);
    await Deno.writeFile(path, bytes);
    await refused(
      anndata,
      path,
      /its sparse matrix matrix does not fit together/,
    );
  }));

Deno.test("rectangles cover a matrix once and follow its pieces", () => {
  for (
    const [shape, chunks] of [
      [[10, 7], [3, 2]],
      [[5000, 3000], [100, 100]],
      [[5000, 3000], [5000, 1]],
      [[3, 5_000_000], [1, 5_000_000]],
      [[1, 1], [64, 64]],
    ] as [[number, number], number[]][]
  ) {
    let cells = 0;
    for (const { offset, count } of rectangles(shape, chunks)) {
      cells += count[0] * count[1];
      const inPiece = Math.min(chunks[0], shape[0]) *
        Math.min(chunks[1], shape[1]);
      assert.ok(count[0] * count[1] <= Math.max(1 << 21, inPiece));
      assert.deepEqual([offset[0] % chunks[0], offset[1] % chunks[1]], [0, 0]);
    }
    assert.equal(cells, shape[0] * shape[1]);
  }
});
