/** Effects of which samples are explained and clustered. */

import { prepareClustering } from "../../lib/clusters/clustering_inputs.ts";
import type { Dataset, Split } from "../../lib/prepare/dataset.ts";
import { readNpy } from "../../lib/store/npy.ts";
import { deriveSeed, RandomStream } from "../../lib/random.ts";
import { selectGenes } from "../../lib/selection/cutoff.ts";
import { mergeRankings } from "../../lib/selection/rank_union.ts";
import { rankGenes } from "../../lib/selection/ranks.ts";
import { classificationScores } from "../../lib/statistics/classification_scores.ts";
import { mean, sampleSd } from "../../lib/statistics/describe.ts";
import {
  type Bench,
  type Effect,
  formatMean,
  say,
  scoreSets,
} from "./bench.ts";
import { type FinishedRun, readRunTable } from "./run.ts";

/** Parts of the samples drawn anew. */
const REDRAWN = 5;

/** Halvings of the groups. */
const HALVINGS = 10;

/** Below this share of unique genes the study's walk down the ranks stops. */
const UNIQUE_SHARE = 0.5;

/** Ranks of the small set. */
const TOP_RANKS = 10;

/** How the samples are clustered if others take the place of the test part. */
function setupOf({ choices }: FinishedRun, dataset: Dataset) {
  return prepareClustering(dataset, { ...choices, samples: "test" }, () => {});
}

/** The dataset with those rows as its test part. */
function withTest(dataset: Dataset, rows: Iterable<number>): Dataset {
  const split = dataset.split.map((): Split => "train");
  for (const row of rows) split[row] = "test";
  return { ...dataset, split };
}

/** Samples that the network was trained on, taken for test samples. */
export async function trainedSamples(bench: Bench): Promise<Effect[]> {
  const { run } = bench;
  const { dataset, shap } = run;
  if (dataset.folds.length > 1) return [];
  const predictions = await readRunTable(run.folder, "cnn/predictions.csv");
  const f1 = (split: Split) => {
    const own = predictions.filter((row) => row.split === split);
    const classOf = (name: string) => dataset.tissueNames.indexOf(name);
    return classificationScores(
      own.map(({ tissue }) => classOf(tissue)),
      own.map(({ predicted }) => classOf(predicted)),
      dataset.tissueNames.length,
    ).macroF1;
  };
  const tests = dataset.split.filter((split) => split === "test").length;
  const trained: number[] = [];
  const redrawn: number[] = [];
  for (let draw = 1; draw <= REDRAWN; draw++) {
    const stream = `trained_samples/${draw}`;
    const rows = new RandomStream(
      deriveSeed(bench.seed, `deviations/${stream}`),
    ).sample(dataset.sampleIds.length, tests);
    trained.push(
      rows.filter((row) => dataset.split[row] !== "test").length / tests,
    );
    const [[{ vMeasure }]] = await scoreSets(
      bench,
      [{ stream, columns: shap.columns }],
      ["umap"],
      setupOf(run, withTest(dataset, rows)).setup,
    );
    redrawn.push(vMeasure);
  }
  const [[kept]] = await scoreSets(bench, [{
    stream: "trained_samples",
    columns: shap.columns,
  }]);
  return [{
    id: "trained_samples",
    old: `macro F1 ${say(f1("train"))} on training samples; ${tests} samples ` +
      `drawn anew: V ${formatMean(redrawn)}`,
    now: `macro F1 ${say(f1("test"))} on test samples: V ${say(kept.vMeasure)}`,
    meaning: `Of samples drawn anew ${
      (100 * mean(trained)).toFixed(0)
    } % have been trained or validated on: what is said of them is not said of new samples.`,
  }];
}

/** The rows of `scores.npy` that lie in each half of the groups. */
function halve(
  groups: readonly string[],
  seed: number,
): [number[], number[]] {
  const names = [...new Set(groups)].sort();
  new RandomStream(seed).shuffle(names);
  const first = new Set(names.slice(0, Math.ceil(names.length / 2)));
  const halves: [number[], number[]] = [[], []];
  groups.forEach((group, row) => halves[first.has(group) ? 0 : 1].push(row));
  return halves;
}

/** Genes ranked on one half of the test groups, clustered on the other. */
export async function doubleUse(bench: Bench): Promise<Effect[]> {
  const { run } = bench;
  const { dataset } = run;
  const genes = dataset.genes.length;
  const explained = await readRunTable(run.folder, "shap/explained.csv");
  const { data: scores } = await readNpy(`${run.folder}/shap/scores.npy`);
  const rowOf = new Map(dataset.sampleIds.map((id, row) => [id, row]));
  const rows = explained.map(({ sample_id }) => rowOf.get(sample_id)!);
  const grouped = rows.every((row) => dataset.groups[row] !== "");
  const groups = rows.map((row) =>
    grouped ? dataset.groups[row] : dataset.sampleIds[row]
  );
  const chooseOn = (half: readonly number[]) => {
    const own = new Set(half);
    const ranked = rankGenes(
      { scores, genes },
      explained.map(({ tissue, predicted }, row) =>
        own.has(row) && tissue === predicted ? tissue : null
      ),
      dataset.tissueNames,
      dataset.genes,
    );
    const walk = mergeRankings(ranked);
    return [
      selectGenes(walk, { rule: "unique", share: UNIQUE_SHARE }, null),
      selectGenes(walk, { rule: "top", ranks: TOP_RANKS }, null),
    ].map(({ chosen }) => Uint32Array.from(chosen, ({ gene }) => gene).sort());
  };
  const names = ["umap", "pca", "genes"];
  // Rule x space x halving and half: V by the half's own ranks less V by the
  // other half's.
  const gains = [0, 1].map(() => names.map((): number[] => []));
  const same = [0, 1].map(() => names.map((): number[] => []));
  const other = [0, 1].map(() => names.map((): number[] => []));
  for (let halving = 1; halving <= HALVINGS; halving++) {
    const stream = `double_use/${halving}`;
    const halves = halve(
      groups,
      deriveSeed(bench.seed, `deviations/${stream}`),
    );
    const chosen = halves.map(chooseOn);
    for (const [half, members] of halves.entries()) {
      const { setup } = setupOf(
        run,
        withTest(dataset, members.map((row) => rows[row])),
      );
      const layout = `${stream}/${half}`;
      const scored = await scoreSets(
        bench,
        [0, 1].flatMap((rule) =>
          [half, 1 - half].map((from) => ({
            stream: layout,
            columns: chosen[from][rule],
          }))
        ),
        names,
        setup,
      );
      for (const rule of [0, 1]) {
        names.forEach((_, space) => {
          const own = scored[2 * rule][space].vMeasure;
          const new_ = scored[2 * rule + 1][space].vMeasure;
          same[rule][space].push(own);
          other[rule][space].push(new_);
          gains[rule][space].push(own - new_);
        });
      }
    }
  }
  const rules = ["the study's cut", `${TOP_RANKS} ranks a tissue`];
  return rules.map((rule, at): Effect => {
    const list = (values: number[][][]) =>
      names.map((name, space) => `${name} ${say(mean(values[at][space]))}`)
        .join(", ");
    return {
      id: at === 0 ? "double_use" : "double_use/top",
      old: `${rule}, ranked and clustered on one half: V ${list(same)}`,
      now: `ranked on the other half: V ${list(other)}`,
      meaning: `The set's own samples flatter it by ${
        names.map((name, space) => {
          const means = pairMeans(gains[at][space]);
          return `${say(mean(means))} (sd ${
            say(sampleSd(means))
          } over halvings) in ${name}`;
        }).join(", ")
      } (${HALVINGS} halvings by ${grouped ? "groups" : "samples"}).`,
    };
  });
}

/** The mean over the two halves of each halving. */
function pairMeans(values: readonly number[]): number[] {
  return Array.from(
    { length: values.length / 2 },
    (_, at) => (values[2 * at] + values[2 * at + 1]) / 2,
  );
}
