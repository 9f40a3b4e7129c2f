/** Networks that each have their genes on other pixels. */

import assert from "node:assert/strict";
import { readModel } from "../../lib/cnn/keras_model.ts";
import { readNpy, writeNpy } from "../../lib/store/npy.ts";
import { explain } from "../shap/explain.ts";
import { GENES, StudyFolder } from "./run_folder.ts";

const QUICK = { epochs: 3, blocks: 2, hidden: 16 } as const;

/** Each column's pixel by a network's file; undefined for the file's order. */
async function pixelsOf(
  study: StudyFolder,
  model: string,
): Promise<number[] | undefined> {
  return (await study.json(model)).userDefinedMetadata.pixels;
}

/** Puts the matrix's columns where a network has them. */
async function moveColumns(
  study: StudyFolder,
  pixels: readonly number[],
): Promise<void> {
  const path = `${study.path}/prepare/expression.npy`;
  const { data, shape } = await readNpy(path);
  const moved = new Float32Array(data.length);
  for (let start = 0; start < data.length; start += GENES) {
    pixels.forEach((pixel, column) =>
      moved[start + pixel] = data[start + column]
    );
  }
  await writeNpy(path, moved, [shape[0], shape[1]]);
}

Deno.test("each network has its own order, and the file's leaves no trace", async () => {
  await using study = await StudyFolder.make({ folds: 2 });
  await study.train({ ...QUICK, ensemble: 2, columns: "member" });
  const models = [...(await study.files("cnn")).keys()]
    .filter((name) => name.startsWith("model"));
  assert.equal(models.length, 4);
  const orders = await Promise.all(
    models.map((name) => pixelsOf(study, `cnn/${name}`)),
  );
  for (const pixels of orders) {
    assert.deepEqual(
      pixels!.toSorted((a, b) => a - b),
      Array.from({ length: GENES }, (_, gene) => gene),
    );
  }
  assert.equal(new Set(orders.map(String)).size, 4, "two have the same order");

  await study.train({ ...QUICK, ensemble: 2 }, "file");
  for (const name of models) {
    assert.equal(await pixelsOf(study, `file/${name}`), undefined);
  }
});

Deno.test("a network's own order is the file's order of a moved matrix, bit by bit", async () => {
  await using study = await StudyFolder.make();
  await study.train({ ...QUICK, columns: "member" });
  await explain(study, { direction: "both" });
  const pixels = await pixelsOf(study, "cnn/model.json");
  const ownWeights = await Deno.readFile(`${study.path}/cnn/weights.bin`);
  const ownPredictions = await study.table("cnn/predictions.csv");
  const own = await readNpy(`${study.path}/shap/shap_values.npy`);

  await moveColumns(study, pixels!);
  await study.train(QUICK);
  await explain(study, { direction: "both" });
  assert.deepEqual(
    await Deno.readFile(`${study.path}/cnn/weights.bin`),
    ownWeights,
  );
  assert.deepEqual(await study.table("cnn/predictions.csv"), ownPredictions);
  const moved = await readNpy(`${study.path}/shap/shap_values.npy`);
  assert.deepEqual(moved.shape, own.shape);
  assert.ok(own.data.some((score) => score !== 0));
  own.data.forEach((score, index) => {
    const gene = index % GENES;
    assert.equal(moved.data[index - gene + pixels![gene]], score);
  });
});

Deno.test("a model whose columns share a pixel, or have none, is refused", async () => {
  await using study = await StudyFolder.make();
  await study.train({ ...QUICK, epochs: 1, columns: "member" });
  const path = `${study.path}/cnn/model.json`;
  const weights = `${study.path}/cnn/weights.bin`;
  const model = await study.json("cnn/model.json");
  const { pixels } = model.userDefinedMetadata;
  const write = (changed: unknown) =>
    Deno.writeTextFile(
      path,
      JSON.stringify({
        ...model,
        userDefinedMetadata: { ...model.userDefinedMetadata, pixels: changed },
      }),
    );
  await write(pixels.with(0, 24)); // a pixel of the padding is one, too
  const { architecture } = await readModel(path, weights);
  assert.equal(architecture.pixelOf![0], 24);
  for (
    const bad of [
      pixels.with(0, pixels[1]),
      pixels.with(0, 25),
      pixels.with(0, -1),
      pixels.with(0, 0.5),
      pixels.with(0, "1"),
      pixels.slice(1),
      [...pixels, 24],
      7,
      null,
    ]
  ) {
    await write(bad);
    await assert.rejects(
      () => readModel(path, weights),
      /does not say its genes/,
      JSON.stringify(bad),
    );
  }
});
