import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import {
  groupsOf,
  readSampleSheet,
} from "../../../lib/prepare/input/sample_sheet.ts";
import { refusal, writeInput } from "../user_files.ts";

const folder = await Deno.makeTempDir();

async function read(content: string | Uint8Array, name = "sheet.csv") {
  const path = await writeInput(`${folder}/${name}`, content);
  return await readSampleSheet(path, "donor");
}

Deno.test("sample sheet: CSV and TSV, gzipped or not, columns in any order", async () => {
  const csv = 'donor,note,sample_id\nd1,"x, y",a\nd2,,__proto__\n';
  const expected = new Map([["a", "d1"], ["__proto__", "d2"]]);
  assert.deepEqual(await read(csv), expected);
  assert.deepEqual(await read(gzipSync(csv), "sheet.csv.gz"), expected);
  const tsv = "\uFEFFsample_id\tdonor\r\na\td1\r\n__proto__\td2\r\n";
  assert.deepEqual(await read(tsv, "sheet.tsv"), expected);
});

Deno.test("sample sheet: refuses what is not valid", async () => {
  const refusals: [string, RegExp, RegExp?][] = [
    ["", /the file is empty/],
    ["sample,donor\na,d\n", /no column 'sample_id'/, /Name the column/],
    ["sample_id,doner\na,d\n", /no column 'donor'/, /--group 'doner'/],
    ["sample_id,donor\n", /holds no sample/],
    ["sample_id,donor,donor\na,d,e\n", /'donor' is there twice/],
    ["sample_id,donor\na,d\na,e\n", /line 3: sample 'a' is there already/],
    ["sample_id,donor\na,d\nb,\n", /line 3 \(sample 'b'\), .* group is empty/],
    ["sample_id,donor\n,d\n", /line 2: the sample_id is empty/],
    ["sample_id,donor\na,d,e\n", /line 2 has 3 cells where the header has 2/],
  ];
  for (const [content, message, remedy] of refusals) {
    await assert.rejects(read(content), refusal(message, remedy));
  }
});

Deno.test("sample sheet: missing samples are counted, extra ones are fine", () => {
  const sheet = new Map([["a", "d1"], ["b", "d2"]]);
  assert.deepEqual(groupsOf(["b"], sheet, "s.csv"), {
    groups: ["d2"],
    extra: 1,
  });
  assert.throws(
    () => groupsOf(["a", "x", "y"], sheet, "s.csv"),
    /s\.csv lacks 2 of the matrix's 3 samples; the first is 'x'/,
  );
});
