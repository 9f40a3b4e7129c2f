/** Scores random gene sets with the worker pool of the stage `ttest`. */

import type {
  ClusterSetup,
  GeneSetTask,
  ScoredGeneSet,
} from "../../lib/clusters/score_gene_set.ts";
import { spaceList } from "../../lib/clusters/spaces/spaces.ts";
import { umapSpace } from "../../lib/clusters/spaces/umap.ts";
import { shapMethod } from "../../lib/gene_sets/shap.ts";
import { readNpy } from "../../lib/store/npy.ts";
import { openPool, shareFloats } from "../../lib/workers/pool.ts";
import { mean } from "../../lib/statistics/describe.ts";
import { planNull } from "../../lib/null_test/null_plan.ts";
import { uniformNull } from "../../lib/null_test/null_models/uniform.ts";
import { reportMeasurement, secondsSince } from "./measured.ts";

/** The null distribution to make. */
export interface NullTask {
  /** NumPy files made by `make_matrix.ts`. */
  readonly values: string;
  readonly classes: string;
  /** Random sets. */
  readonly sets: number;
  /** Genes in each. */
  readonly size: number;
  /** K-means runs per set. */
  readonly repeats: number;
  /** Random starts of each. */
  readonly restarts: number;
  /** k. */
  readonly clusters: number;
  readonly threads: number;
}

await reportMeasurement(async (task: NullTask) => {
  const { data, shape: [, genes] } = await readNpy(task.values);
  const pool = await openPool<ClusterSetup, GeneSetTask, ScoredGeneSet>({
    module: new URL("../../lib/clusters/gene_set_worker.ts", import.meta.url),
    setup: {
      values: shareFloats(data),
      genes,
      classes: Int32Array.from((await readNpy(task.classes)).data),
      clusters: task.clusters,
      method: "lloyd",
      restarts: task.restarts,
      restartsHighDim: 1,
      maxIterations: 10_000,
      neighbors: 15,
      minDist: 0.1,
      epochs: null,
      components: 2,
      spacesModule: spaceList.module,
    },
    threads: task.threads,
  });
  const tasksFor = (sets: number, repeats: number, master: number) =>
    planNull(uniformNull, {
      genes,
      size: task.size,
      tested: new Uint32Array(),
      strata: new Int32Array(genes),
    }, {
      geneSet: shapMethod.name,
      sets,
      spaces: [umapSpace],
      repeats: { layouts: 1, ofLayout: repeats, elsewhere: 1 },
      master,
    }).sets.map(({ task }) => task);
  // One set per worker, as in the peer's processes.
  await pool.map(tasksFor(task.threads, 1, 7));
  const start = performance.now();
  const scored = await pool.map(tasksFor(task.sets, task.repeats, 42));
  const seconds = secondsSince(start);
  await pool.close();
  return {
    seconds,
    facts: {
      "mean V-measure": mean(
        scored.flatMap(([{ repeats }]) =>
          repeats.map(({ vMeasure }) => vMeasure)
        ),
      ),
    },
  };
});
