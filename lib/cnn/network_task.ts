/** What each network is trained on, with which seeds, and what it predicts. */

import type { StageContext } from "../pipeline/stage.ts";
import { type Dataset, type Fold, rowsById } from "../prepare/dataset.ts";
import type { ImageMatrix } from "../prepare/image_matrix.ts";
import { RandomStream } from "../random.ts";
import { type EnsembleMember, networkStream } from "./ensemble.ts";
import type { CnnValues } from "./parameters.ts";
import type { MemberTask } from "./train_member.ts";

/** What a network's training depends on, its seeds among it. */
export function planTask(
  context: Pick<StageContext<CnnValues>, "parameters" | "seedOf">,
  member: EnsembleMember,
  { dataset, matrix }: {
    readonly dataset: Dataset;
    readonly matrix: ImageMatrix;
  },
): MemberTask {
  const fold = dataset.folds[member.fold - 1];
  const seedOf = (stream: string) =>
    context.seedOf(networkStream(member, stream));
  return {
    ...member,
    train: rowsById(dataset, fold, "train"),
    validation: rowsById(dataset, fold, "validation"),
    predicted: rowsToPredict(dataset, fold),
    seeds: {
      weights: seedOf("weights"),
      shuffle: seedOf("shuffle"),
      dropout: seedOf("dropout"),
    },
    ...(context.parameters.columns === "member"
      ? {
        pixelOf: new RandomStream(seedOf("columns")).shuffle(
          Uint32Array.from({ length: matrix.columns }, (_, c) => c),
        ),
      }
      : {}),
  };
}

/**
 * The samples that a fold's networks predict: all, where there is one fold;
 * else those that it tests. The first predicts those never tested, too.
 */
function rowsToPredict(dataset: Dataset, fold: Fold): Int32Array {
  return Int32Array.from(dataset.sampleIds.keys()).filter((row) =>
    dataset.folds.length === 1 || fold.split[row] === "test" ||
    (fold.fold === 1 && dataset.split[row] !== "test")
  );
}
