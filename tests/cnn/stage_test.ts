import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import { disposeFrozen, freeze } from "../../lib/cnn/inference_pass.ts";
import { readModel } from "../../lib/cnn/keras_model.ts";
import { buildNetwork, disposeNetwork } from "../../lib/cnn/network.ts";
import { type NetworkFile, readNetworks } from "../../lib/cnn/ensemble.ts";
import { predictLogits } from "../../lib/cnn/predict.ts";
import { largestOfRow, softmax } from "../../lib/cnn/softmax.ts";
import { holm } from "../../lib/statistics/adjust_p.ts";
import { exactMcNemar } from "../../lib/statistics/binomial.ts";
import { readNpy } from "../../lib/store/npy.ts";
import { StudyFolder, TISSUES } from "./run_folder.ts";

Deno.test("the stage writes its files, and they agree with each other", async () => {
  await using study = await StudyFolder.make();
  await openBackend("wasm");
  const before = tf.memory().numTensors;
  const { verdict } = await study.train();
  assert.equal(tf.memory().numTensors, before, "the stage leaks tensors");
  assert.deepEqual([...(await study.files("cnn")).keys()], [
    "classifiers.csv",
    "confusion_matrix.svg",
    "history.csv",
    "learning_curves.svg",
    "metrics.json",
    "model.json",
    "networks.csv",
    "predictions.csv",
    "tissue_f1.svg",
    "weights.bin",
  ]);
  assert.deepEqual(study.warnings, []);

  assert.equal(
    await study.header("cnn/history.csv"),
    "epoch,learning_rate,loss,accuracy,val_loss,val_accuracy",
  );
  const history = await study.table("cnn/history.csv");
  assert.deepEqual(
    history.map(({ epoch }) => Number(epoch)),
    Array.from({ length: 12 }, (_, index) => index + 1),
  );
  // 24 training samples are 3 batches of 8; the last of 36 updates is no. 35.
  assert.equal(Number(history[11].learning_rate), 1e-3 / (1 + 0.01 * 35));
  assert.ok(Number(history[11].loss) < Number(history[0].loss) / 2);

  assert.equal(
    await study.header("cnn/predictions.csv"),
    "sample_id,split,tissue,predicted,probability",
  );
  const predictions = await study.table("cnn/predictions.csv");
  const samples = await study.table("prepare/samples.csv");
  assert.deepEqual(
    predictions.map((row) => [row.sample_id, row.split, row.tissue]),
    samples.map((row) => [row.sample_id, row.split, row.tissue]),
  );

  const metrics = await study.json("cnn/metrics.json");
  const tested = predictions.filter(({ split }) => split === "test");
  const right = tested.filter((row) => row.tissue === row.predicted).length;
  assert.equal(metrics.test_samples, 9);
  assert.equal(metrics.accuracy, right / 9);
  assert.ok(right >= 8, `${right} of 9 test samples right`);
  assert.deepEqual(metrics.confusion.tissues, TISSUES);
  metrics.confusion.counts.forEach((counts: number[], truth: number) =>
    counts.forEach((count, as) =>
      assert.equal(
        count,
        tested.filter((row) =>
          row.tissue === TISSUES[truth] && row.predicted === TISSUES[as]
        ).length,
      )
    )
  );
  assert.deepEqual(
    metrics.tissues.map((row: { support: number }) => row.support),
    [3, 3, 3],
  );
  assert.equal(metrics.baselines.nearest_centroid.accuracy, 1);
  assert.equal(metrics.baselines.ridge.accuracy, 1);
  assert.equal(metrics.baselines.logistic_regression.accuracy, 1);
  assert.deepEqual(metrics.baselines.nearest_centroid.penalties, []);
  assert.equal(metrics.updates, 36);
  assert.equal(metrics.kept_epoch, 12);
  assert.match(
    verdict,
    new RegExp(`^macro F1 on test ${metrics.macro_f1.toFixed(3)} `),
  );

  // The saved model says what the stage said.
  const { architecture, weights, metadata } = await readModel(
    `${study.path}/cnn/model.json`,
    `${study.path}/cnn/weights.bin`,
  );
  assert.deepEqual(metadata.tissues, TISSUES);
  const { data } = await readNpy(`${study.path}/prepare/expression.npy`);
  const network = buildNetwork(architecture, weights);
  const frozen = freeze(network);
  const logits = await predictLogits(frozen, data, samples.length, 7);
  const probabilities = softmax(logits, 3);
  largestOfRow(logits, 3).forEach((predicted, row) => {
    assert.equal(predictions[row].predicted, TISSUES[predicted]);
    const probability = probabilities[3 * row + predicted];
    assert.ok(
      Math.abs(Number(predictions[row].probability) - probability) < 1e-6,
    );
  });
  disposeFrozen(frozen);
  disposeNetwork(network);
});

Deno.test("the stage writes the same bytes again", async () => {
  await using study = await StudyFolder.make();
  await study.train({ epochs: 2 }, "first");
  await study.train({ epochs: 2 }, "second");
  assert.deepEqual(await study.files("second"), await study.files("first"));
});

Deno.test("keep=best keeps the epoch of the lowest validation loss", async () => {
  // What is learned here is wrong there, so that the loss there must rise.
  await using study = await StudyFolder.make({
    disguised: TISSUES,
    disguisedIn: "validation",
  });
  await study.train({ epochs: 4, keep: "best" });
  const losses = (await study.table("cnn/history.csv")).map(({ val_loss }) =>
    Number(val_loss)
  );
  const best = losses.indexOf(Math.min(...losses)) + 1;
  assert.ok(best < 4, "the last epoch was the best: the test shows nothing");
  assert.equal((await study.json("cnn/metrics.json")).kept_epoch, best);

  await study.train({ epochs: best }, "until_best");
  for (const file of ["weights.bin", "predictions.csv"]) {
    assert.deepEqual(
      await Deno.readFile(`${study.path}/cnn/${file}`),
      await Deno.readFile(`${study.path}/until_best/${file}`),
    );
  }
  assert.deepEqual(study.warnings, []);
});

Deno.test("without validation samples keep=best warns and keeps the last", async () => {
  await using study = await StudyFolder.make({ without: ["validation"] });
  await study.train({ keep: "best", epochs: 2 });
  assert.match(study.warnings.join("\n"), /^The last epoch's network was kept/);
  assert.equal((await study.json("cnn/metrics.json")).kept_epoch, 2);
  const [first] = await study.table("cnn/history.csv");
  assert.equal(first.val_loss, "");
});

Deno.test("batch-norm=moving warns after few updates, and predicts otherwise", async () => {
  await using study = await StudyFolder.make();
  await study.train({ epochs: 2 }, "recomputed");
  assert.deepEqual(study.warnings, []);
  await study.train({ epochs: 2, "batch-norm": "moving" });
  assert.match(study.warnings.join("\n"), /^The network was updated 6 times/);
  const [moving, recomputed] = await Promise.all(
    ["cnn", "recomputed"].map((folder) =>
      study.table(`${folder}/predictions.csv`)
    ),
  );
  assert.notDeepEqual(moving, recomputed);
  const metrics = await study.json("cnn/metrics.json");
  assert.equal(metrics.batch_norm_statistics, "moving");
});

Deno.test("without test samples nothing is scored, and the stage says so", async () => {
  await using study = await StudyFolder.make({ without: ["test"] });
  const { verdict } = await study.train({ epochs: 1 });
  assert.equal(verdict, "trained; there is no test sample");
  assert.match(study.warnings.join("\n"), /^There is no test sample/);
  const metrics = await study.json("cnn/metrics.json");
  assert.equal(metrics.test_samples, 0);
  assert.equal(metrics.macro_f1, null);
});

Deno.test("an ensemble predicts by its mean, and its first member is as if alone", async () => {
  await using study = await StudyFolder.make();
  await study.train({ epochs: 3 }, "alone");
  const { verdict } = await study.train({ epochs: 3, ensemble: 2 });
  assert.match(verdict, /; 2 networks trained$/);
  const rows = await study.table("cnn/networks.csv");
  assert.deepEqual(
    rows.map(({ fold, member, model }) => [fold, member, model]),
    [["1", "1", "model.json"], ["1", "2", "model_fold1_member2.json"]],
  );
  for (const file of ["weights.bin", "history.csv", "model.json"]) {
    assert.deepEqual(
      await Deno.readFile(`${study.path}/cnn/${file}`),
      await Deno.readFile(`${study.path}/alone/${file}`),
    );
  }
  const networks = await readNetworks(await study.context("shap", {}));
  const all = await probabilitiesOf(study, networks);
  const predictions = await study.table("cnn/predictions.csv");
  predictions.forEach((row, sample) => {
    const means = TISSUES.map((_, c) =>
      (all[0][3 * sample + c] + all[1][3 * sample + c]) / 2
    );
    const best = means.indexOf(Math.max(...means));
    assert.equal(row.predicted, TISSUES[best]);
    assert.ok(Math.abs(Number(row.probability) - means[best]) < 1e-12);
  });
  assert.notDeepEqual(all[0], all[1]);
});

Deno.test("in folds each sample is predicted by the network that tests it", async () => {
  await using study = await StudyFolder.make({ folds: 2 });
  await study.train({ epochs: 3 });
  const networks = await readNetworks(await study.context("shap", {}));
  assert.deepEqual(networks.map(({ fold }) => fold), [1, 2]);
  const all = await probabilitiesOf(study, networks);
  const samples = await study.table("prepare/samples.csv");
  const predictions = await study.table("cnn/predictions.csv");
  predictions.forEach((row, sample) => {
    const own = all[Number(samples[sample].fold) - 1]
      .slice(3 * sample, 3 * sample + 3);
    assert.ok(Math.abs(Number(row.probability) - Math.max(...own)) < 1e-12);
  });
  const metrics = await study.json("cnn/metrics.json");
  assert.equal(metrics.test_samples, samples.length);
  assert.equal(metrics.folds, 2);
  const right = predictions.filter((row) => row.tissue === row.predicted);
  assert.equal(metrics.accuracy, right.length / samples.length);
});

Deno.test("the simple classifiers' predictions, scores and tests go together", async () => {
  for (const folds of [1, 2]) {
    await using study = await StudyFolder.make({
      folds,
      disguised: [TISSUES[1]],
    });
    await study.train({ epochs: 2 });
    const rows = await study.table("cnn/classifiers.csv");
    const predictions = await study.table("cnn/predictions.csv");
    const tested = predictions.filter(({ split }) => split === "test");
    assert.deepEqual(
      rows.map(({ sample_id, network }) => `${sample_id} ${network}`),
      tested.map((row) => `${row.sample_id} ${row.predicted}`).sort(),
    );
    const metrics = await study.json("cnn/metrics.json");
    const tests = Object.entries<Record<string, unknown>>(metrics.baselines)
      .map(([name, found]) => {
        const [b, c] = [true, false].map((own) =>
          rows.filter((row) =>
            (row.network === row.tissue) === own &&
            (row[name] === row.tissue) === !own
          ).length
        );
        assert.deepEqual([found.only_network_right, found.only_rival_right], [
          b,
          c,
        ]);
        assert.equal(found.p, exactMcNemar(b, c));
        const right = rows.filter((row) => row[name] === row.tissue).length;
        assert.equal(found.accuracy, right / rows.length);
        const { difference } = found.f1_difference as Record<string, number>;
        assert.ok(
          Math.abs(
            metrics.macro_f1 - (found.macro_f1 as number) - difference,
          ) < 1e-12,
        );
        return found;
      });
    assert.equal(tests.length, 4);
    assert.deepEqual(
      tests.map(({ adjusted_p }) => adjusted_p),
      [...holm(tests.map(({ p }) => p as number))],
    );
    const { penalties } = metrics.baselines.logistic_regression;
    assert.deepEqual(
      penalties.map((row: Record<string, unknown>) => [
        row.fold,
        row.chosen_by,
      ]),
      folds === 1
        ? [[1, "validation samples"]]
        // These folds have no validation sample.
        : [[1, "cross-validation"], [2, "cross-validation"]],
    );
  }
});

Deno.test("the order of the file's samples does not change the network", async () => {
  await using study = await StudyFolder.make();
  await study.train({ epochs: 2 }, "first");
  await study.reverseSamples();
  await study.train({ epochs: 2 });
  const files = [
    "weights.bin",
    "history.csv",
    "metrics.json",
    "classifiers.csv",
  ];
  for (const file of files) {
    assert.deepEqual(
      await Deno.readFile(`${study.path}/cnn/${file}`),
      await Deno.readFile(`${study.path}/first/${file}`),
      file,
    );
  }
});

/** Every network's samples x 3 probabilities of all samples. */
async function probabilitiesOf(
  study: StudyFolder,
  networks: readonly NetworkFile[],
): Promise<Float64Array[]> {
  const { data, shape } = await readNpy(`${study.path}/prepare/expression.npy`);
  const all: Float64Array[] = [];
  for (const { modelPath, weightsPath } of networks) {
    const { architecture, weights } = await readModel(modelPath, weightsPath);
    const network = buildNetwork(architecture, weights);
    const frozen = freeze(network);
    all.push(softmax(await predictLogits(frozen, data, shape[0], 64), 3));
    disposeFrozen(frozen);
    disposeNetwork(network);
  }
  return all;
}
