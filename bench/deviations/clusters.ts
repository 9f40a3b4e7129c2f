/** Effects of the clustering. */

import { prepareKMeans } from "../../lib/ml/kmeans/kmeans.ts";
import { pickColumns } from "../../lib/ml/pick_columns.ts";
import { umapSpace } from "../../lib/clusters/spaces/umap.ts";
import { embedUmap } from "../../lib/ml/umap/umap.ts";
import { deriveSeed } from "../../lib/random.ts";
import { mean, sampleSd } from "../../lib/statistics/describe.ts";
import { clusteringScores } from "../../lib/statistics/clustering_scores.ts";
import {
  type Bench,
  type Effect,
  fixed,
  formatMean,
  formatP,
  scoreSets,
} from "./bench.ts";

/** The k of the maize study. */
const STUDY_K = 29;

/** The k-means repeats of the maize study. */
const REPEATS = 5;

/** Embeddings whose standard deviation is taken. */
const LAYOUTS = 10;

/** 29 clusters, whatever the number of tissues. */
export async function k29(bench: Bench): Promise<Effect[]> {
  const { setup, shap } = bench.run;
  const tissues = new Set(setup.classes).size;
  const scoreAt = async (k: number) => {
    const clusters = Math.min(k, setup.classes.length);
    const [[scores]] = await scoreSets(
      bench,
      [{ stream: "k29", columns: shap.columns }],
      [umapSpace],
      { ...setup, clusters },
    );
    return `k = ${clusters}: V ${fixed(scores.vMeasure)}, AMI ${
      fixed(scores.ami)
    }`;
  };
  return [{
    id: "k29",
    old: await scoreAt(STUDY_K),
    now: await scoreAt(tissues),
    meaning: `There are ${tissues} tissues here; the farther k is from this ` +
      "number, the less V and AMI say about the tissues.",
  }];
}

/** The cluster number written back into the table before the next repeat. */
export function labelFedBack(bench: Bench): Effect[] {
  const { setup, shap } = bench.run;
  const { classes } = setup;
  const seedOf = (name: string) =>
    deriveSeed(bench.seed, `deviations/label_fed_back/${name}`);
  const layout = embedUmap(
    pickColumns(setup.values, setup.genes, shap.columns),
    classes.length,
    shap.columns.length,
    {
      neighbors: setup.neighbors,
      minDist: setup.minDist,
      epochs: setup.epochs ?? undefined,
      seed: seedOf("umap"),
    },
  );
  const cluster = (points: Float64Array, dimensions: number, repeat: number) =>
    prepareKMeans(points, dimensions, {
      clusters: setup.clusters,
      restarts: setup.restarts,
      maxIterations: setup.maxIterations,
      method: setup.method,
    })(seedOf(`kmeans/${repeat}`)).assignments;
  const clean: number[] = [];
  const fedBack: number[] = [];
  let last: Int32Array | undefined;
  for (let repeat = 1; repeat <= REPEATS; repeat++) {
    const scoreOf = (assignments: Int32Array) =>
      clusteringScores(classes, assignments).vMeasure;
    clean.push(scoreOf(cluster(layout, 2, repeat)));
    last = last === undefined
      ? cluster(layout, 2, repeat)
      : cluster(withColumn(layout, last), 3, repeat);
    fedBack.push(scoreOf(last));
  }
  const list = (values: number[]) => values.map((v) => fixed(v)).join(", ");
  return [{
    id: "label_fed_back",
    old: `repeats 1 to ${REPEATS}: V ${list(fedBack)}`,
    now: `repeats 1 to ${REPEATS}: V ${list(clean)}`,
    meaning: `After the first repeat the sd is ${
      fixed(sampleSd(fedBack.slice(1)), 4)
    } instead of ${
      fixed(sampleSd(clean.slice(1)), 4)
    }: a repeat that uses the clusters of the last one is not independent.`,
  }];
}

/** A two-dimensional embedding with the cluster numbers as a third column. */
function withColumn(layout: Float64Array, clusters: Int32Array): Float64Array {
  const points = new Float64Array(clusters.length * 3);
  clusters.forEach((cluster, sample) => {
    points[sample * 3] = layout[sample * 2];
    points[sample * 3 + 1] = layout[sample * 2 + 1];
    points[sample * 3 + 2] = cluster;
  });
  return points;
}

/** How much the V-measure of the SHAP set varies with the seed. */
export async function seeds(bench: Bench): Promise<Effect[]> {
  const { shap, setup } = bench.run;
  const layouts = (await scoreSets(
    bench,
    Array.from({ length: LAYOUTS }, (_, index) => ({
      stream: `seeds/${index + 1}`,
      columns: shap.columns,
    })),
  )).map(([scores]) => scores);
  const values = layouts.map(({ vMeasure }) => vMeasure);
  const kmeans = mean(layouts.map(({ vMeasures }) => sampleSd(vMeasures)));
  return [{
    id: "seeds",
    old: `${LAYOUTS} seeds of UMAP: V ${formatMean(values)}, ${
      fixed(Math.min(...values))
    } to ${fixed(Math.max(...values))}`,
    now: "the same V in every repetition of the run",
    meaning: `The sd of k-means runs on one embedding is ${
      fixed(kmeans, 4)
    } (${setup.restarts} starts each), that of embeddings ${
      fixed(sampleSd(values), 4)
    }; without seeds every run would give another of these values.`,
  }];
}

/** The test in every space that the run has. */
export function spaceEffects({ run: { tests } }: Bench): Effect[] {
  const line = (model: string, wanted: (space: string) => boolean) =>
    tests.filter((test) => test.null_model === model && wanted(test.space))
      .map((test) =>
        `${test.space} V ${fixed(test.statistic)} vs. ${
          fixed(test.null_mean)
        } (sd ${fixed(test.null_sd, 4)}), p ${formatP(test.p_t)}, empirical p ${
          formatP(test.p_empirical)
        }`
      ).join("; ");
  return [...new Set(tests.map((test) => test.null_model))].map((model) => {
    const own = tests.filter((test) => test.null_model === model);
    const found = own.filter(({ p_t }) => p_t !== null && p_t < 0.05);
    return {
      id: `spaces/${model}`,
      old: line(model, (space) => space === umapSpace.name),
      now: line(model, (space) => space !== umapSpace.name) ||
        "(the run has no other space)",
      meaning: `p is below 0.05 in ${found.length} of ${own.length} spaces${
        found.length > 0
          ? ` (${found.map(({ space }) => space).join(", ")})`
          : ""
      }, with the null model "${model}".`,
    };
  });
}
