/** The simple classifiers side by side, and after an interruption. */

import assert from "node:assert/strict";
import { silentProgress } from "../../lib/cli/progress.ts";
import { predictByRivals } from "../../lib/cnn/rival_predictions.ts";
import { trainRivals } from "../../lib/cnn/rival_worker.ts";
import { rivalWorkers } from "../../lib/cnn/rival_workers.ts";
import { nearestCentroid } from "../../lib/ml/baselines.ts";
import { type Fold, type Split, takeRows } from "../../lib/prepare/dataset.ts";
import { openStream } from "../../lib/random.ts";
import { readCached, writeCached } from "../../lib/store/cached_tasks.ts";
import { inputOf } from "../rankings/made_dataset.ts";
import { MemoryCheckpoints } from "../store/memory_checkpoints.ts";

const FOLDS = 3;

/** Three tissues that overlap; each sample is tested once, the last never. */
function madeDataset() {
  const values = openStream(1, "values");
  const tissue = Array.from({ length: 31 }, (_, row) => row % 3);
  const { dataset } = inputOf(
    tissue.map((own) =>
      Array.from(
        { length: 8 },
        (_, gene) => values.uniform() + (gene === own ? 0.5 : 0),
      )
    ),
    tissue,
  );
  const folds = Array.from({ length: FOLDS }, (_, k): Fold => ({
    fold: k + 1,
    split: tissue.map((_, row): Split =>
      row % 10 % FOLDS === k && row < 30
        ? "test"
        // The first fold's penalty is chosen by an inner cross-validation.
        : k > 0 && row % 5 === 0
        ? "validation"
        : "train"
    ),
  }));
  return { ...dataset, folds };
}

function context(threads: number) {
  return {
    progress: silentProgress,
    stream: (name: string) => openStream(42, `cnn/${name}`),
    settings: { seed: 42, backend: "wasm" as const, threads },
  };
}

Deno.test("rivals predict the same by any number of threads", async () => {
  const dataset = madeDataset();
  const wanted = predictByRivals(
    dataset,
    openStream(42, "cnn/classifiers/inner_folds"),
  );
  assert.equal(wanted.rows.length, 30);
  for (const { split } of dataset.folds) {
    const of = (part: Split) =>
      [...split.keys()].filter((row) => split[row] === part);
    const [train, test] = [of("train"), of("test")];
    const alone = nearestCentroid(
      takeRows(dataset, train),
      train.map((row) => dataset.classOf[row]),
      takeRows(dataset, test),
      dataset.genes.length,
    );
    assert.deepEqual(
      test.map((row) =>
        wanted.predicted.nearest_centroid[wanted.rows.indexOf(row)]
      ),
      [...alone],
    );
  }
  assert.deepEqual(
    wanted.penalties.ridge.map(({ fold, chosen_by }) => [fold, chosen_by]),
    [
      [1, "cross-validation"],
      [2, "validation samples"],
      [3, "validation samples"],
    ],
  );
  for (const threads of [1, 2]) {
    const checkpoints = new MemoryCheckpoints();
    assert.deepEqual(
      await trainRivals(context(threads), dataset, checkpoints),
      wanted,
    );
  }
});

Deno.test("as many folds at a time as fit into memory", () => {
  const size = { samples: 200, genes: 2000, folds: 5, threads: 16 };
  assert.equal(rivalWorkers(size), 5);
  assert.equal(rivalWorkers({ ...size, threads: 3 }), 3);
  assert.equal(rivalWorkers({ ...size, samples: 3000, genes: 40_000 }), 2);
  assert.equal(rivalWorkers({ ...size, samples: 20_000 }), 1);
});

Deno.test("folds that an interrupted command has judged are not judged again", async () => {
  const dataset = madeDataset();
  const checkpoints = new MemoryCheckpoints();
  const wanted = await trainRivals(context(1), dataset, checkpoints);
  // Were a fold judged again, it would know nothing.
  const blank = { ...dataset, values: dataset.values.map(() => 0) };
  assert.deepEqual(
    await trainRivals(context(1), blank, checkpoints),
    wanted,
  );
  // What is missing is done, and stands in its own fold.
  const results = readCached<unknown[]>(checkpoints, "rivals-0")!.value;
  const second = new MemoryCheckpoints();
  writeCached(second, "rivals-0", results.slice(1, 2));
  assert.deepEqual(await trainRivals(context(1), dataset, second), wanted);
  assert.notDeepEqual(
    await trainRivals(context(1), blank, new MemoryCheckpoints()),
    wanted,
  );
});
