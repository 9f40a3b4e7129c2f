import assert from "node:assert/strict";
import {
  compareMedians,
  meanAgreement,
} from "../../lib/sanity_checks/agreement.ts";
import { formatVerdict } from "../../lib/sanity_checks/outputs.ts";
import { drawAgreement } from "../../lib/sanity_checks/figures/agreement.ts";
import { assertSound } from "../figures/sound.ts";

const tissue = (tissue: string, medians: number[]) => ({
  tissue,
  samples: 2,
  medians: Float64Array.from(medians),
});

Deno.test("tissues are compared with themselves, signed and unsigned", () => {
  const [leaf, root] = compareMedians(
    [tissue("leaf", [5, -4, 3, 0]), tissue("root", [1, 2, 3, 4])],
    [tissue("leaf", [5, 4, -3, 0]), tissue("root", [0, 0, 0, 0])],
    2,
  );
  assert.equal(leaf.tissue, "leaf");
  assert.equal(leaf.samples, 2);
  // Ranks 4 1 3 2 against 4 3 1 2: 1 - 6 * (4 + 4) / (4 * 15).
  assert.ok(Math.abs(leaf.spearman! - 0.2) < 1e-12);
  assert.equal(leaf.spearmanAbsolute, 1);
  assert.equal(leaf.overlap, 0.5);
  assert.equal(root.spearman, null);
  assert.equal(root.spearmanAbsolute, null);
});

Deno.test("means are over the tissues that have a value", () => {
  const of = (spearman: number | null, overlap: number) => ({
    tissue: "leaf",
    samples: 1,
    spearman,
    spearmanAbsolute: spearman,
    overlap,
  });
  assert.deepEqual(meanAgreement([of(0.5, 1), of(null, 0), of(0.25, 0.5)]), {
    spearman: 0.375,
    spearmanAbsolute: 0.375,
    overlap: 0.5,
  });
  assert.equal(meanAgreement([of(null, 0)]).spearman, null);
  assert.equal(
    formatVerdict([
      { check: "rerun", tissues: [of(0.9, 1)] },
      { check: "output_layer", tissues: [of(0.8, 1)] },
      { check: "all_layers", tissues: [of(-0.004, 1)] },
      { check: "shuffled_labels", tissues: [of(null, 1)] },
    ]),
    "scores agree 0.90 with a rerun, 0.00 with random weights, " +
      "not at all with shuffled labels (Spearman, mean over tissues)",
  );
});

Deno.test("the figure is honest where there is little to draw", () => {
  const facts = { top: 2, genes: 20 };
  const empty = drawAgreement({ rows: [], ...facts });
  assertSound(empty, "no check");
  assert.ok(empty.includes("Nothing to draw"));
  const row = { tissue: "leaf", spearman: null, overlap: 0 };
  const unknown = drawAgreement({
    rows: [
      { ...row, check: "rerun" },
      { ...row, check: "<b>constructor</b>", spearman: -0.999 },
    ],
    ...facts,
  });
  assertSound(unknown, "one correlation unknown");
  assert.ok(unknown.includes("rank correlation unknown, overlap 0.00"));
});
