import assert from "node:assert/strict";
import { loadInputs } from "../../lib/sanity_checks/inputs.ts";
import { writeNpy } from "../../lib/store/npy.ts";
import { formatRows } from "../tables.ts";
import { GENES, quickTraining, StudyFolder } from "../cnn/run_folder.ts";
import { writeMetrics, writePredictions } from "./checked_run.ts";

const drawRules = {
  alphas: "stratified",
  backgrounds: "random",
  control: "background",
};

/** A study as stages prepare, cnn and shap would leave it. */
async function explainedStudy(): Promise<StudyFolder> {
  const study = await StudyFolder.make();
  const write = (name: string, text: string) =>
    Deno.writeTextFile(`${study.path}/${name}`, text);
  await Deno.mkdir(`${study.path}/cnn`);
  await Deno.mkdir(`${study.path}/shap`);
  await write("cnn/stage.json", JSON.stringify({ parameters: quickTraining }));
  await writeMetrics(study, quickTraining.epochs);
  await write(
    "shap/stage.json",
    JSON.stringify({ parameters: { ...drawRules, alphas: "importance" } }),
  );
  await writePredictions(
    study,
    (await study.table("prepare/samples.csv"))
      .filter(({ split }) => split === "test")
      // The first of them was predicted wrong.
      .map((row, index) => ({
        ...row,
        predicted: index === 0 ? "?" : row.tissue,
      })),
  );
  return study;
}

async function load(study: StudyFolder, samples = 5) {
  return await loadInputs(await study.context("checks", { samples }));
}

Deno.test("test samples are explained that were predicted right", async () => {
  await using study = await explainedStudy();
  const inputs = await load(study);
  // Test samples s30 to s38 go round leaf, root, seed; s30 was wrong.
  assert.deepEqual(
    inputs.samples.map(({ sampleId, tissue }) => `${sampleId} ${tissue}`),
    [
      ...["s33 leaf", "s36 leaf", "s31 root", "s34 root", "s37 root"],
      ...["s32 seed", "s35 seed", "s38 seed"],
    ],
  );
  assert.deepEqual(
    inputs.samples.map(({ explainedClass }) => explainedClass),
    [0, 0, 1, 1, 1, 2, 2, 2],
  );
  assert.equal(inputs.train.classes.length, 24);
  assert.equal(inputs.test.classes.length, 9);
  assert.equal(inputs.geneColumns.length, GENES);
  assert.deepEqual(inputs.drawRules, drawRules);
  assert.deepEqual(inputs.cnnParameters, quickTraining);
  assert.equal((await load(study, 1)).samples.length, 3);
});

Deno.test("of several folds the first one's samples are taken", async () => {
  await using study = await explainedStudy();
  const samples = await study.table("prepare/samples.csv");
  // Fold 1 tests half of the test samples and trains on the other half.
  const half = new Set(["s31", "s32", "s33"]);
  const foldOf = (id: string) => half.has(id) ? 1 : 2;
  await Deno.writeTextFile(
    `${study.path}/prepare/samples.csv`,
    formatRows(
      ["sample_id", "tissue", "group", "split", "fold"],
      samples.map((row) => ({
        ...row,
        fold: row.split === "test" ? foldOf(row.sample_id) : "",
      })),
    ),
  );
  await Deno.writeTextFile(
    `${study.path}/prepare/folds.csv`,
    formatRows(
      ["fold", "sample_id", "split"],
      [1, 2].flatMap((fold) =>
        samples.map(({ sample_id, split }) => ({
          fold,
          sample_id,
          split: split === "test" && foldOf(sample_id) !== fold
            ? "train"
            : split,
        }))
      ),
    ),
  );
  const inputs = await load(study);
  assert.deepEqual(
    inputs.samples.map(({ sampleId }) => sampleId),
    ["s33", "s31", "s32"],
  );
  assert.equal(inputs.train.classes.length, 24 + 6);
  assert.equal(inputs.test.classes.length, 3);
});

Deno.test("decoys are in the image and not among the genes", async () => {
  await using study = await explainedStudy();
  const plain = await load(study);
  await Deno.writeTextFile(
    `${study.path}/prepare/decoys.csv`,
    "decoy,source,kind,column\ndecoy_1,g7,noise,3\n",
  );
  const rows = (await study.table("prepare/samples.csv")).length;
  await writeNpy(
    `${study.path}/prepare/decoys.npy`,
    new Float32Array(rows).fill(9),
    [rows, 1],
  );
  const hidden = await load(study);
  assert.equal(hidden.geneColumns.length, GENES);
  const [sample] = hidden.samples;
  assert.equal(sample.expression.length, GENES + 1);
  assert.equal(sample.expression[3], 9);
  assert.deepEqual(
    Array.from(hidden.geneColumns, (column) => sample.expression[column]),
    [...plain.samples[0].expression],
  );
});
