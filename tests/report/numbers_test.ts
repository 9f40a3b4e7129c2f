import assert from "node:assert/strict";
import {
  count,
  counted,
  fixed,
  mean,
  percent,
  significant,
  standardDeviation,
} from "../../lib/report/numbers.ts";

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
  assert.equal(count(0), "0");
  assert.equal(count(999), "999");
  assert.equal(count(21111), "21,111");
  assert.equal(count(1234567), "1,234,567");
  assert.equal(counted(1, "study", "studies"), "1 study");
  assert.equal(counted(2, "study", "studies"), "2 studies");
});

Deno.test("percentages have a decimal only below ten", () => {
  assert.equal(percent(13670 / 21111), "65 %");
  assert.equal(percent(0.012), "1.2 %");
  assert.equal(percent(0), "0 %");
  assert.equal(percent(null), "not defined");
});

Deno.test("mean and standard deviation by hand", () => {
  assert.equal(mean([2, 4, 9]), 5);
  // Deviations -3, -1, 4: squares 9 + 1 + 16 = 26, by n - 1 = 2: 13.
  assert.equal(standardDeviation([2, 4, 9]), Math.sqrt(13));
  assert.ok(Number.isNaN(standardDeviation([1])));
});
