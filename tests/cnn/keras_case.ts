/** What Keras computed for a network of the fixtures, and how to compare. */

import { disposeFrozen, freeze } from "../../lib/cnn/inference_pass.ts";
import type { Architecture } from "../../lib/cnn/architecture.ts";
import { type Network, trainedVariables } from "../../lib/cnn/network.ts";
import { Rmsprop, type RmspropSettings } from "../../lib/cnn/optimizer.ts";
import { predictLogits } from "../../lib/cnn/predict.ts";
import { softmax } from "../../lib/cnn/softmax.ts";
import { takeBatch, trainOnBatch } from "../../lib/cnn/training.ts";
import { RandomStream } from "../../lib/random.ts";
import {
  fixtureNetwork,
  fixtureSamples,
  readFixture,
} from "./fixture_network.ts";

/** A tensor by its sums and by evenly spaced entries. */
export interface Summary {
  readonly size: number;
  readonly norm: number;
  readonly sum: number;
  readonly step: number;
  readonly entries: number[];
}

interface KerasFixture {
  readonly seeds: { readonly train: number; readonly test: number };
  readonly rows: number;
  readonly batch: number;
  readonly rmsprop: {
    readonly learningRate: number;
    readonly rho: number;
    readonly decay: number;
  };
  readonly momentum: number;
  readonly predictions: number[];
  readonly first_batch: {
    readonly loss: number;
    readonly gradients: Record<string, Summary>;
    readonly moving: Record<string, Summary>;
  };
  readonly training: KerasTraining;
  readonly damped_training: KerasTraining;
}

interface KerasTraining {
  readonly epsilon: number;
  readonly losses: number[];
  readonly changes: Record<string, Summary>;
  readonly predictions: number[];
}

/** A network, what Keras computed for it, and the samples. */
export class KerasCase {
  readonly train;
  readonly test;

  private constructor(
    readonly title: string,
    readonly architecture: Architecture,
    readonly keras: KerasFixture,
  ) {
    this.train = fixtureSamples(keras.rows, keras.seeds.train);
    this.test = fixtureSamples(5, keras.seeds.test);
  }

  static async read(title: string, architecture: Architecture, file: string) {
    const keras = await readFixture<KerasFixture>(`cnn/${file}`);
    return new KerasCase(title, architecture, keras);
  }

  network(): Network {
    return fixtureNetwork(this.architecture);
  }

  async predictions(network: Network): Promise<Float64Array> {
    const frozen = freeze(network);
    const logits = await predictLogits(frozen, this.test.expression, 5, 5);
    disposeFrozen(frozen);
    return softmax(logits, this.architecture.tissues);
  }

  takeBatch(update: number) {
    const { batch, rows } = this.keras;
    const start = update * batch % rows;
    return takeBatch(
      this.train,
      Int32Array.from({ length: batch }, (_, index) => start + index),
      this.architecture,
    );
  }

  /** Updates a network as Keras did, and gives the losses. */
  async train10(
    network: Network,
    training: KerasTraining,
    changed: Partial<RmspropSettings> = {},
  ): Promise<number[]> {
    const { rmsprop, momentum, batch } = this.keras;
    const optimizer = new Rmsprop({
      ...rmsprop,
      "learning-rate": rmsprop.learningRate,
      epsilon: training.epsilon,
      ...changed,
    }, trainedVariables(network));
    const losses: number[] = [];
    for (let update = 0; update < training.losses.length; update++) {
      const { images, classes } = this.takeBatch(update);
      const { lossSum } = await trainOnBatch(
        network,
        optimizer,
        images,
        classes,
        { dropout: 0, momentum },
        new RandomStream(1),
      );
      images.dispose();
      losses.push(lossSum / batch);
    }
    optimizer.dispose();
    return losses;
  }
}
