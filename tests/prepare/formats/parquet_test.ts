import assert from "node:assert/strict";
import { parquet } from "../../../lib/prepare/formats/parquet.ts";
import { withFolder } from "../../pipeline/fake_pipeline.ts";
import {
  fixture,
  readExpected,
  refused,
  rowsOf,
  textsOf,
} from "./written_by_python.ts";

const read = (name: string, options = {}) =>
  parquet.read({ path: fixture(name) }, options);

const expected = await readExpected();

for (const name of ["snappy", "gzip", "zstd", "brotli", "no_index"]) {
  Deno.test(`${name}.parquet gives the samples, genes and values of the CSV`, async () => {
    const matrix = await read(`${name}.parquet`);
    assert.deepEqual(rowsOf(matrix), expected.values);
    assert.deepEqual(matrix.rows.ids, expected.samples);
    assert.deepEqual(matrix.columns.ids, expected.genes);
    assert.deepEqual(textsOf(matrix.rows), { tissue: expected.tissues });
    assert.deepEqual([matrix.faults, matrix.notes], [[], []]);
    assert.equal(matrix.rows.title, name === "no_index" ? "sample_id" : "");
    assert.equal(matrix.genesIn, undefined);
  });
}

Deno.test("every kind of column is a number or a text", async () => {
  const matrix = await read("kinds.parquet");
  const rows = rowsOf(matrix);
  const column = (name: string) => {
    const at = matrix.columns.ids.indexOf(name);
    return rows.map((row) => row[at]);
  };
  assert.deepEqual(column("int64")[5], Math.fround(2 ** 40 + 5));
  assert.deepEqual(column("uint64")[0], 2 ** 63);
  assert.deepEqual(column("int8").slice(0, 3), [-5, -4, -3]);
  assert.deepEqual(column("null").slice(0, 3), [NaN, 1, 2]);
  assert.deepEqual(column("decimal")[7], Math.fround(0.07));
  assert.deepEqual(column("float16"), [
    ...new Float16Array(expected.values.map((row) => row[1])),
  ]);
  const texts = textsOf(matrix.rows);
  assert.deepEqual(Object.keys(texts), ["flag", "day", "words"]);
  assert.deepEqual(texts.flag.slice(0, 2), ["False", "True"]);
  assert.deepEqual(texts.day.slice(0, 2), ["2020-01-01", "2020-01-02"]);
  assert.deepEqual(texts.words.slice(0, 3), ["", "a", "b"]);
  const [nulls, faults] = ["null", "faults"]
    .map((name) => matrix.columns.ids.indexOf(name));
  assert.deepEqual(matrix.faults, [
    { column: nulls, kind: "missing", cells: 4, row: 0, text: "" },
    // Pandas writes NaN as null.
    { column: faults, kind: "missing", cells: 4, row: 0, text: "" },
    { column: faults, kind: "infinite", cells: 4, row: 1, text: "Infinity" },
    { column: faults, kind: "too large", cells: 4, row: 2, text: "1e+300" },
  ]);
  assert.equal(matrix.columns.locate(nulls), "column 5");
});

Deno.test("the label stays text, ignored columns are left out", async () => {
  const ignore = ["faults", "uint64", "words"];
  const matrix = await read("kinds.parquet", { label: "int8", ignore });
  assert.deepEqual(textsOf(matrix.rows).int8.slice(0, 3), ["-5", "-4", "-3"]);
  assert.deepEqual(matrix.columns.ids, ["int64", "null", "float16", "decimal"]);
  assert.deepEqual(rowsOf(matrix)[1].slice(0, 2), [
    Math.fround(2 ** 40 + 1),
    1,
  ]);
  const labeled = await read("no_index.parquet", { label: "sample_id" });
  assert.deepEqual(textsOf(labeled.rows).sample_id, expected.samples);
});

Deno.test("an index that only counts names the rows if nothing else does", async () => {
  const { rows } = await read("counted.parquet");
  assert.deepEqual(rows.ids, ["0", "2", "5"]);
  assert.deepEqual(rows.annotations, []);
  const { rows: numbered, notes } = await read("nested.parquet", {
    ignore: ["a"],
  });
  assert.deepEqual(numbered.ids, ["1", "2"]);
  assert.match(notes[0], /No column of the Parquet file names its rows/);
});

Deno.test("what cannot be read is named, with the way out", async () => {
  const remedy = await refused(
    parquet,
    fixture("lz4.parquet"),
    /column 'ENSG000' is compressed with LZ4_RAW, which is not known here$/,
  );
  assert.match(
    remedy!,
    /^python -c 'import pandas; .*compression="snappy"\)'$/,
  );
  assert.match(
    (await refused(
      parquet,
      fixture("nested.parquet"),
      /1 column holds lists or structures \('a'\)/,
    ))!,
    /--ignore/,
  );
  await refused(
    parquet,
    fixture("nested.parquet"),
    /none of its 0 columns holds numbers/,
    { ignore: ["a", "b"] },
  );
});

Deno.test("damaged and other files are one clear error each", () =>
  withFolder(async (folder) => {
    const whole = await Deno.readFile(fixture("snappy.parquet"));
    const path = `${folder}/x.parquet`;
    const check = async (bytes: Uint8Array, message: RegExp) => {
      await Deno.writeFile(path, bytes);
      await refused(parquet, path, message);
    };
    await check(whole.subarray(0, 5000), /damaged or cut off/);
    await check(new Uint8Array(0), /the file is empty/);
    await check(Uint8Array.of(0x1f, 0x8b, 8, 0), /it is a gzip file/);
    await check(new TextEncoder().encode("PARE...."), /is encrypted/);
    await check(new TextEncoder().encode("a,b\n1,2\n"), /does not begin as/);
    await refused(parquet, folder, /it is a directory/);
    for (let run = 0; run < 60; run++) {
      const bytes = whole.slice();
      for (let k = 0; k < 5; k++) {
        const at = 4 + (run * 7919 + k * 104_729) % (bytes.length - 8);
        bytes[at] = (run * 31 + k * 17) % 256;
      }
      await Deno.writeFile(path, bytes);
      await parquet.read({ path }, {}).catch((error) =>
        assert.equal(error.name, "InputError", error.stack)
      );
    }
  }));

Deno.test("a file is known by its first bytes", async () => {
  const packed = await Deno.readFile(fixture("snappy.parquet"));
  const head = { path: "x", packed, bytes: packed, text: "" };
  assert.equal(parquet.recognizes!(head), true);
  const other = packed.subarray(1);
  assert.equal(parquet.recognizes!({ ...head, packed: other }), false);
});
