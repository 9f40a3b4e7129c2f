/** The bench of the convolution: its layers, orders of genes, and page. */

import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import type { Cell } from "../../bench/ablation/cell.ts";
import { coexpressionPixels } from "../../bench/ablation/coexpression.ts";
import { formatPage, mcNemar, sharedGenes } from "../../bench/ablation/page.ts";
import { pointwiseBlock } from "../../bench/ablation/pointwise_block.ts";
import { standardizeMatrix } from "../../bench/ablation/study.ts";
import { architectureOf, variants } from "../../bench/ablation/variants.ts";
import { openBackend } from "../../lib/backend/open.ts";
import { connectLayers, countWeights } from "../../lib/cnn/architecture.ts";
import {
  disposeFrozen,
  forwardInInference,
  freeze,
  imageGradient,
} from "../../lib/cnn/inference_pass.ts";
import { convBlock } from "../../lib/cnn/layers/conv_block.ts";
import { denseBlock } from "../../lib/cnn/layers/dense_block.ts";
import { flatten } from "../../lib/cnn/layers/flatten.ts";
import type { LayerPlan } from "../../lib/cnn/layers/layer.ts";
import { output } from "../../lib/cnn/layers/output.ts";
import { buildNetwork, disposeNetwork } from "../../lib/cnn/network.ts";
import { forwardInTraining } from "../../lib/cnn/training_pass.ts";
import { imageSide } from "../../lib/prepare/image.ts";
import { RandomStream } from "../../lib/random.ts";
import {
  collectGradients,
  drawnWeights,
  relativeDifference,
} from "../cnn/small_network.ts";

const SIZE = { genes: 25, tissues: 3, blocks: 1, width: 0.125, hidden: 6 };

/** Two blocks, so that gradients of an image with channels are made, too. */
function networkOf(block: (name: string, filters: number) => LayerPlan) {
  return connectLayers(SIZE, [
    block("conv1", 4),
    block("conv2", 3),
    flatten(),
    denseBlock({ name: "hidden", units: 6 }),
    output(),
  ]);
}

Deno.test("a 1 x 1 block is a 3 x 3 block with zeros around its center", async () => {
  await openBackend("wasm");
  const before = tf.memory().numTensors;
  const pointwise = networkOf((name, filters) =>
    pointwiseBlock({ name, filters })
  );
  const square = networkOf((name, filters) => convBlock({ name, filters }));
  const weights = drawnWeights(3, pointwise);
  const padded = weights.map(({ name, shape, values }) => {
    if (shape.length !== 4) return { name, shape, values };
    const wide = new Float32Array(9 * values.length);
    wide.set(values, 4 * values.length);
    return { name, shape: [3, 3, ...shape.slice(2)], values: wide };
  });
  const stream = new RandomStream(4);
  const pixels = Float32Array.from({ length: 100 }, () => 4 * stream.uniform());
  const slopes = Float32Array.from(
    { length: 12 },
    () => stream.uniform() - 0.5,
  );
  const run = async (
    architecture: typeof pointwise,
    values: typeof weights,
  ) => {
    const network = buildNetwork(architecture, values);
    const images = tf.tensor4d(pixels, [4, 5, 5, 1]);
    const logitsGradient = tf.tensor2d(slopes, [4, 3]);
    const pass = forwardInTraining(network, images);
    const logits = await pass.logits.data<"float32">();
    const gradients = new Map<string, Float32Array>();
    const made = collectGradients(network, pass, logitsGradient);
    for (const [name, gradient] of made) {
      gradients.set(name, await gradient.data<"float32">());
      gradient.dispose();
    }
    const frozen = freeze(network);
    const inference = forwardInInference(frozen, images, true);
    const frozenLogits = await inference.logits.data<"float32">();
    const dx = imageGradient(inference, logitsGradient);
    const image = await dx.data<"float32">();
    tf.dispose([images, logitsGradient, dx]);
    disposeFrozen(frozen);
    disposeNetwork(network);
    return { logits, gradients, frozenLogits, image };
  };
  const own = await run(pointwise, weights);
  const wide = await run(square, padded);
  // float32, and Winograd's transforms for the second block's 4 channels.
  const close = (a: Float32Array, b: Float32Array, what: string) =>
    assert.ok(relativeDifference(a, b) < 1e-4, what);
  close(own.logits, wide.logits, "logits");
  close(own.frozenLogits, wide.frozenLogits, "logits in inference");
  close(own.image, wide.image, "image");
  assert.ok(own.image.some((value) => value !== 0));
  assert.equal(own.gradients.size, wide.gradients.size);
  for (const [name, gradient] of own.gradients) {
    const other = wide.gradients.get(name)!;
    const center = gradient.length === other.length
      ? other
      : other.subarray(4 * gradient.length, 5 * gradient.length);
    close(gradient, center, name);
  }
  assert.equal(tf.memory().numTensors, before, "tensors leak");
});

Deno.test("every variant has the layers that its title says", () => {
  const genes = 5000;
  const all = variants(2).filter(({ network }) => network !== "ridge");
  const weights = new Map(all.map((variant) => {
    const size = { ...SIZE, genes, width: 0.25, hidden: 64 };
    const architecture = architectureOf(variant, size);
    assert.equal(architecture.layers.at(-1)!.outputShape[0], 3);
    return [variant.id, countWeights(architecture)];
  }));
  assert.equal(weights.get("shuffled-2"), weights.get("file"));
  // 8 filters of 9 weights against 8 of 1.
  assert.equal(weights.get("file")! - weights.get("pointwise")!, 64);
  const ratio = weights.get("dense")! / weights.get("file")!;
  assert.ok(Math.abs(ratio - 1) < 0.05, `${ratio}`);
  assert.ok(weights.get("pooled")! < weights.get("file")! / 3);
});

Deno.test("genes that are expressed together become neighbors", () => {
  // 16 groups of 25 genes, each with an expression of its own and noise.
  const [samples, groups, each] = [60, 16, 25];
  const genes = groups * each;
  const stream = new RandomStream(5);
  const order = stream.shuffle(
    Uint32Array.from({ length: genes }, (_, g) => g),
  );
  const values = new Float32Array(samples * genes);
  for (let row = 0; row < samples; row++) {
    // Groups lie on a circle: neighbors on it go together.
    const angle = 2 * Math.PI * stream.uniform();
    for (let gene = 0; gene < genes; gene++) {
      const group = order[gene] % groups;
      values[row * genes + gene] =
        Math.cos(angle - 2 * Math.PI * group / groups) + 0.2 * stream.uniform();
    }
  }
  values.forEach((_, at) => {
    if (at % genes === 7) values[at] = 3; // a constant gene has its pixel, too
  });
  const pixelOf = coexpressionPixels(values, samples, new RandomStream(6));
  assert.deepEqual(
    [...pixelOf].sort((a, b) => a - b),
    Array.from({ length: genes }, (_, gene) => gene),
  );
  const side = imageSide(genes);
  const groupAt = new Int32Array(genes);
  pixelOf.forEach((pixel, gene) => groupAt[pixel] = order[gene] % groups);
  const apart = (step: number) => {
    let sum = 0;
    for (let pixel = 0; pixel + step < genes; pixel++) {
      const difference = Math.abs(groupAt[pixel] - groupAt[pixel + step]);
      sum += Math.min(difference, groups - difference);
    }
    return sum / (genes - step);
  };
  // At random a pair is 4 groups apart.
  assert.ok(apart(1) < 2, `right ${apart(1)}`);
  assert.ok(apart(side) < 3, `below ${apart(side)}`);
});

Deno.test("columns are scaled by the training samples alone", () => {
  const matrix = {
    values: Float32Array.of(1, 5, 3, 5, 100, 7),
    columns: 2,
    geneColumns: Uint32Array.of(0, 1),
    decoyColumns: new Uint32Array(),
    decoys: [],
  };
  const { values } = standardizeMatrix(matrix, [0, 1]);
  assert.deepEqual([...values], [-1, 0, 1, 0, 98, 0]);
  assert.equal(matrix.values[0], 1);
});

const cell: Cell = {
  study: "demo",
  variant: "file",
  seed: 1,
  settings: { epochs: 3, width: 0.25, hidden: 64, draws: 10, perTissue: 2 },
  rate: 0.001,
  weights: 1234,
  testSamples: 6,
  accuracy: 0.5,
  macroF1: 0.4,
  right: "111000",
  first10: 1,
  first50: 0.5,
  lists: { leaf: [1, 2, 3, 4], root: [5, 6] },
  below: 0.07,
  right_neighbor: -0.04,
  chanceSd: 0.011,
  seconds: 2,
};

Deno.test("networks are compared sample by sample, and gene by gene", () => {
  assert.equal(mcNemar(cell, cell), 1);
  // Three of three discordant samples: 2 / 2^3.
  const p = mcNemar(cell, { right: "111111" });
  assert.ok(Math.abs(p - 0.25) < 1e-12, `${p}`);
  assert.equal(sharedGenes(cell, cell), 1);
  assert.equal(
    sharedGenes(cell, { lists: { leaf: [9, 4, 8, 1], root: [7, 8] } }),
    0.25,
  );
  // A list that the other lacks shares nothing.
  assert.equal(sharedGenes(cell, { lists: { leaf: cell.lists.leaf } }), 0.5);
});

Deno.test("the page has a row a variant, and orders side by side", () => {
  const shuffled = [1, 2].map((order): Cell => ({
    ...cell,
    variant: `shuffled-${order}`,
    macroF1: order / 10,
    right: "111111",
  }));
  const lines = formatPage({ trials: [], cells: [...shuffled, cell] })
    .split("\n").filter((line) => line.startsWith("| CNN"));
  assert.equal(lines.length, 2);
  const [first, second] = lines.map((line) =>
    line.split("|").map((text) => text.trim())
  );
  assert.equal(first[1], "CNN, 3 x 3, genes in the file's order");
  assert.equal(first[7], "-");
  assert.equal(second[2], "2");
  assert.equal(second[6], "0.150 (0.100 to 0.200)");
  assert.equal(second[7], "0.250 (0.250)");
  assert.equal(second[10], "1.000 (1.000 to 1.000)");
});
