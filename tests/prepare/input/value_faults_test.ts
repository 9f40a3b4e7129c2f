import assert from "node:assert/strict";
import { readCell } from "../../../lib/prepare/input/cell_value.ts";
import {
  describeFaults,
  type FaultSummary,
} from "../../../lib/prepare/input/value_faults.ts";

Deno.test("cells: numbers and why others are none", () => {
  const cells: [string, ReturnType<typeof readCell>][] = [
    ["1.5", 1.5],
    ["-.5e-3", -0.0005],
    ["-0", 0],
    ["1e39", "too large"],
    ["-1e999", "too large"],
    ["-inf", "infinite"],
    ["+Infinity", "infinite"],
    ["0,5", "decimal comma"],
    ["1234,5", "decimal comma"],
    ["1.234.567,8", "decimal comma"],
    ["1,5e3", "decimal comma"],
    ["1,234", "comma"],
    ["-12,345,678.9", "comma"],
    ["1 234", "thousands"],
    ["-1\u00a0234\u00a0567.5", "thousands"],
    ["1\u202f234", "thousands"],
    ["1'000", "thousands"],
    ["12\u2019345", "thousands"],
    ["1.697.360", "thousands"],
    ["1 234,5", "decimal comma"],
    ["1.234", 1.234],
    ["1 23", "word"],
    ["0 123", "word"],
    ["1.69.360", "word"],
    ["0x10", "word"],
    ["1 2", "word"],
    ["1,2,3", "word"],
    ["1e", "word"],
    ["<0.1", "word"],
    ["TRUE", "word"],
    ["--", "word"],
  ];
  for (
    const text of [
      ..."|NA|na|NaN|-nan|n/a|N/A|<NA>|null|None|-|.".split("|"),
      ..."#N/A|#DIV/0!|#REF!|#VALUE!|#NAME?|#NUM!".split("|"),
    ]
  ) cells.push([text, "missing"]);
  for (const [text, expected] of cells) {
    assert.ok(Object.is(readCell(text), expected), `'${text}'`);
  }
});

const SUMMARY: FaultSummary = {
  kind: "missing",
  values: 1234,
  samples: 1,
  genes: 12,
  text: "NA",
  sample: "s1",
  gene: "g\n1",
};

Deno.test("faults: one line a kind, with counts, the first and a remedy", () => {
  const [what, remedy] = describeFaults(SUMMARY);
  assert.equal(
    what,
    "1,234 values of 1 sample and 12 genes are missing; the first ('NA') is " +
      "that of sample 's1', gene 'g\\n1'",
  );
  assert.deepEqual(remedy, {
    stage: "prepare",
    flags: { missing: "drop-genes" },
  });
  const [one] = describeFaults({
    ...SUMMARY,
    values: 1,
    text: "",
    where: "line 3",
  });
  assert.equal(
    one,
    "1 value is missing: empty in sample 's1', gene 'g\\n1' (line 3)",
  );
  const [commas, points] = describeFaults({
    ...SUMMARY,
    kind: "decimal comma",
    text: "182,617",
  });
  assert.match(
    commas,
    /genes have commas where decimal points should be; .*'182,617'/,
  );
  assert.match(String(points), /dec = "\."/);
  for (
    const [text, marks] of [
      ["1,234", "commas"],
      ["1.234.567", "points"],
      ["1\u00a0234", "blanks"],
      ["-1'234", "apostrophes"],
    ]
  ) {
    const [what] = describeFaults({ ...SUMMARY, kind: "thousands", text });
    assert.match(what, new RegExp(`have ${marks} between the thousands and`));
  }
});
