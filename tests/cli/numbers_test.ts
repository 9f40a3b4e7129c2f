import assert from "node:assert/strict";
import { countOf, withCommas } from "../../lib/cli/text.ts";
import { fixed, percent, significant } from "../../lib/cli/numbers.ts";

Deno.test("numbers keep their digits", () => {
  assert.equal(fixed(0.9104), "0.910");
  assert.equal(fixed(-0.0004), "0.000");
  assert.equal(fixed(null), "not defined");
  assert.equal(fixed(Infinity), "not defined");
  assert.equal(significant(0.067), "0.0670");
  assert.equal(significant(0), "0");
  assert.equal(significant(1234.5), "1235");
  assert.equal(significant(2e7), "2.00e+7");
});

Deno.test("counts have commas and a noun in the right number", () => {
  assert.equal(withCommas(0), "0");
  assert.equal(withCommas(999), "999");
  assert.equal(withCommas(21111), "21,111");
  assert.equal(withCommas(1234567), "1,234,567");
  assert.equal(countOf(1, "study", "studies"), "1 study");
  assert.equal(countOf(2, "study", "studies"), "2 studies");
});

Deno.test("percentages have a decimal only below ten", () => {
  assert.equal(percent(13670 / 21111), "65 %");
  assert.equal(percent(0.012), "1.2 %");
  assert.equal(percent(0), "0 %");
  assert.equal(percent(null), "not defined");
});
