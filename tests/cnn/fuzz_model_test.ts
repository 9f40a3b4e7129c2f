/** Any bytes give a model or one clear error. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { readModel } from "../../lib/cnn/keras_model.ts";
import { anyBytes, damaged, isRead, SEED, tryFiles } from "../fuzz.ts";
import { withFolder } from "../pipeline/fake_pipeline.ts";

const fixture = new URL("../fixtures/cnn/saved_model/", import.meta.url);
const weights = new URL("weights.bin", fixture).pathname;
const sound = await Deno.readTextFile(new URL("model.json", fixture));

/** The part that the project reads, without the layers around it. */
const short = JSON.stringify({
  userDefinedMetadata: JSON.parse(sound).userDefinedMetadata,
});

Deno.test("any bytes give a model or one error", () =>
  withFolder(async (folder) => {
    const path = `${folder}/model.json`;
    const read = async (bytes: Uint8Array) => {
      await Deno.writeFile(path, bytes);
      return await readModel(path, weights);
    };
    const bytes = new TextEncoder().encode(short);
    assert.ok(await isRead(() => read(bytes)));
    await tryFiles(damaged(bytes), read, { runs: 300, mixed: true });
    await tryFiles(anyBytes, read, { runs: 200, mixed: false });
  }));

Deno.test("any notes in a model give it or one error", () =>
  withFolder(async (folder) => {
    const path = `${folder}/model.json`;
    const { userDefinedMetadata: notes } = JSON.parse(sound);
    const anyNotes = fc.record({
      genes: fc.oneof(fc.constant(notes.genes), fc.double(), fc.jsonValue()),
      blocks: fc.oneof(fc.constant(notes.blocks), fc.double(), fc.jsonValue()),
      width: fc.oneof(fc.constant(notes.width), fc.double(), fc.jsonValue()),
      hidden: fc.oneof(fc.constant(notes.hidden), fc.double(), fc.jsonValue()),
      tissues: fc.oneof(
        fc.constant(notes.tissues),
        fc.array(fc.jsonValue()),
        fc.jsonValue(),
      ),
      pixels: fc.oneof(
        fc.constant(Array.from({ length: notes.genes }, (_, gene) => gene)),
        fc.array(fc.nat()),
        fc.jsonValue(),
      ),
    }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(anyNotes, fc.jsonValue()),
        async (userDefinedMetadata) => {
          await Deno.writeTextFile(
            path,
            JSON.stringify({ userDefinedMetadata }),
          );
          await isRead(() => readModel(path, weights));
        },
      ),
      { seed: SEED, numRuns: 600 },
    );
  }));

Deno.test("weights that do not fit the network are refused", () =>
  withFolder(async (folder) => {
    const path = `${folder}/model.json`;
    await Deno.writeTextFile(path, sound);
    const whole = await Deno.readFile(weights);
    for (
      const bytes of [
        new Uint8Array(),
        whole.subarray(0, -1),
        whole.subarray(0, -4),
        Uint8Array.of(...whole, 0),
        Uint8Array.of(...whole, 0, 0, 0, 0),
      ]
    ) {
      await Deno.writeFile(`${folder}/weights.bin`, bytes);
      assert.ok(!await isRead(() => readModel(path, `${folder}/weights.bin`)));
    }
    for (const missing of [`${folder}/none.bin`, folder]) {
      assert.ok(!await isRead(() => readModel(path, missing)));
      assert.ok(!await isRead(() => readModel(missing, weights)));
    }
  }));
