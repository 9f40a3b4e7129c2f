import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { readTextMatrix } from "../../../lib/prepare/input/text_matrix.ts";
import { checkRow } from "../../../lib/prepare/input/row_limits.ts";
import { TextBudget } from "../../../lib/prepare/input/row_texts.ts";
import { readText, refusalOf } from "./read_text.ts";

const folder = await Deno.makeTempDir();

const HEAD = "id,g1,g2,tissue\n";
const GOOD = `${HEAD}a,0,1.5,root\nb,2,3,leaf\n`;
const GZIPPED = gzipSync(GOOD.repeat(200));

const refusals: [string, string | Uint8Array, RegExp][] = [
  ["an empty file", "", /^the file is empty$/],
  ["empty lines only", "\n\r\n\n", /nothing but empty lines/],
  ["comments only", "# a\n# b\n", /nothing but|1 column/],
  ["an empty gzip", gzipSync(""), /gzip file holds nothing/],
  ["a header only", HEAD, /a header but no row/],
  ["one column", "id\na\n", /^its header \(line 1\) has 1 column and must/],
  [
    "words only",
    "id,t\na,b\nc,d\n",
    /no column holds numbers; 't' holds words$/,
  ],
  [
    "rows of words only",
    "id,a,b,c\nx,p,q,r\n",
    /no column holds numbers; 'a', 'b', 'c' hold words$/,
  ],
  ["no header", "0.5,1.5,2\n1,2.5,3\n", /first line \(line 1\) holds numbers/],
  ["no header of whole numbers", "a,0,0,2\nb,1,2,3\n", /holds numbers such/],
  ["a header of one cell", "id\na,1,2\nb,2,3\n", /1 column/],
  [
    "a short row",
    `${GOOD}c,1,root\n`,
    /^1 of 3 rows has another number .* 4: line 4 \('c'\) has 3$/,
  ],
  ["a long row", `${GOOD}c,1,2,3,root\n`, /line 4 \('c'\) has 5$/],
  [
    "many of them",
    `${GOOD}c,1\nd\ne,1,2,3,4,5,6\nf,1\ng,1,2,x\n`,
    /^4 of 7 rows have .* 4: line 4 \('c'\) has 2, line 5 .* has 7 …$/,
  ],
  ["none but them", `${HEAD}a,1,2\nb,2,3\n`, /^all 2 rows have another/],
  ["a last line cut off", `${GOOD}c,1`, /line 4 \('c'\) has 2$/],
  ["a NUL", `${HEAD}a,1,\0,root\n`, /line 1 holds bytes that are not UTF-8/],
  ["a late NUL", `${GOOD.padEnd(99_999, "\n")}c,1,\0,r\n`, /not UTF-8 text/],
  [
    "no UTF-8",
    Uint8Array.from([...new TextEncoder().encode(GOOD), 0xff, 0x2c, 0x31]),
    /line 4 holds bytes that are not UTF-8 text/,
  ],
  [
    "half of a UTF-16 character",
    Uint8Array.of(0xff, 0xfe, 0x61, 0, 0x2c, 0, 0x61),
    /begins as UTF-16 text does/,
  ],
  ["an open quote", `${GOOD}c,"1,2,leaf\n`, /line 4 opens a quote/],
  ["an open quote in the header", `id,"g1,g2\na,1\n`, /line 1 opens a quote/],
  ["text after a quote", `${HEAD}a,"1"2,3,root\n`, /line 2 has text after/],
  [
    "a cell of 2 MB",
    `${HEAD}a,${"1".repeat(2 << 20)},3,root\n`,
    /cell of more than 1 MiB/,
  ],
  ["a gzip cut off", GZIPPED.subarray(0, -20), /gzip file is cut off/],
  [
    "a long id",
    `${GOOD}${"x".repeat(1001)},1,2,root\n`,
    /line 4: the id 'x{40}…' has more than 1000/,
  ],
  [
    "a long name",
    `id,${"x".repeat(1001)}\na,1\n`,
    /column 2 of the header, 'x{40}…', has more than 1000/,
  ],
  [
    "columns of words",
    `id,g${",t".repeat(201)}\n${`a,1${",w".repeat(201)}\n`.repeat(3)}`,
    /^201 of its 202 columns hold words: 't', 't', 't' …$/,
  ],
  [
    "rows of words",
    `id,a,b,c\n${"g,1,2,3\n".repeat(70)}${"w,x,y,z\n".repeat(51)}`,
    /^more than 50 rows hold words .*: 'w' \(line 72\), .* …$/,
  ],
];

for (const [what, content, message] of refusals) {
  Deno.test(`table: refuses ${what}`, async () => {
    assert.match((await refusalOf(content)).message, message);
  });
}

Deno.test("table: refuses a missing file and a directory", async () => {
  const read = (path: string) => readTextMatrix({ path }, {}, {});
  await assert.rejects(read(`${folder}/none.csv`), /there is no such file$/);
  await assert.rejects(read(folder), /it is a directory and must be a file$/);
});

Deno.test("table: lines are counted through quotes, comments and CRLF", async () => {
  const { message } = await refusalOf(
    '# x\r\n\r\nid,"g\r\n1","g\n2",t\r\na,1,2,root\r\n\r\nb,1,leaf\r\n',
  );
  assert.match(message, /line 8 \('b'\)/);
  const { rows } = await readText('#x\rid,"g\r1",t\r\ra,1,"r\r\n"\rb,2,l');
  assert.deepEqual([rows.locate(0), rows.locate(1)], ["line 5", "line 7"]);
});

/** Writes a gzip file of members, so that long files need no time. */
async function writeMembers(
  path: string,
  members: Iterable<Uint8Array>,
): Promise<string> {
  const file = await Deno.open(path, { write: true, create: true });
  for (const member of members) await file.write(member);
  file.close();
  return path;
}

/** Reads in bounded memory and gives the error's message. */
async function boundedRefusal(path: string): Promise<string> {
  const before = Deno.memoryUsage().rss;
  let message = "";
  await readTextMatrix({ path }, {}, {}).catch((error) =>
    message = error.message
  );
  assert.ok(Deno.memoryUsage().rss - before < 250e6);
  return message;
}

Deno.test("table: too many columns are refused in bounded memory", async () => {
  const path = await writeMembers(
    `${folder}/wide.csv`,
    [gzipSync("id")].concat(
      Array.from({ length: 12 }, (_, count) =>
        gzipSync(
          Array.from(
            { length: 100_000 },
            (_, index) => `,${(count * 100_000 + index).toString(36)}`,
          ).join(""),
          { level: 1 },
        )),
    ),
  );
  assert.match(await boundedRefusal(path), /more than 1,000,000 columns/);
});

Deno.test("table: endless lines are refused in bounded memory", async () => {
  const zeros = gzipSync(`${"0".repeat(1023)},`.repeat(1 << 10));
  const part = (start: string, count: number) => [
    gzipSync(start),
    ...Array.from({ length: count }, () => zeros),
  ];
  const row = await writeMembers(`${folder}/row.csv`, part(`${HEAD}a,`, 258));
  assert.match(await boundedRefusal(row), /line 2 is longer than 256 MiB/);
  const comment = await writeMembers(`${folder}/comment.csv`, part("#", 64));
  assert.match(await boundedRefusal(comment), /line 1 is longer than 32 MiB/);
});

Deno.test("table: any number of comment lines is skipped in bounded memory", async () => {
  const comments = gzipSync(`#${"x".repeat(1022)}\n`.repeat(1 << 10));
  const path = await writeMembers(`${folder}/comments.csv`, [
    ...Array.from({ length: 64 }, () => comments),
    gzipSync(GOOD),
  ]);
  const before = Deno.memoryUsage().rss;
  const { notes, rows } = await readTextMatrix({ path }, {}, {});
  assert.ok(Deno.memoryUsage().rss - before < 250e6);
  assert.match(notes[0], /^65,536 comment lines/);
  assert.equal(rows.locate(0), "line 65538");
});

Deno.test("table: what would not fit the memory is refused", () => {
  const row = { id: "a", line: 3, row: 99_999, width: 21_474 };
  checkRow("x.csv", row);
  assert.throws(
    () => checkRow("x.csv", { ...row, width: 21_475 }),
    /2,147,483,648 values/,
  );
  assert.throws(
    () => checkRow("x.csv", { ...row, row: 10_000_000 }),
    /10,000,000 rows/,
  );
  const budget = new TextBudget("x.csv");
  const text = "x".repeat(1000);
  assert.throws(() => {
    for (let count = 0; count < 1 << 20; count++) budget.take(text);
  }, /512 MiB/);
});
