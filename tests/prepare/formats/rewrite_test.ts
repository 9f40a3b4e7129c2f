/** Commands that write a file again leave the file itself alone. */

import assert from "node:assert/strict";
import { foreignFormats } from "../../../lib/prepare/formats/foreign.ts";
import {
  csvBeside,
  rewriteAnnData,
  rewriteParquet,
} from "../../../lib/prepare/formats/rewrite.ts";
import { InputError } from "../../../lib/cli/errors.ts";

Deno.test("rewrite: a new file beside the old one, by any name", () => {
  const names: [string, string][] = [
    ["counts.xlsx", "counts.table.csv"],
    ["/a.b/counts.csv", "/a.b/counts.table.csv"],
    ["/a.b/counts", "/a.b/counts.table.csv"],
    ["x.v1.rds", "x.v1.table.csv"],
    ["x.v2.rds", "x.v2.table.csv"],
    ["x.csv.gz", "x.table.csv"],
    ["a/.csv", "a/.csv.table.csv"],
    ["x.table.csv", "x.table.table.csv"],
  ];
  for (const [path, expected] of names) {
    assert.equal(csvBeside(path), expected, path);
  }
});

Deno.test("rewrite: no command writes to the file that it reads", async () => {
  const paths = ["m.csv", "m.table.csv", "M.TABLE.CSV", "m.table.csv.gz", "m"];
  for (const { name, read } of foreignFormats) {
    for (const path of paths) {
      const error = await read({ path }, {}).then(() => {}, (error) => error);
      assert.ok(error instanceof InputError, name);
      const remedy = error.remedy ?? "";
      if (!/sys\.argv\[2\]|a\[2\]|writetable|write\.csv/.test(remedy)) continue;
      const target = remedy.match(/[^\s'"(]+\.csv(?=['")\s]|$)/gi)?.at(-1);
      assert.equal(target, csvBeside(path), name);
      assert.notEqual(target?.toLowerCase(), path.toLowerCase(), name);
    }
  }
  assert.match(
    rewriteAnnData("rewritten.h5ad"),
    /write_h5ad\("rewritten\.rewritten\.h5ad"/,
  );
  assert.match(rewriteAnnData("d/m.h5ad"), /write_h5ad\("d\/m\.rewritten\./);
  assert.match(
    rewriteParquet("m.rewritten.parquet"),
    /to_parquet\("m\.rewritten\.rewritten\.parquet"/,
  );
});
