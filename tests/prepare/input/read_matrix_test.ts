import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { readMatrix } from "../../../lib/prepare/input/read_matrix.ts";
import { writeInput } from "../user_files.ts";

const folder = await Deno.makeTempDir();
const SMALL = "id,g1,g2,tissue\na,0,1.5,root\nb,2,3,leaf\n";

async function read(
  content: string | Uint8Array,
  { name = "matrix.csv", label }: { name?: string; label?: string } = {},
) {
  const path = await writeInput(`${folder}/${name}`, content);
  return await readMatrix({ path, label });
}

function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

Deno.test("matrix: a plain CSV", async () => {
  const matrix = await read(SMALL);
  assert.deepEqual(matrix.sampleIds, ["a", "b"]);
  assert.deepEqual(matrix.genes, ["g1", "g2"]);
  assert.deepEqual(matrix.tissues, ["root", "leaf"]);
  assert.deepEqual([...matrix.values], [0, 1.5, 2, 3]);
});

Deno.test("matrix: the same table in every form", async () => {
  const expected = await read(SMALL);
  const bytes = new TextEncoder().encode(SMALL);
  const forms: [string, string | Uint8Array][] = [
    ["bom.csv", `\uFEFF${SMALL}`],
    ["crlf.csv", SMALL.replaceAll("\n", "\r\n")],
    ["cr.csv", SMALL.replaceAll("\n", "\r")],
    ["no_end.csv", SMALL.trimEnd()],
    ["blank_lines.csv", `\n\n${SMALL.replaceAll("\n", "\n\n")}\r\n\r\n`],
    ["tabs.tsv", SMALL.replaceAll(",", "\t")],
    ["tabs.txt", SMALL.replaceAll(",", "\t")],
    ["tabs.csv", SMALL.replaceAll(",", "\t")],
    ["commas.txt", SMALL],
    ["semicolons.csv", SMALL.replaceAll(",", ";")],
    ["quoted.csv", SMALL.replace(/[^,\n]+/g, '"$&"')],
    ["spaces.csv", SMALL.replace(/[^,\n]+/g, " $& ")],
    ["zipped.csv.gz", gzipSync(bytes)],
    ["zipped_under_a_plain_name.csv", gzipSync(bytes)],
    [
      "members.csv.gz",
      join(gzipSync(bytes.subarray(0, 5)), gzipSync(bytes.subarray(5))),
    ],
    ["zipped_tabs.tsv.gz", gzipSync(SMALL.replaceAll(",", "\t"))],
    ["exponents.csv", SMALL.replace("1.5", "15e-1").replace(",3,", ",+0.3E1,")],
    ["minus_zero.csv", SMALL.replace("a,0,", "a,-0.0,")],
  ];
  for (const [name, content] of forms) {
    const matrix = await read(content, { name });
    assert.deepEqual(matrix, expected, name);
    assert.ok(Object.is(matrix.values[0], 0), `${name}: no minus zero`);
  }
});

Deno.test("matrix: delimiters, quotes and line ends within quotes", async () => {
  const matrix = await read(
    '"the ""id""","g,1","g\n2","my\ttissue"\r\n"a ""1""",1,2,"root, main"\r\n' +
      'b,3,4,"leaf\r\ntip"\r\n',
  );
  assert.deepEqual(matrix.genes, ["g,1", "g\n2"]);
  assert.deepEqual(matrix.sampleIds, ['a "1"', "b"]);
  assert.deepEqual(matrix.tissues, ["root, main", "leaf\r\ntip"]);
  assert.deepEqual([...matrix.values], [1, 2, 3, 4]);
});

Deno.test("matrix: the label may be in any column", async () => {
  const text = "id,organ,g1,g2\na,root,1,2\nb,leaf,3,4\n";
  const first = await read(text, { label: "organ" });
  assert.deepEqual(first.tissues, ["root", "leaf"]);
  assert.deepEqual([...first.values], [1, 2, 3, 4]);
  const middle = await read("id,g1,organ,g2\na,1,root,2\nb,3,leaf,4", {
    label: "organ",
  });
  assert.deepEqual(middle.genes, ["g1", "g2"]);
  assert.deepEqual([...middle.values], [1, 2, 3, 4]);
});

Deno.test("matrix: a number ends with the file, whatever the bytes before", async () => {
  // The reader's buffer may still hold the header's comma behind the number.
  const text = "a,organ,g1\nb,root,1\nc,leaf,2";
  const { values } = await read(text, { label: "organ" });
  assert.deepEqual([...values], [1, 2]);
});

Deno.test("matrix: names of object properties, and other scripts", async () => {
  const matrix = await read(
    "id,__proto__,constructor,toString,gène,遺伝子,tissue\n" +
      "__proto__,1,2,3,4,5,hasOwnProperty\nconstructor,6,7,8,9,10,__proto__\n",
  );
  assert.deepEqual(matrix.genes.slice(0, 3), [
    "__proto__",
    "constructor",
    "toString",
  ]);
  assert.deepEqual(matrix.genes.slice(3), ["gène", "遺伝子"]);
  assert.deepEqual(matrix.sampleIds, ["__proto__", "constructor"]);
  assert.deepEqual([...matrix.values], [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
});

Deno.test("matrix: values become float64 and then float32, up to the largest", async () => {
  const texts = ["0.1", "1e7", "3.4028234663852886e38", "1e-50", "16777217"];
  const matrix = await read(
    `id,a,b,c,d,e,t\nx,${texts},root\ny,${texts},leaf\n`,
  );
  assert.deepEqual(
    [...matrix.values.subarray(0, 5)],
    texts.map((text) => Math.fround(Number(text))),
  );
});

Deno.test("matrix: cells cut by the ends of chunks, 9 MB", async () => {
  const genes = 997;
  const rows = 1100;
  const value = (row: number, gene: number) =>
    ((row * 7919 + gene * 104_729) % 1_000_003) / 1000;
  const lines = [
    ["id", ...Array.from({ length: genes }, (_, g) => `g${g}`), "tissue"]
      .join(","),
  ];
  for (let row = 0; row < rows; row++) {
    const cells = Array.from({ length: genes }, (_, gene) => value(row, gene));
    lines.push([`"s ""${row}"""`, ...cells, `"t,${row % 3}"`].join(","));
  }
  for (const end of ["\n", "\r\n"]) {
    const matrix = await read(lines.join(end));
    assert.equal(matrix.sampleIds.length, rows);
    assert.equal(matrix.sampleIds[rows - 1], `s "${rows - 1}"`);
    assert.equal(matrix.tissues[rows - 1], `t,${(rows - 1) % 3}`);
    let differences = 0;
    matrix.values.forEach((found, index) => {
      const row = Math.floor(index / genes);
      if (found !== Math.fround(value(row, index % genes))) differences++;
    });
    assert.equal(differences, 0);
  }
});
