/** How much of the output the scores miss, and what is proposed. */

import assert from "node:assert/strict";
import {
  additivityWarning,
  gapRemedy,
  missedShare,
  summarizeAdditivity,
} from "../../lib/shap/additivity.ts";

const sample = (tissue: string, output: number, gap: number) => ({
  explained_tissue: tissue,
  model_output: output + 1,
  base_value: 1,
  additivity_gap: gap,
});

Deno.test("the median share of the output that the scores miss", () => {
  assert.equal(missedShare([]), null);
  // Nothing to explain, and nothing explained.
  assert.equal(missedShare([sample("a", 0, 0)]), null);
  assert.equal(missedShare([sample("a", 2, -0.5)]), 0.25);
  // One sample with hardly any output moves the median no further than 1.
  const shares = [sample("a", 2, 0.5), sample("a", -4, 2), sample("a", 0, 9)];
  assert.equal(missedShare(shares), 0.5);
  assert.equal(missedShare(shares.slice(1)), 0.75);
});

Deno.test("tissues whose scores miss too much are named, in order", () => {
  const rows = [
    sample("root", 1, 0.9),
    sample("leaf", 1, 0.01),
    sample("leaf", 1, 0.02),
    sample("leaf", 1, 0.03),
    sample("ear", 1, 0.5),
  ];
  const found = summarizeAdditivity(rows);
  assert.deepEqual(
    found.tissues_missed.map(({ tissue }) => tissue),
    ["ear", "root"],
  );
  assert.ok(Math.abs(found.median_gap_share! - 0.03) < 1e-12);
  const warning = additivityWarning({
    ...found,
    draws: 50,
    output: "centered-logit",
  });
  assert.match(warning, /in 'ear' \(50 %\), 'root' \(90 %\) the sum of a/);
  // 50 (0.9 / 0.1)^2
  assert.match(warning, /--shap\.draws 41?\d00 takes enough/);
  assert.doesNotMatch(warning, /shap\.output/);
  const sound = summarizeAdditivity(rows.slice(1, 4));
  assert.equal(
    additivityWarning({ ...sound, draws: 50, output: "probability" }),
    "",
  );
});

Deno.test("draws are proposed by the square of the share", () => {
  const remedy = (draws: number, share: number) =>
    gapRemedy({ draws, output: "probability" }, share).draws;
  assert.equal(remedy(50, 0.6), 1800);
  assert.equal(remedy(1, 1), 100);
  assert.equal(remedy(500_000, 1), 1_000_000);
  assert.equal(
    gapRemedy({ draws: 1, output: "log-odds" }, 1).output,
    "centered-logit",
  );
  assert.equal(
    gapRemedy({ draws: 1, output: "centered-logit" }, 1).output,
    null,
  );
});
