/** Scoring random gene sets. */

import type { NullTask } from "../ours/null_distribution.ts";
import type { Benchmark, Workspace } from "./benchmark.ts";
import { runOurs, runPeer } from "./child.ts";
import { arrayPaths, makeArrays } from "./inputs.ts";
import type { Sizes } from "./sizes.ts";
import { countOf } from "../../lib/cli/text.ts";

/**
 * The row of the null distribution.
 *
 * @param run Sets that are scored, of all sets.
 */
export function nullDistribution(
  workspace: Workspace,
  { null: size }: Sizes,
  run: number,
): Benchmark {
  const sets = Math.min(run, size.sets);
  const task: NullTask = {
    ...arrayPaths(workspace, size),
    sets,
    size: size.size,
    repeats: size.repeats,
    restarts: size.restarts,
    clusters: size.tissues,
    threads: workspace.threads,
  };
  const scale = size.sets / sets;
  return {
    rows: [{
      id: "null_distribution",
      title: `Null distribution: ${size.sets} random sets of ` +
        `${countOf(size.size, "gene")}, ${size.samples} samples`,
      timed: `UMAP of each set (15 neighbors), ${size.repeats} k-means runs ` +
        `of ${size.restarts} random starts, k ${size.tissues}, and the ` +
        `V-measures. Each side has ${
          countOf(workspace.threads, "worker")
        }, warmed up with one set each; the peer's workers are processes.`,
      ours: {
        name: "this suite",
        scale,
        run: () => runOurs(workspace, "null_distribution.ts", task),
      },
      peer: {
        name: "umap-learn + scikit-learn",
        scale,
        run: () => runPeer(workspace, "null_distribution.py", task),
      },
      goal: { ratio: 0.25 },
    }],
    prepare: () => makeArrays(workspace, size),
  };
}
