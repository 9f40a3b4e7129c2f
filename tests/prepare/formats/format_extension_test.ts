import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import type { Format } from "../../../lib/prepare/formats/format.ts";
import { formatOf, formats } from "../../../lib/prepare/formats/formats.ts";
import { readMatrix } from "../../../lib/prepare/input/read_matrix.ts";
import { refusal, writeInput } from "../user_files.ts";
import { triplets } from "./fixture_format.ts";

const folder = await Deno.makeTempDir();
const known = [...formats, triplets];

const HEAD = "genes g1 g2\nsample a root\nsample b leaf\n";
const VALUES = ["b g2 4", "a g1 1.5", "b g1 3", "a g2 -0"];

async function read(
  content: string | Uint8Array,
  { name = "matrix.triplets", list = known }: {
    name?: string;
    list?: readonly Format[];
  } = {},
) {
  const path = await writeInput(`${folder}/${name}`, content);
  return await readMatrix({ path }, list);
}

Deno.test("a format in the list is read through the ordinary entry", async () => {
  const expected = {
    sampleIds: ["a", "b"],
    genes: ["g1", "g2"],
    tissues: ["root", "leaf"],
    values: Float32Array.of(1.5, 0, 3, 4),
  };
  const text = HEAD + VALUES.join("\n");
  assert.deepEqual(await read(text), expected);
  assert.deepEqual(
    await read(gzipSync(text), { name: "m.triplets.gz" }),
    expected,
  );
  const reordered = HEAD + VALUES.toReversed().join("\n");
  assert.deepEqual(await read(reordered), expected);
  const csv = "id,g1,g2,tissue\na,1.5,-0,root\nb,3,4,leaf\n";
  assert.deepEqual(await read(csv, { name: "matrix.csv" }), expected);
});

Deno.test("a format is chosen by the file's name, the first for any other", () => {
  assert.equal(formatOf("a/M.TRIPLETS.gz", known), triplets);
  for (const name of ["m.csv", "m.tsv.gz", "m.txt", "m", "triplets"]) {
    assert.equal(formatOf(name, known), formats[0], name);
  }
});

Deno.test("every real format has a name and extensions of its own", () => {
  const names = formats.map(({ name }) => name);
  const extensions = formats.flatMap((format) => format.extensions);
  assert.equal(new Set(names).size, names.length);
  assert.equal(new Set(extensions).size, extensions.length);
  for (const extension of extensions) assert.match(extension, /^\.[a-z0-9.]+$/);
});

const withValue = (value: string) =>
  [HEAD.trimEnd(), ...VALUES, value].join("\n");

const refusals: [string, string, RegExp][] = [
  [
    "a value twice",
    withValue("a g1 1.5"),
    /line 8: sample 'a', gene 'g1' is given twice$/,
  ],
  ["an unknown gene", withValue("a g3 1"), /line 8: there is no gene 'g3'$/],
  [
    "an unknown sample",
    withValue("c g1 1"),
    /line 8: there is no sample 'c'$/,
  ],
  [
    "a missing value",
    HEAD + VALUES.slice(0, 2).join("\n"),
    /2 of 4 values are missing; the first is sample 'a', gene 'g2'$/,
  ],
  ...([
    ["-0.5", /'-0.5' is negative/],
    ["NaN", /is missing \('NaN'\)/],
    ["Infinity", /is infinite/],
    ["1e39", /too large for a float32/],
  ] as const).map(([value, what]): [string, string, RegExp] => [
    `the value ${value}`,
    `${HEAD}a g1 ${value}`,
    new RegExp(
      `line 4 \\(sample 'a'\\), gene 'g1': the value .*${what.source}`,
    ),
  ]),
  ["no gene", "genes\n", /it has no gene$/],
  ["a gene twice", "genes g1 g1\n", /gene 'g1' is given twice: gene 1 and gen/],
  ["a gene without name", "genes g1 \n", /gene 2 is empty/],
  [
    "a gene with the label's name",
    "genes tissue\n",
    /gene 1, 'tissue', has the name of the tissues' column$/,
  ],
  [
    "a long name",
    `genes ${"g".repeat(1001)}\n`,
    /gene 1, 'g{40}…', has more than 1000 characters$/,
  ],
  [
    "a sample twice",
    `${HEAD}sample a root\n`,
    /line 4: sample 'a' is on line 2 already/,
  ],
  [
    "a sample without id",
    "genes g1\nsample  root\n",
    /line 2: the sample id is empty/,
  ],
  [
    "a sample without tissue",
    "genes g1\nsample a \n",
    /line 2 \(sample 'a'\), column 'tissue': the tissue is empty/,
  ],
  ["no sample", "genes g1\n", /a header but no sample$/],
  [
    "one tissue",
    "genes g1\nsample a root\na g1 1\n",
    /column 'tissue' holds one tissue only, 'root'/,
  ],
];

for (const [what, content, message] of refusals) {
  Deno.test(`the sink refuses ${what} from any format`, async () => {
    await assert.rejects(read(content), refusal(/^Cannot read /));
    await assert.rejects(read(content), refusal(message));
  });
}

Deno.test("the sink checks whole rows, with or without lines", async () => {
  const format = (values: number[], genes = ["g1", "g2"]): Format => ({
    ...triplets,
    read(_, sink) {
      sink.header({ genes, label: "organ" });
      sink.row("a", "root", [1, 2]);
      sink.row("b", "leaf", Float32Array.from(values));
      return Promise.resolve();
    },
  });
  const { values } = await read("", { list: [format([3, -0])] });
  assert.deepEqual(values, Float32Array.of(1, 2, 3, 0));
  for (
    const [row, message] of [
      [[3], /sample 'b' has 1 value and must have 2, one per gene$/],
      [[3, -1], /sample 'b', gene 'g2': the value '-1' is negative/],
      [[NaN, 1], /sample 'b', gene 'g1': the value is missing/],
    ] as const
  ) {
    const list = [format([...row])];
    await assert.rejects(read("", { list }), refusal(message));
  }
});
