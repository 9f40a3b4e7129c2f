/**
 * The network and samples of `tests/fixtures/cnn` and `tests/fixtures/shap`,
 * number for number those of `small_network.py` there.
 */

import { saveModel } from "../../lib/cnn/keras_model.ts";
import {
  buildNetwork,
  declaredWeights,
  type Network,
  type WeightValues,
} from "../../lib/cnn/network.ts";
import { numbers } from "../backend/support.ts";
import { architecture } from "./small_network.ts";

/** Kernels within Glorot's limit, and nothing else at its neutral value. */
export function fixtureWeights(of = architecture): WeightValues[] {
  return declaredWeights(of).map(({ name, shape }, index) => {
    const size = shape.reduce((a, b) => a * b, 1);
    const drawn = numbers(size, index + 1);
    let values: Float32Array;
    if (name.endsWith("/kernel")) {
      const field = shape.length === 4 ? 9 : 1;
      const [inputs, outputs] = shape.slice(-2);
      const limit = Math.sqrt(6 / (field * (inputs + outputs)));
      values = drawn.map((value) => value * limit);
    } else if (/gamma$|variance$/.test(name)) {
      values = drawn.map((value) => 1 + 0.5 * value);
    } else {
      values = drawn.map((value) => 0.5 * value);
    }
    return { name, shape: [...shape], values };
  });
}

/** The fixtures' network on the current backend. */
export function fixtureNetwork(of = architecture): Network {
  return buildNetwork(of, fixtureWeights(of));
}

/** `rows` samples with values in [0, 4]; the classes go round. */
export function fixtureSamples(rows: number, seed: number) {
  const { genes, tissues } = architecture;
  return {
    expression: numbers(rows * genes, seed).map((value) => 2 + 2 * value),
    classes: Int32Array.from({ length: rows }, (_, row) => row % tissues),
  };
}

/** Saves the fixtures' network as a run would. */
export async function saveFixtureModel(folder: string): Promise<void> {
  await saveModel(
    folder,
    architecture,
    fixtureWeights(),
    { dropout: 0.2, momentum: 0.99 },
    ["leaf", "root", "seed"],
  );
}

/** The text of a fixture as JSON. */
export async function readFixture<T>(name: string): Promise<T> {
  const url = new URL(`../fixtures/${name}`, import.meta.url);
  return JSON.parse(await Deno.readTextFile(url));
}
