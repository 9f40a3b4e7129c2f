import assert from "node:assert/strict";
import {
  agreementRows,
  formatVerdict,
  meanAgreements,
} from "../../lib/sanity_checks/agreement.ts";
import type { Check } from "../../lib/sanity_checks/outputs.ts";
import { drawAgreement } from "../../lib/sanity_checks/figures/agreement.ts";
import { assertSound } from "../figures/sound.ts";

const tissue = (tissue: string, medians: number[]) => ({
  tissue,
  samples: 2,
  medians: Float64Array.from(medians),
});

Deno.test("tissues are compared with themselves, signed and unsigned", () => {
  const [leaf, root] = agreementRows(
    "rerun",
    [tissue("leaf", [5, -4, 3, 0]), tissue("root", [1, 2, 3, 4])],
    [tissue("leaf", [5, 4, -3, 0]), tissue("root", [0, 0, 0, 0])],
    2,
  );
  assert.equal(leaf.check, "rerun");
  assert.equal(leaf.tissue, "leaf");
  assert.equal(leaf.samples, 2);
  // Ranks 4 1 3 2 against 4 3 1 2: 1 - 6 * (4 + 4) / (4 * 15).
  assert.ok(Math.abs(leaf.spearman! - 0.2) < 1e-12);
  assert.equal(leaf.spearman_absolute, 1);
  assert.equal(leaf.overlap, 0.5);
  assert.equal(root.spearman, null);
  assert.equal(root.spearman_absolute, null);
});

Deno.test("means are over the tissues that have a value", () => {
  const row = (check: Check, spearman: number | null, overlap: number) => ({
    check,
    tissue: "leaf",
    samples: 1,
    spearman,
    spearman_absolute: spearman,
    top: 2,
    overlap,
  });
  assert.deepEqual(
    meanAgreements([
      row("rerun", 0.5, 1),
      row("all_layers", null, 0),
      row("rerun", null, 0),
      row("rerun", 0.25, 0.5),
    ]),
    [
      {
        check: "rerun",
        spearman: 0.375,
        spearman_absolute: 0.375,
        overlap: 0.5,
      },
      {
        check: "all_layers",
        spearman: null,
        spearman_absolute: null,
        overlap: 0,
      },
    ],
  );
  assert.equal(
    formatVerdict(meanAgreements([
      row("rerun", 0.9, 1),
      row("output_layer", 0.8, 1),
      row("all_layers", -0.004, 1),
      row("shuffled_labels", null, 1),
    ])),
    "scores agree 0.90 with a rerun, 0.00 with random weights, " +
      "not at all with shuffled labels (Spearman, mean over tissues)",
  );
});

Deno.test("the figure is honest where there is little to draw", () => {
  const empty = drawAgreement({ rows: [], genes: 20 });
  assertSound(empty, "no check");
  assert.ok(empty.includes("Nothing to draw"));
  const row = {
    tissue: "leaf",
    samples: 1,
    top: 2,
    spearman: null,
    spearman_absolute: null,
    overlap: 0,
  };
  const unknown = drawAgreement({
    rows: [
      { ...row, check: "rerun" },
      { ...row, check: "all_layers", spearman: -0.999 },
    ],
    genes: 20,
  });
  assertSound(unknown, "one correlation unknown");
  assert.ok(unknown.includes("rank correlation unknown, overlap 0.00"));
});
