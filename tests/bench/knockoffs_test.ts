/** The bench of the knockoffs: its counts and its page. */

import assert from "node:assert/strict";
import { formatPage, RATES } from "../../bench/knockoffs/page.ts";
import { judge, select } from "../../bench/knockoffs/select.ts";

Deno.test("lists are judged by what was planted in their tissue", () => {
  const scores = [
    // At a rate of 0.5 two genes ahead pass, if no knockoff is.
    { tissue: "leaf", genes: [9, 8, 0, 0], knockoffs: [0, 0, 1, 0] },
    { tissue: "root", genes: [0, 0, 7, 6], knockoffs: [0, 0, 0, 0] },
  ].map(({ tissue, genes, knockoffs }) => ({
    tissue,
    genes: Float64Array.from(genes),
    knockoffs: Float64Array.from(knockoffs),
  }));
  const lists = select(scores, 0.5);
  assert.deepEqual(lists, {
    tissues: [{ tissue: "leaf", genes: [0, 1] }, {
      tissue: "root",
      genes: [2, 3],
    }],
    union: [0, 1, 2, 3],
  });
  const outcome = judge(lists, {
    tissues: new Map([["leaf", new Set([0])], ["root", new Set([1, 2])]]),
    all: new Set([0, 1, 2]),
    strong: new Set([0, 1]),
    down: new Set([3]),
  });
  assert.deepEqual(outcome, {
    tissues: [
      { listed: 2, wrong: 1, down: 0 },
      { listed: 2, wrong: 1, down: 1 },
    ],
    recall: 2 / 3,
    strong: 1,
    set: { listed: 4, wrong: 1, down: 1 },
    union: { listed: 4, wrong: 1, down: 1 },
  });
  const page = formatPage([{
    seed: 1,
    form: "ipad",
    statistic: "ridge",
    factors: 2,
    outcomes: RATES.map(() => outcome),
  }]);
  assert.match(
    page,
    /\| 2 \| ridge \| 50 % \| 25 % \| 0 of 1 \| 67 % \| 1 \| 25 % \| 25 % \| 0 of 1 \| 3 \|/,
  );
});
