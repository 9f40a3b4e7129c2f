/** The stage `splits`: how much scores owe to one random split. */

import { openBackend } from "../backend/open.ts";
import { noteSpeed } from "../backend/speed_note.ts";
import { fixed } from "../cli/numbers.ts";
import { formatTime } from "../cli/progress_line.ts";
import type { Values } from "../cli/parameters.ts";
import { readTraining } from "../cnn/retrain.ts";
import { readSizes } from "../panels/parameters.ts";
import { SHAP, WHOLE_SET } from "../panels/ranked_lists.ts";
import { defineStage, type StageContext } from "../pipeline/stage.ts";
import { readDataset } from "../prepare/dataset.ts";
import { readImageMatrix } from "../prepare/image_matrix.ts";
import { rankingMethods } from "../rankings/methods.ts";
import type { RankingMethod } from "../rankings/ranking_method.ts";
import type { shapParameters } from "../shap/parameters.ts";
import { readCached, writeCached } from "../store/cached_tasks.ts";
import { shareFloats } from "../workers/pool.ts";
import { splitsDeclaration } from "./declaration.ts";
import type { SplitFractions } from "./draw_split.ts";
import {
  measureSplit,
  type SplitInputs,
  type SplitResult,
} from "./measure_split.ts";
import * as files from "./outputs.ts";
import type { splitsParameters } from "./parameters.ts";
import { summarizeSplits } from "./summarize.ts";

type Context = StageContext<Values<typeof splitsParameters>>;

/** @param methods The simple rankings. */
export function makeSplitsStage(methods: readonly RankingMethod[]) {
  return defineStage({
    ...splitsDeclaration,
    async run(context: Context) {
      const { splits } = context.parameters;
      if (splits === 1) {
        await context.write(files.summary, { splits, repeated: null });
        return { verdict: "The split is not repeated (--splits)" };
      }
      const inputs = await loadInputs(context, methods);
      const results = await measureSplits(context, inputs);
      new Set(results.flatMap(({ warnings }) => warnings))
        .forEach((message) => context.warn(message));
      await context.write(
        files.f1,
        results.flatMap(({ classifiers }) => classifiers),
      );
      await context.write(
        files.splitPanels,
        results.flatMap(({ panels }) => panels),
      );
      const repeated = summarizeSplits({
        dataset: inputs.dataset,
        results,
        ensemble: inputs.like.members,
        rankings: [
          { ranking: SHAP, title: "SHAP" },
          ...methods.map(({ name, title }) => ({ ranking: name, title })),
        ],
        sizes: [...inputs.sizes, WHOLE_SET],
      });
      if (repeated.classifiers.length === 0) {
        context.warn("Nothing is tested: some split has no test sample.");
      }
      await context.write(files.summary, { splits, repeated });
      await context.draw(files.splitCurves, { splits, repeated });
      return {
        verdict: describe(splits, repeated),
        backend: inputs.backend.description,
      };
    },
  });
}

export const splitsStage = makeSplitsStage(rankingMethods);

async function loadInputs(
  context: Context,
  methods: readonly RankingMethod[],
): Promise<SplitInputs> {
  const dataset = await readDataset(context);
  const matrix = await readImageMatrix(context, dataset);
  const like = await readTraining(context);
  const fractions = await context.parametersOf("prepare");
  const shap = await context.parametersOf("shap");
  const { sizes, repeats } = await context.parametersOf("panels");
  const backend = await openBackend(context.settings.backend, "splits");
  noteSpeed(backend, context.say);
  return {
    dataset,
    matrix,
    values: shareFloats(dataset.values),
    backend,
    like,
    fractions: fractions as unknown as SplitFractions,
    shap: shap as Values<typeof shapParameters>,
    methods,
    sizes: readSizes(sizes as readonly string[]),
    repeats: repeats as number,
    splits: context.parameters.splits,
    checkpoints: await context.checkpoints(backend.description),
  };
}

/** Measures split after split; those of an interrupted command are kept. */
async function measureSplits(
  context: Context,
  inputs: SplitInputs,
): Promise<SplitResult[]> {
  const { splits, checkpoints } = inputs;
  const results: SplitResult[] = [];
  let seconds = 0;
  let measured = 0;
  for (let split = 1; split <= splits; split++) {
    const name = `finished-${split}`;
    const kept = readCached<SplitResult>(checkpoints, name);
    if (kept !== undefined) {
      recordSeeds(context, kept.value, split);
      results.push(kept.value);
      continue;
    }
    const start = performance.now();
    const result = await measureSplit(context, inputs, split);
    writeCached(checkpoints, name, result);
    results.push(result);
    seconds += (performance.now() - start) / 1000;
    measured++;
    const [first] = result.classifiers;
    const left = splits - split;
    context.say(
      `split ${split} of ${splits}: macro F1 ${
        fixed(first?.macro_f1 ?? null)
      }` + (left === 0
        ? ""
        : `, about ${formatTime(Math.max(1, left * seconds / measured))} left`),
    );
  }
  return results;
}

/** A resumed stage must record the same seeds as one that was not stopped. */
function recordSeeds(
  context: Pick<Context, "seedOf">,
  { seeds }: SplitResult,
  split: number,
): void {
  for (const name of seeds) context.seedOf(`${split}/${name}`);
}

/** The stage's result in words. */
function describe(splits: number, repeated: files.RepeatedSplits): string {
  const text = repeated.classifiers.map(({ classifier, mean, low, high }) =>
    `${classifier.replaceAll("_", " ")} ${fixed(mean)} (${fixed(low)} to ${
      fixed(high)
    })`
  );
  return text.length === 0
    ? `${splits} splits, nothing tested`
    : `Macro F1 over ${splits} splits: ${text.join(", ")}`;
}
