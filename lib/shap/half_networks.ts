/** Networks that are trained on halves of the samples, and the genes they rank. */

import { join } from "node:path";
import { readTraining, retrain } from "../cnn/retrain.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import { drawHalf } from "../prepare/split/half_samples.ts";
import { splitSamples } from "../prepare/split/split.ts";
import { contrastRows } from "../prepare/tissue_contrasts.ts";
import { deriveSeed, RandomStream } from "../random.ts";
import type { HalfLists } from "../selection/half_frequencies.ts";
import { listDecoys } from "../selection/half_frequencies.ts";
import { readCached, writeCached } from "../store/cached_tasks.ts";
import { checkpointsOfPart } from "../store/checkpoint_store.ts";
import type { ExplainTools } from "./explain_part.ts";
import { explainFold } from "./explain_fold.ts";
import type { ShapContext } from "./inputs.ts";
import { enoughSamples, listPart } from "./part_lists.ts";

/**
 * The stream of a half, from 1: that of the stage `genesets`, so that the
 * simple rankings are made from the same halves.
 */
export function halfStream(master: number, half: number): RandomStream {
  return new RandomStream(deriveSeed(master, `genesets/halves/${half}`));
}

/** Each half as a fold: its samples train or validate, all others stand aside. */
export function halvesAsFolds(
  dataset: Dataset,
  { halves, validationFraction, seed, seedOf }: {
    readonly halves: number;
    readonly validationFraction: number;
    /** Master seed. */
    readonly seed: number;
    readonly seedOf: (stream: string) => number;
  },
): Dataset {
  const { sampleIds, tissues, groups } = dataset;
  const rows = contrastRows(dataset);
  const folds = Array.from({ length: halves }, (_, index) => {
    const half = index + 1;
    const drawn = new Set(drawHalf(dataset, rows, halfStream(seed, half)));
    return {
      fold: half,
      split: splitSamples({
        sampleIds,
        tissues,
        // A sample without a group is one by itself.
        groups: groups.map((group, row) => group || `\0${sampleIds[row]}`),
        tested: sampleIds.map((_, row) => !drawn.has(row)),
        validationFraction,
        seed: seedOf(`halves/${half}/validation`),
      }).split,
    };
  });
  return { ...dataset, split: sampleIds.map(() => "test"), folds };
}

/**
 * Trains one network on each half of the training samples (of all samples,
 * where the run has folds), explains samples of the half by it, and ranks the
 * genes as the stage ranks them.
 *
 * @returns By half, in their order; empty if none is asked for.
 * @throws {RunError} If a network's loss is no longer finite.
 */
export async function rankOnHalves(
  context: ShapContext,
  { dataset, matrix, backend, checkpoints }: Pick<
    ExplainTools,
    "dataset" | "matrix" | "backend" | "checkpoints"
  >,
): Promise<HalfLists[]> {
  const { parameters, settings, seedOf } = context;
  const { halves } = parameters;
  if (halves === 0) return [];
  const like = await readTraining(context);
  const prepared = await context.parametersOf("prepare");
  const folds = halvesAsFolds(dataset, {
    halves,
    validationFraction: prepared["validation-fraction"] as number,
    seed: settings.seed,
    seedOf,
  });
  const progress: StageContext["progress"] = (title, total, unit) =>
    context.progress(`halves: ${title}`, total, unit);
  const folder = join(context.folder, "networks");
  try {
    const { files, warnings } = await retrain({ settings, progress }, {
      dataset: folds,
      matrix,
      backend,
      like,
      members: 1,
      folder,
      checkpoints: checkpointsOfPart(checkpoints, "halves", halves),
      seedOf: (stream) => seedOf(`halves/${stream}`),
    });
    warnings.forEach((message) => context.warn(message));
    const lists: HalfLists[] = [];
    for (const fold of folds.folds) {
      const streamOf = (name: string) => `halves/${fold.fold}/${name}`;
      // Asked for whatever is kept, so that the same seeds are recorded.
      const seed = seedOf(streamOf("draws"));
      const name = `half-lists-${fold.fold}`;
      const kept = readCached<HalfLists>(checkpoints, name);
      const part = kept?.value ?? await rankHalf(
        {
          parameters,
          settings: { ...settings, seed },
          seedOf: (name) => deriveSeed(seed, name),
          stream: (name) => new RandomStream(deriveSeed(seed, name)),
          progress: (title, total, unit) =>
            context.progress(
              `half ${fold.fold} of ${halves}: ${title}`,
              total,
              unit,
            ),
        },
        {
          dataset: { ...folds, folds: [fold] },
          matrix,
          backend,
          networks: files.filter((file) => file.fold === fold.fold),
          checkpoints: checkpointsOfPart(checkpoints, "half", fold.fold),
        },
      );
      if (kept === undefined) writeCached(checkpoints, name, part);
      lists.push(part);
    }
    return lists;
  } finally {
    // They are not results, and would fill the run's folder.
    await Deno.remove(folder, { recursive: true }).catch(() => {});
  }
}

async function rankHalf(
  context: Parameters<typeof explainFold>[0],
  tools: Omit<ExplainTools, "candidates" | "baseValues">,
): Promise<HalfLists> {
  const { direction, "min-samples": minSamples } = context.parameters;
  const scores = await explainFold(context, { ...tools, direction });
  if (scores === null) return [];
  const { dataset } = tools;
  const { ranked } = listPart(scores, dataset, minSamples, {
    rule: "top",
    ranks: 1,
  });
  return listDecoys(ranked, {
    ...scores,
    tissueOf: enoughSamples(scores.tissueOf, minSamples),
  }, dataset.tissueNames);
}
