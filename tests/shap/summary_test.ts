/** The numbers on the explanations in `summary.json`. */

import assert from "node:assert/strict";
import type { ExplanationRow } from "../../lib/shap/outputs.ts";
import { summarizeExplanations } from "../../lib/shap/summary.ts";

Deno.test("explanations: the order of the samples changes no digit", () => {
  const row = (sample_id: string, gap: number) =>
    ({
      sample_id,
      tissue: "leaf",
      predicted: "leaf",
      explained_tissue: "leaf",
      additivity_gap: gap,
      model_output: gap,
      base_value: 0,
      standard_error: gap,
    }) as Partial<ExplanationRow> as ExplanationRow;
  // 0.1 + 0.2 + 0.3 is not 0.3 + 0.2 + 0.1.
  const rows = [row("a", 0.1), row("b", 0.2), row("c", 0.3)];
  const tissueOf = ["leaf", "leaf", null];
  const summary = summarizeExplanations(rows, tissueOf);
  assert.deepEqual(
    summarizeExplanations(rows.toReversed(), tissueOf),
    summary,
  );
  assert.deepEqual([summary.explained, summary.ranked], [3, 2]);
  assert.ok(Math.abs(summary.mean_absolute_gap - 0.2) < 1e-15);
});
