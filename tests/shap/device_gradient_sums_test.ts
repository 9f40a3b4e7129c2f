import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import { disposeFrozen, freeze } from "../../lib/cnn/inference_pass.ts";
import { disposeNetwork } from "../../lib/cnn/network.ts";
import {
  BackgroundControl,
  columnMeans,
} from "../../lib/shap/background_control.ts";
import { sumOnDevice } from "../../lib/shap/device_gradient_sums.ts";
import { outputGradientTensor } from "../../lib/shap/device_output_gradient.ts";
import { blockGradientSums } from "../../lib/shap/expected_gradients.ts";
import {
  explainedOutputs,
  outputGradient,
} from "../../lib/shap/explained_output.ts";
import { assertClose, testOnEachBackend } from "../backend/support.ts";
import {
  architecture,
  drawnSamples,
  relativeDifference,
  smallNetwork,
} from "../cnn/small_network.ts";
import { RandomStream } from "../../lib/random.ts";
import { makeDraws } from "./made_draws.ts";

const { genes } = architecture;
const { expression: background, classes } = drawnSamples(12, 8);
const sample = drawnSamples(1, 9).expression;
const means = columnMeans(background, classes.length);
const [BLOCKS, BATCH] = [3, 4];
const draws = makeDraws(4, { classes }, 18, BLOCKS, {
  alphas: "stratified",
  backgrounds: "balanced",
}).map((draw, index) => ({ ...draw, weight: 0.5 + index % 3 }));

testOnEachBackend(
  "columns on other pixels have the sums of a moved matrix",
  async () => {
    const pixelOf = new RandomStream(6).shuffle(
      Uint32Array.from({ length: genes }, (_, column) => column),
    );
    const moved = (rows: Float32Array) =>
      rows.map((_, at) => {
        const start = at - at % genes;
        return rows[start + pixelOf.indexOf(at - start)];
      });
    const sumsOf = async (
      own: typeof architecture,
      x: Float32Array,
      rows: Float32Array,
    ) => {
      const network = smallNetwork(1, own);
      const frozen = freeze(network);
      const sums = await blockGradientSums(
        frozen,
        x,
        2,
        rows,
        draws,
        BLOCKS,
        BATCH,
        "centered-logit",
        columnMeans(rows, classes.length),
      );
      disposeFrozen(frozen);
      disposeNetwork(network);
      return sums;
    };
    const own = await sumsOf(
      { ...architecture, pixelOf },
      sample,
      background,
    );
    const file = await sumsOf(architecture, moved(sample), moved(background));
    assert.ok(own.some((sum) => sum !== 0));
    own.forEach((sum, at) => {
      const column = at % genes;
      assert.equal(sum, file[at - column + pixelOf[column]]);
    });
  },
);

for (const output of explainedOutputs) {
  testOnEachBackend(
    `the slope of the ${output} is that in float64`,
    async () => {
      // The last row's class is certain.
      const logits = [1, -2, 0.5, 0, 0, 0, 3, 1, -40, -60, 40, -50];
      const x = tf.tensor2d(logits, [4, 3]);
      const slope = outputGradientTensor(x, 1, output);
      assertClose(
        await slope.data(),
        outputGradient(logits, 3, 1, output),
        1e-6,
        "slope",
      );
      tf.dispose([x, slope]);
    },
  );

  testOnEachBackend(
    `sums of the ${output}'s gradients are those in float64`,
    async (backend) => {
      const explained = async (
        explain: (frozen: ReturnType<typeof freeze>) => Promise<Float64Array>,
      ) => {
        const network = smallNetwork();
        const frozen = freeze(network);
        const sums = await explain(frozen);
        disposeFrozen(frozen);
        disposeNetwork(network);
        return sums;
      };
      const own = await explained(async (frozen) => {
        const device = await sumOnDevice({
          frozen,
          sample,
          explainedClass: 2,
          background,
          draws,
          blocks: BLOCKS,
          batch: BATCH,
          output,
        });
        const sums = Float64Array.from(device.scores);
        const control = new BackgroundControl(BLOCKS, genes);
        for (let block = 0; block < BLOCKS; block++) {
          const [b, slopes] = [device.backgrounds, device.slopes]
            .map((all) => all.subarray(block * genes, (block + 1) * genes));
          control.add(block, b, slopes, 1);
        }
        control.correct(sums, means, draws.length);
        return sums;
      });
      const explain = (frozen: ReturnType<typeof freeze>) =>
        blockGradientSums(
          frozen,
          sample,
          2,
          background,
          draws,
          BLOCKS,
          BATCH,
          output,
          means,
        );
      const here = await explained(explain);
      await openBackend("wasm");
      const expected = await explained(explain);
      await openBackend(backend.name);
      // Sums of a few float32 numbers of 7 digits.
      assert.ok(relativeDifference(own, expected) < 1e-5);
      assert.ok(relativeDifference(here, expected) < 1e-5);
    },
  );
}
