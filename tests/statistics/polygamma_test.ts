/** Digamma, trigamma and chi squared against values of SciPy. */

import assert from "node:assert/strict";
import { chiSquaredUpperTail } from "../../lib/statistics/chi_squared.ts";
import {
  digamma,
  trigamma,
  trigammaInverse,
} from "../../lib/statistics/polygamma.ts";
import golden from "../fixtures/statistics/polygamma.json" with {
  type: "json",
};

function close(found: number, wanted: number, tolerance: number) {
  assert.ok(
    Math.abs(found - wanted) <= tolerance * Math.abs(wanted),
    `${found}, not ${wanted}`,
  );
}

Deno.test("digamma, trigamma and its inverse are SciPy's", () => {
  for (const { x, digamma: first, trigamma: second } of golden.polygamma) {
    close(digamma(x), first, 1e-12);
    close(trigamma(x), second, 1e-13);
    close(trigammaInverse(second), x, 1e-6);
  }
  assert.throws(() => digamma(0), RangeError);
  assert.throws(() => trigammaInverse(-1), /greater than 0, not -1/);
});

Deno.test("the tail of chi squared is SciPy's, however small", () => {
  for (const { value, df, p } of golden.chiSquared) {
    close(chiSquaredUpperTail(value, df), p, 1e-12);
  }
  assert.equal(chiSquaredUpperTail(0, 3), 1);
  assert.equal(chiSquaredUpperTail(Infinity, 3), 0);
  assert.ok(Number.isNaN(chiSquaredUpperTail(NaN, 3)));
});
