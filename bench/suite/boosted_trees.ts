/** Training boosted trees. */

import { countOf } from "../../lib/cli/text.ts";
import type { TreesTask } from "../ours/boosted_trees.ts";
import type { Benchmark, Workspace } from "./benchmark.ts";
import { runOurs, runPeer } from "./child.ts";
import { arrayPaths, makeArrays } from "./inputs.ts";
import type { Sizes } from "./sizes.ts";

/** The row of boosted trees. */
export function boostedTrees(
  workspace: Workspace,
  { trees: size }: Sizes,
): Benchmark {
  const task: TreesTask = {
    ...arrayPaths(workspace, size),
    learned: size.learned,
    tissues: size.tissues,
    rounds: size.rounds,
    threads: workspace.threads,
  };
  return {
    rows: [{
      id: "boosted_trees",
      title: `Boosted trees: ${size.learned} samples x ${size.genes} genes, ` +
        `${size.tissues} tissues`,
      timed: `Binning and ${countOf(size.rounds, "round")} of one tree a ` +
        "tissue, LightGBM's defaults; both grow the same trees. We take one " +
        `thread, LightGBM ${workspace.threads}.`,
      ours: {
        name: "this suite",
        scale: 1,
        run: () => runOurs(workspace, "boosted_trees.ts", task),
      },
      peer: {
        name: "LightGBM",
        scale: 1,
        run: () => runPeer(workspace, "boosted_trees.py", task),
      },
      goal: { ratio: 1.5 },
    }],
    prepare: () => makeArrays(workspace, size),
  };
}
