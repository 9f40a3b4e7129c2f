/** Networks trained on halves of the samples, and genes that come again. */

import assert from "node:assert/strict";
import { cnnStage } from "../../lib/cnn/stage.ts";
import { readDataset } from "../../lib/prepare/dataset.ts";
import { contrastRows } from "../../lib/prepare/tissue_contrasts.ts";
import { InputError } from "../../lib/cli/errors.ts";
import { shapDeclaration } from "../../lib/shap/declaration.ts";
import { halfStream, halvesAsFolds } from "../../lib/shap/half_networks.ts";
import { shapParameters } from "../../lib/shap/parameters.ts";
import { shapStage } from "../../lib/shap/stage.ts";
import { deriveSeed } from "../../lib/random.ts";
import { openCheckpointStore } from "../../lib/store/checkpoint_store.ts";
import { quickTraining, StudyFolder, TISSUES } from "../cnn/run_folder.ts";
import { explain, hideDecoys, type ShapValues } from "./explain.ts";

const TRAINING = { ...quickTraining, epochs: 8 };
const HALVED: Partial<ShapValues> = {
  explained: "training",
  cutoff: "top",
  top: 3,
  draws: 10,
  halves: 4,
};

async function makeStudy(decoys = 0): Promise<StudyFolder> {
  const study = await StudyFolder.make();
  if (decoys > 0) await hideDecoys(study, decoys);
  await cnnStage.run(await study.context("cnn", TRAINING));
  for (
    const [stage, parameters] of Object.entries({
      cnn: TRAINING,
      prepare: { "validation-fraction": 0.1 },
    })
  ) {
    await Deno.writeTextFile(
      `${study.path}/${stage}/stage.json`,
      JSON.stringify({ parameters }),
    );
  }
  return study;
}

Deno.test("halves change nothing else, and list each half's first genes", async () => {
  await using study = await makeStudy();
  await explain(study, { ...HALVED, halves: 0 }, 1, "without");
  await explain(study, HALVED, 1, "with");
  const without = await study.files("without");
  const halved = await study.files("with");
  for (const [name, bytes] of without) {
    assert.deepEqual(halved.get(name), bytes, name);
  }
  assert.deepEqual(
    [...halved.keys()].filter((name) => !without.has(name)),
    ["half_ranks.csv", "halves.json"],
  );
  const rows = await study.table("with/half_ranks.csv");
  assert.equal(rows.length, 4 * TISSUES.length * 3);
  // Marker genes of their tissue, on nearly every half.
  const right = rows.filter(({ tissue, gene }) =>
    Number(gene.slice(1)) < 9 &&
    Number(gene.slice(1)) % 3 === TISSUES.indexOf(tissue)
  );
  assert.ok(right.length > 0.7 * rows.length, `${right.length}`);
  const lists = [1, 2, 3, 4].map((half) =>
    rows.filter((row) => row.half === String(half)).map(({ gene }) => gene)
      .join()
  );
  assert.ok(new Set(lists).size > 1, "all halves give the same");
});

Deno.test("a half holds half of each tissue's training samples, and no test sample", async () => {
  await using study = await makeStudy();
  const dataset = await readDataset(await study.context("shap", {}));
  const halves = halvesAsFolds(dataset, {
    halves: 5,
    validationFraction: 0.1,
    seed: 42,
    seedOf: (name) => deriveSeed(42, `shap/${name}`),
  });
  const rows = contrastRows(dataset);
  const seen = new Set<string>();
  for (const { split } of halves.folds) {
    const own = rows.filter((row) => split[row] !== "test");
    // 10 training and validation samples a tissue.
    assert.equal(own.length, 5 * TISSUES.length);
    dataset.split.forEach((part, row) =>
      part === "test" && assert.equal(split[row], "test")
    );
    seen.add(own.join());
  }
  assert.equal(seen.size, 5);
  assert.equal(halfStream(42, 3).seed, deriveSeed(42, "genesets/halves/3"));
});

Deno.test("stable genes are those that enough halves have among the first", async () => {
  await using study = await makeStudy(4);
  const values = { ...HALVED, cutoff: "stable", frequency: 0.75 } as const;
  const { verdict } = await explain(study, values);
  const rows = await study.table("shap/half_ranks.csv");
  const counts = new Map<string, number>();
  for (const { tissue, gene, rank } of rows) {
    if (Number(rank) > 3) continue;
    const key = `${tissue} ${gene}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const full = await study.table("shap/ranks.csv");
  const expected = [...counts].filter(([, count]) => count / 4 >= 0.75)
    .map(([key]) => key)
    .filter((key) => {
      const [tissue, gene] = key.split(" ");
      return full.some((row) => row[tissue] === gene);
    });
  assert.ok(expected.length > 3, verdict);
  const found = await study.table("shap/tissue_genes.csv");
  assert.deepEqual(
    found.map(({ tissue, gene }) => `${tissue} ${gene}`).sort(),
    expected.sort(),
  );
  // All genes keep their ranks elsewhere, and the lists that judge the set hold
  // the same one.
  assert.ok(full.length > found.length / TISSUES.length);
  const judged = await study.table("shap/fold_ranks.csv");
  assert.deepEqual(
    judged.filter(({ selected }) => selected === "true")
      .map(({ tissue, gene }) => `${tissue} ${gene}`).sort(),
    expected.sort(),
  );
  assert.deepEqual(await study.json("shap/halves.json"), {
    halves: 4,
    listed_ranks: Math.max(
      3,
      ...found.map(({ rank }) => Number(rank)),
    ),
    rule: { ranks: 3, frequency: 0.75 },
  });
});

Deno.test("one thread and two give the same bytes, and a killed command goes on", async () => {
  await using study = await makeStudy();
  const run = async (threads: number, folder: string, stopAt = "") => {
    const context = await study.context(
      "shap",
      {
        ...defaults(),
        ...HALVED,
      },
      threads,
      folder,
    );
    const seen: string[] = [];
    await shapStage.run({
      ...context,
      checkpoints: () =>
        openCheckpointStore(study.path, "shap", folder.slice(0, 4)),
      progress: (title, total, unit) => {
        seen.push(title);
        if (title === stopAt) throw new Error("stop");
        return context.progress(title, total, unit);
      },
    });
    return seen;
  };
  await run(1, "one");
  await run(2, "two");
  const files = await study.files("one");
  assert.deepEqual(await study.files("two"), files);
  const stopAt = "half 3 of 4: predicting";
  await assert.rejects(run(2, "again", stopAt), /stop/);
  const seen = await run(2, "again2");
  assert.ok(!seen.some((title) => title.startsWith("half 2")), seen.join());
  assert.ok(seen.some((title) => title.startsWith("half 3")), seen.join());
  assert.deepEqual(await study.files("again2"), files);
});

Deno.test("stable needs halves and one split", async () => {
  const values = { ...defaults(), cutoff: "stable" } as ShapValues;
  assert.throws(() => shapDeclaration.check!(values), /halves is 0/);
  assert.throws(
    () => shapDeclaration.check!({ ...values, cutoff: "top", halves: 1 }),
    /at least 2, or 0/,
  );
  shapDeclaration.check!({ ...values, halves: 2 });
  await using study = await StudyFolder.make({ folds: 2 });
  await assert.rejects(
    explain(study, { cutoff: "stable", halves: 2 }),
    /has folds and should have one split/,
  );
});

Deno.test("stable with folds is refused before any network is trained", async () => {
  const check = (cutoff: string, folds?: number | string) =>
    shapDeclaration.check!(
      { ...defaults(), cutoff, halves: 2 } as ShapValues,
      (stage) =>
        stage === "prepare" && folds !== undefined ? { folds } : undefined,
    );
  const isRefusal = (error: unknown) =>
    error instanceof InputError &&
    error.remedy === "deno task prepare --folds 1";
  assert.throws(() => check("stable", 5), isRefusal);
  for (const folds of [1, "auto", undefined]) check("stable", folds);
  check("top", 5);
  // What auto has made.
  const { stage, check: checkMade } = shapDeclaration.checkAfter!;
  assert.equal(stage, "prepare");
  const made = (cutoff: string, files: string[]) =>
    checkMade(
      { ...defaults(), cutoff } as ShapValues,
      ({ file }) => Promise.resolve(files.includes(file)),
    );
  await assert.rejects(made("stable", ["prepare/folds.csv"]), isRefusal);
  await made("stable", []);
  await made("top", ["prepare/folds.csv"]);
});

function defaults(): ShapValues {
  return Object.fromEntries(
    Object.entries(shapParameters).map(([name, { default: value }]) => [
      name,
      value,
    ]),
  ) as ShapValues;
}
