/** The test against a null: `tests/fixtures/statistics/null_test.py`. */

import assert from "node:assert/strict";
import { testAgainstNull } from "../../lib/null_test/t_test.ts";
import golden from "../fixtures/statistics/null_test.json" with {
  type: "json",
};

const nulls = new Map(
  Object.entries(golden.nulls).map(([size, text]) => [
    Number(size),
    text.split(" ").map(Number),
  ]),
);

for (const [size, nullValues] of nulls) {
  const cases = golden.cases.filter(({ values }) => values === size);

  Deno.test(`t and p equal SciPy's for a null of ${size} values`, () => {
    assert.ok(cases.length >= 7, "few cases are left out");
    for (const expected of cases) {
      const test = testAgainstNull(nullValues, expected.score);
      const close = (value: number, wanted: number, name: string) =>
        assert.ok(
          Math.abs(value - wanted) <= 1e-9 * Math.abs(wanted),
          `${name} at t = ${expected.t} is ${value}, not ${wanted}`,
        );
      close(test.null_mean, expected.mean, "the mean");
      close(test.null_sd, expected.sd, "the spread");
      // Near 0 the score less the mean has few digits; 1e-9 of a unit then.
      assert.ok(
        Math.abs(test.t! - expected.t) <=
          1e-9 * Math.max(1, Math.abs(expected.t)),
      );
      // p of a t that differs by a part in 1e12 differs by df * 1e-12 of it.
      close(test.p_t!, expected.pT, "p of t");
      assert.ok(test.p_t! > 0);
      assert.equal(test.p_empirical, expected.pEmpirical);
      assert.ok(test.p_empirical > 0);
    }
  });
}

Deno.test("a null of 30 and of 100 are tested at t = 40", () => {
  for (const size of [30, 100]) {
    const far = golden.cases.filter(({ values, t }) =>
      values === size && Math.abs(t - 40) < 0.01
    );
    assert.equal(far.length, 1);
    const { p_t } = testAgainstNull(nulls.get(size)!, far[0].score);
    assert.ok(p_t! > 0 && p_t! < 1e-25);
  }
});
