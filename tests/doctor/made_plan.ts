/** A plan and costs for tests, whose numbers are easy to follow. */

import { describeNetwork } from "../../lib/cnn/architecture.ts";
import type { UnitCosts } from "../../lib/doctor/costs.ts";
import type {
  FoldCounts,
  RunPlan,
  StageValues,
} from "../../lib/doctor/plan.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";

const fold: FoldCounts = { train: 60, validation: 10, test: 30 };

/** The defaults of all flags. */
export const defaults: StageValues = Object.fromEntries(
  pipeline.stages.map(({ name, parameters }) => [
    name,
    Object.fromEntries(
      Object.entries(parameters).map(([flag, { default: value }]) => [
        flag,
        value,
      ]),
    ),
  ]),
) as unknown as StageValues;

/** A run on 100 samples x 400 genes with 40 decoys, four tissues. */
export function madePlan(
  changes: Partial<RunPlan> & { readonly foldCount?: number } = {},
): RunPlan {
  const { foldCount = 1, ...others } = changes;
  return {
    settings: { seed: 42, backend: "wasm", threads: 2 },
    values: defaults,
    samples: 100,
    genes: 400,
    tissues: 4,
    studies: 3,
    testedByTissue: [3, 5, 8, 14],
    folds: Array.from({ length: foldCount }, () => fold),
    architecture: describeNetwork({
      blocks: 1,
      width: 0.25,
      hidden: 64,
      genes: 440,
      tissues: 4,
    }),
    batch: 32,
    epochs: 100,
    members: 5,
    updates: 200,
    trainedAtATime: 1,
    ...others,
  };
}

/** Each unit takes a time of its own. */
export const costs: UnitCosts = {
  network: {
    build: 0.01,
    train: 1e-3,
    trainAlone: 1.2e-3,
    recompute: 4e-4,
    predict: 3e-4,
    openPool: 0.5,
    load: 0.02,
    draw: 5e-4,
  },
  sets: { openPool: 0.5, embed: 0.3, low: 0.01, high: 0.02, allGenes: 0.1 },
  tables: {
    loadByte: 5e-9,
    cell: 3e-7,
    figure: 0.004,
    distance: 4e-10,
    eigen: 1e-8,
    welch: 2e-6,
    logistic: 1e-5,
    tree: 1e-7,
  },
  input: { reading: 1, preparing: 0.5 },
};
