import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { InputError } from "../../../lib/cli/errors.ts";
import { readMatrix } from "../../../lib/prepare/input/read_matrix.ts";
import { writeInput } from "../user_files.ts";

const folder = await Deno.makeTempDir();
const path = `${folder}/matrix.csv`;

const HEAD = "id,g1,g2,tissue\n";
const GOOD = `${HEAD}a,0,1.5,root\nb,2,3,leaf\n`;
const GZIPPED = gzipSync(GOOD.repeat(200));

/** The one line that the user reads, without the file's name. */
async function refusal(
  content: string | Uint8Array,
  label?: string,
): Promise<InputError> {
  await writeInput(path, content);
  let refused: unknown;
  await readMatrix({ path, label }).catch((error) => refused = error);
  assert.ok(refused instanceof InputError, `not refused: ${refused}`);
  assert.ok(refused.message.startsWith(`Cannot read ${path}: `));
  assert.doesNotMatch(refused.message, /\p{Cc}/u, "it is one line");
  assert.ok(refused.message.length < 400);
  return refused;
}

const withValue = (text: string) => `${HEAD}a,0,1.5,root\nb,2,${text},leaf\n`;

const refusals: [string, string | Uint8Array, RegExp][] = [
  ["an empty file", "", /the file is empty$/],
  ["empty lines only", "\n\r\n\n", /nothing but empty lines/],
  ["an empty gzip", gzipSync(""), /gzip file holds nothing/],
  ["a header only", HEAD, /a header but no sample/],
  ["one column", "id\na\n", /header has 1 column and must have at least 3/],
  ["two columns", "id,tissue\na,b\n", /header has 2 columns/],
  [
    "a short row",
    `${HEAD}a,1,root\n`,
    /line 2 \(sample 'a'\) has 3 cells where .* 4$/,
  ],
  ["a long row", `${GOOD}c,1,2,3,root\n`, /line 4 .* has 5 cells/],
  [
    "a long row of bad cells",
    `${HEAD}a,x,y,root,5\n`,
    /line 2 .* has 5 cells where the header has 4/,
  ],
  ["a trailing comma", `${HEAD}a,1,2,root,\n`, /has 5 cells/],
  ["a last line cut off", `${GOOD}c,1`, /line 4 .* has 2 cells/],
  ["a last line cut at a comma", `${GOOD}c,1,`, /line 4 .* has 3 cells/],
  [
    "a sample twice",
    `${GOOD}a,1,2,root\n`,
    /line 4: sample 'a' is on line 2 already/,
  ],
  ["a sample without id", `${HEAD} ,1,2,root\n`, /line 2: the sample id is e/],
  [
    "a gene twice",
    "id,g1,g2,g1,tissue\n",
    /gene 'g1' is given twice: column 2 of the header and column 4/,
  ],
  ["a gene without name", "id,g1,,tissue\n", /column 3 of the header is empty/],
  [
    "a word",
    withValue("abc"),
    /line 3 \(sample 'b'\), column 'g2': .* 'abc' is not a dec/,
  ],
  ["an empty cell", withValue(""), /line 3 .*column 'g2': the value is empty/],
  ["NaN", withValue("NaN"), /the value is missing \('NaN'\)/],
  ["NA", withValue("NA"), /the value is missing \('NA'\)/],
  ["infinity", withValue("inf"), /the value is infinite \('inf'\)/],
  ["minus infinity", withValue("-Infinity"), /is infinite \('-Infinity'\)/],
  ["a number below 0", withValue("-0.5"), /'-0.5' is negative/],
  ["beyond float32", withValue("1e39"), /'1e39' is too large/],
  ["beyond float64", withValue("1e999"), /'1e999' is too large/],
  ["hexadecimal", withValue("0x10"), /'0x10' is not a decimal number/],
  ["a decimal comma", withValue('"1,5"'), /'1,5' is not a decimal number/],
  ["two numbers", withValue("1 2"), /'1 2' is not a decimal number/],
  [
    "control characters",
    withValue('"\u001b[31m\nred\u202e"'),
    /'\\u\{1b\}\[31m\\nred\\u\{202e\}' is not a decimal number/,
  ],
  [
    "a long text",
    withValue("x".repeat(5000)),
    /'x{40}…' is not a decimal number/,
  ],
  [
    "a tissue missing",
    `${HEAD}a,1,2,\n`,
    /column 'tissue': the tissue is empt/,
  ],
  ["one tissue", `${HEAD}a,1,2,root\nb,1,2,root\n`, /one tissue only, 'root'/],
  ["a NUL", `${HEAD}a,1,\0,root\n`, /holds bytes that are not UTF-8 text/],
  [
    "a late NUL",
    `${GOOD.padEnd(99_999, "\n")}c,1,\0,r\n`,
    /are not UTF-8 text/,
  ],
  [
    "no UTF-8",
    Uint8Array.from([...new TextEncoder().encode(GOOD), 0xff, 0x2c, 0x31]),
    /line 4 holds bytes that are not UTF-8 text/,
  ],
  [
    "UTF-16",
    Uint8Array.from([0xff, 0xfe, ...new Uint8Array(new Uint16Array(9).buffer)]),
    /are not UTF-8 text/,
  ],
  ["an open quote", `${GOOD}c,"1,2,leaf\n`, /line 4 opens a quote/],
  ["an open quote in the header", `id,"g1,g2\na,1\n`, /line 1 opens a quote/],
  ["text after a quote", `${HEAD}a,"1"2,3,root\n`, /line 2 has text after/],
  ["a cell of 2 MB", withValue("1".repeat(2 << 20)), /cell of more than 1 MiB/],
  ["a gzip cut off", GZIPPED.subarray(0, -20), /gzip file is cut off/],
  ["a gzip's first bytes", GZIPPED.subarray(0, 2), /gzip file is cut off/],
  [
    "a gzip with a wrong checksum",
    GZIPPED.with(GZIPPED.length - 8, GZIPPED[GZIPPED.length - 8] ^ 1),
    /gzip file is damaged|is on line/,
  ],
];

for (const [what, content, message] of refusals) {
  Deno.test(`matrix: refuses ${what}`, async () => {
    assert.match((await refusal(content)).message, message);
  });
}

Deno.test("matrix: a damaged gzip is refused even if its rows are valid", async () => {
  const zipped = gzipSync(GOOD);
  zipped[zipped.length - 8] ^= 1;
  const { message } = await refusal(zipped);
  assert.match(message, /damaged \(incorrect data check\)/);
});

Deno.test("matrix: refuses a missing file and a directory", async () => {
  for (
    const [wrong, reason] of [
      [`${folder}/none.csv`, "there is no such file"],
      [folder, "it is a directory and must be a file"],
    ]
  ) {
    await assert.rejects(
      readMatrix({ path: wrong }),
      new InputError(`Cannot read ${wrong}: ${reason}`),
    );
  }
});

Deno.test("matrix: an unknown label names the nearest column", async () => {
  const { message, remedy } = await refusal(GOOD, "tisue");
  assert.match(message, /there is no column 'tisue'/);
  assert.equal(remedy, "Did you mean --label 'tissue'?");
  assert.match(
    (await refusal(GOOD, "id")).message,
    /'id' holds the sample ids and cannot be the label/,
  );
});

Deno.test("matrix: lines are counted through quotes and CRLF", async () => {
  const { message } = await refusal(
    'id,"g\r\n1","g\n2",tissue\r\na,1,2,root\r\n\r\nb,1,x,leaf\r\n',
  );
  assert.match(message, /line 6 \(sample 'b'\), column 'g\\n2': .* 'x'/);
});

Deno.test("matrix: R's missing corner is explained", async () => {
  const { remedy } = await refusal("g1,g2,tissue\na,1,2,root\n");
  assert.match(remedy!, /col\.names = NA/);
});

Deno.test("matrix: a header of too many columns is refused in bounded memory", async () => {
  const file = await Deno.open(path, { write: true, truncate: true });
  await file.write(gzipSync("id"));
  for (let count = 0; count < 12; count++) {
    const names = Array.from(
      { length: 100_000 },
      (_, index) => `,${(count * 100_000 + index).toString(36)}`,
    );
    await file.write(gzipSync(names.join(""), { level: 1 }));
  }
  file.close();
  await assert.rejects(
    readMatrix({ path }),
    /header has more than 1,000,000 columns/,
  );
});

Deno.test("matrix: a row of more than 256 MiB is refused in bounded memory", async () => {
  // The extra cells of a row are counted, not kept.
  const zeros = gzipSync(`${"0".repeat(1023)},`.repeat(1 << 10));
  const file = await Deno.open(path, { write: true, truncate: true });
  await file.write(gzipSync(`${HEAD}a,`));
  for (let count = 0; count < 258; count++) await file.write(zeros);
  file.close();
  const before = Deno.memoryUsage().rss;
  await assert.rejects(readMatrix({ path }), /line 2 is longer than 256 MiB/);
  assert.ok(Deno.memoryUsage().rss - before < 200e6);
});
