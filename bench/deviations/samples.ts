/** Effects of the choice of samples. */

import { prepareClustering } from "../../lib/clusters/clustering_inputs.ts";
import { spaces } from "../../lib/clusters/spaces/spaces.ts";
import { umapSpace } from "../../lib/clusters/spaces/umap.ts";
import { predictions } from "../../lib/cnn/outputs.ts";
import type { Dataset, Split } from "../../lib/prepare/dataset.ts";
import { readNpy } from "../../lib/store/npy.ts";
import { deriveSeed, RandomStream } from "../../lib/random.ts";
import { selectGenes } from "../../lib/selection/cutoff.ts";
import { UNIQUE_SHARE } from "../../lib/selection/levels.ts";
import { mergeRankings } from "../../lib/selection/rank_union.ts";
import { rankGenes } from "../../lib/selection/ranks.ts";
import { classificationScores } from "../../lib/statistics/classification_scores.ts";
import { explanations, shapValues } from "../../lib/shap/outputs.ts";
import { mean, sampleSd } from "../../lib/statistics/describe.ts";
import { runReader } from "../run_reader.ts";
import {
  type Bench,
  type Effect,
  fixed,
  formatMean,
  scoreSets,
} from "./bench.ts";
import type { FinishedRun } from "./run.ts";

/** New random test parts. */
const REDRAWN = 5;

/** Random halvings of the groups. */
const HALVINGS = 10;

/** Ranks per tissue in the smaller set. */
const TOP_RANKS = 10;

/** How the samples of another test part are clustered. */
function setupOf({ choices }: FinishedRun, dataset: Dataset) {
  return prepareClustering(dataset, { ...choices, samples: "test" }, () => {});
}

/** The dataset with these rows as its test part. */
function withTest(dataset: Dataset, rows: Iterable<number>): Dataset {
  const split = dataset.split.map((): Split => "train");
  for (const row of rows) split[row] = "test";
  return { ...dataset, split };
}

/** Training samples treated as test samples. */
export async function trainedSamples(bench: Bench): Promise<Effect[]> {
  const { run } = bench;
  const { dataset, shap } = run;
  if (dataset.folds.length > 1) return [];
  const predicted = await runReader(run.folder).read(predictions);
  const f1 = (split: Split) => {
    const own = predicted.filter((row) => row.split === split);
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
      [umapSpace],
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
    old:
      `macro F1 ${fixed(f1("train"))} on training samples; ${tests} samples ` +
      `drawn at random: V ${formatMean(redrawn)}`,
    now: `macro F1 ${fixed(f1("test"))} on test samples: V ${
      fixed(kept.vMeasure)
    }`,
    meaning: `${
      (100 * mean(trained)).toFixed(0)
    } % of samples drawn at random were used for training or validation: results on them do not hold for new samples.`,
  }];
}

/** The rows of `shap_values.npy` in each half of the groups. */
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
  const explained = await runReader(run.folder).read(explanations);
  const { data: scores } = await readNpy(`${run.folder}/${shapValues.file}`);
  const rowOf = new Map(dataset.sampleIds.map((id, row) => [id, row]));
  const rows = explained.map(({ sample_id }) => rowOf.get(sample_id)!);
  const grouped = rows.every((row) => dataset.groups[row] !== "");
  const groups = rows.map((row) =>
    grouped ? dataset.groups[row] : dataset.sampleIds[row]
  );
  const chooseOn = (half: readonly number[]) => {
    const own = new Set(half);
    const ranked = rankGenes(
      scores,
      explained.map(({ tissue, predicted }, row) =>
        own.has(row) && tissue === predicted ? tissue : null
      ),
      dataset.tissueNames,
      dataset.genes,
    );
    const union = mergeRankings(ranked);
    return [
      selectGenes(union, { rule: "unique", share: UNIQUE_SHARE }, null),
      selectGenes(union, { rule: "top", ranks: TOP_RANKS }, null),
    ].map(({ chosen }) => Uint32Array.from(chosen, ({ gene }) => gene).sort());
  };
  // Rule x space x halving and half: V with the half's own ranks minus V with
  // those of the other half.
  const gains = [0, 1].map(() => spaces.map((): number[] => []));
  const same = [0, 1].map(() => spaces.map((): number[] => []));
  const other = [0, 1].map(() => spaces.map((): number[] => []));
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
        spaces,
        setup,
      );
      for (const rule of [0, 1]) {
        spaces.forEach((_, space) => {
          const own = scored[2 * rule][space].vMeasure;
          const others = scored[2 * rule + 1][space].vMeasure;
          same[rule][space].push(own);
          other[rule][space].push(others);
          gains[rule][space].push(own - others);
        });
      }
    }
  }
  const rules = ["the default cutoff", `${TOP_RANKS} ranks per tissue`];
  return rules.map((rule, index): Effect => {
    const list = (values: number[][][]) =>
      spaces.map(({ name }, space) =>
        `${name} ${fixed(mean(values[index][space]))}`
      )
        .join(", ");
    return {
      id: index === 0 ? "double_use" : "double_use/top",
      old: `${rule}, ranked and clustered on one half: V ${list(same)}`,
      now: `ranked on the other half: V ${list(other)}`,
      meaning: `Ranking on the clustered samples raises V by ${
        spaces.map(({ name }, space) => {
          const means = pairMeans(gains[index][space]);
          return `${fixed(mean(means))} (sd ${
            fixed(sampleSd(means))
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
    (_, pair) => (values[2 * pair] + values[2 * pair + 1]) / 2,
  );
}
