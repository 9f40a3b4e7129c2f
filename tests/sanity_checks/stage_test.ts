import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import { RunError } from "../../lib/cli/errors.ts";
import { GENES, quickTraining, TISSUES } from "../cnn/run_folder.ts";
import { LEARNED } from "../../lib/sanity_checks/levels.ts";
import { check, makeCheckedStudy } from "./checked_run.ts";

const CHECKS = [
  "rerun",
  "output_layer",
  "dense_layers",
  "all_layers",
  "shuffled_labels",
];

Deno.test("the stage writes its files, and they agree with each other", async () => {
  await using study = await makeCheckedStudy();
  await openBackend("wasm");
  const before = tf.memory().numTensors;
  const { verdict } = await check(study);
  assert.equal(tf.memory().numTensors, before, "the stage leaks tensors");
  assert.deepEqual([...(await study.files("checks")).keys()], [
    "agreement.csv",
    "agreement.svg",
    "checks.json",
  ]);
  assert.equal(
    await study.header("checks/agreement.csv"),
    "check,tissue,samples,spearman,spearman_absolute,top,overlap",
  );
  const rows = await study.table("checks/agreement.csv");
  assert.deepEqual(
    rows.map(({ check, tissue }) => `${check} ${tissue}`),
    CHECKS.flatMap((check) => TISSUES.map((tissue) => `${check} ${tissue}`)),
  );
  const summary = await study.json("checks/checks.json");
  assert.equal(summary.top, 2);
  assert.equal(summary.chance_overlap, 2 / GENES);
  assert.equal(summary.draws, 30);
  assert.equal(
    summary.samples,
    rows.filter(({ check }) => check === "rerun")
      .reduce((sum, { samples }) => sum + Number(samples), 0),
  );
  for (const [index, name] of CHECKS.entries()) {
    const own = rows.filter(({ check }) => check === name);
    const summed = summary.checks[index];
    assert.equal(summed.check, name);
    for (const column of ["spearman", "spearman_absolute", "overlap"]) {
      const sum = own.reduce((total, row) => total + Number(row[column]), 0);
      assert.ok(Math.abs(summed[column] - sum / own.length) < 1e-12, column);
    }
    assert.ok(own.every(({ top }) => top === "2"));
  }
  const [rerun, , , all, shuffled] = summary.checks;
  assert.equal(
    verdict,
    `scores agree ${rerun.spearman.toFixed(2)} with a rerun, ` +
      `${all.spearman.toFixed(2)} with random weights, ` +
      `${shuffled.spearman.toFixed(2)} with shuffled labels ` +
      "(Spearman, mean over tissues)",
  );
});

Deno.test("scores agree with a rerun, and less with networks that know less", async () => {
  await using study = await makeCheckedStudy();
  await check(study, { draws: 120, epochs: 40 });
  const { checks, shuffled_network } = await study.json("checks/checks.json");
  const [rerun, ...others] = checks;
  // 120 draws leave little to chance; 9 of the 20 genes tell the tissues apart.
  assert.ok(rerun.spearman > 0.9, `rerun ${rerun.spearman}`);
  for (const { check, spearman } of others) {
    assert.ok(rerun.spearman - spearman > 0.2, `${check} ${spearman}`);
  }
  assert.equal(shuffled_network.epochs, 40);
  // 9 test samples, 3 a tissue, as the training samples.
  assert.ok(Math.abs(shuffled_network.chance_accuracy - 1 / 3) < 1e-12);
  // It has memorized its 24 training samples, and knows nothing of the tissues.
  assert.ok(shuffled_network.train_accuracy > 0.8);
  assert.ok(shuffled_network.accuracy < 0.8);
  assert.deepEqual(study.warnings, []);
});

Deno.test("without a number of epochs the labels are trained until learned", async () => {
  await using study = await makeCheckedStudy({}, { epochs: 60 });
  await check(study, { samples: 1, draws: 2 });
  const { shuffled_network } = await study.json("checks/checks.json");
  const { epochs, train_accuracy } = shuffled_network;
  assert.ok(epochs > 1 && epochs < 60, `${epochs} epochs`);
  assert.ok(train_accuracy >= LEARNED, `${train_accuracy} learned`);
  // Some of a block's draws would be left over.
  await check(study, { samples: 1, draws: 12, epochs: 1, folder: "tens" });
  assert.equal((await study.json("tens/checks.json")).draws, 20);
});

Deno.test("one thread and two write the same bytes", async () => {
  await using study = await makeCheckedStudy();
  const quick = { draws: 6, epochs: 2 };
  const one = await check(study, { ...quick, folder: "one" });
  const two = await check(study, { ...quick, folder: "two", threads: 2 });
  assert.deepEqual(two, one);
  assert.deepEqual(await study.files("two"), await study.files("one"));
});

Deno.test("a warning says if the shuffled labels were not learned", async () => {
  await using study = await makeCheckedStudy();
  // As if the network had been trained at a rate at which nothing is learned.
  const parameters = { ...quickTraining, "learning-rate": 1e-12 };
  await Deno.writeTextFile(
    `${study.path}/cnn/stage.json`,
    JSON.stringify({ parameters }),
  );
  await check(study, { samples: 1, draws: 2, epochs: 1 });
  const { shuffled_network } = await study.json("checks/checks.json");
  assert.equal(shuffled_network.epochs, 1);
  assert.ok(shuffled_network.train_accuracy < 0.5);
  assert.equal(study.warnings.length, 1);
  assert.match(study.warnings[0], /learned only \d+ % of the shuffled/);
  const rows = await study.table("checks/agreement.csv");
  assert.ok(rows.every(({ samples }) => samples === "1"));
});

Deno.test("another network of the ensemble is compared, too", async () => {
  await using study = await makeCheckedStudy({}, { epochs: 6, ensemble: 2 });
  const { verdict } = await check(study, { draws: 10, epochs: 1 });
  const { checks } = await study.json("checks/checks.json");
  assert.deepEqual(
    checks.map(({ check }: { check: string }) => check),
    ["rerun", "ensemble_member", ...CHECKS.slice(1)],
  );
  assert.ok(checks[1].spearman < checks[0].spearman);
  assert.match(
    verdict,
    /with a rerun, \S+ with another network of the ensemble, /,
  );
});

Deno.test("another network that has its genes on other pixels agrees as well", async () => {
  const agreementOf = async (columns: "file" | "member") => {
    await using study = await makeCheckedStudy({}, {
      ...{ blocks: 1, hidden: 16, width: 0.25 },
      ...{ epochs: 30, ensemble: 2, columns },
    });
    await check(study, { draws: 60, epochs: 1 });
    const { checks } = await study.json("checks/checks.json");
    return checks[1].spearman;
  };
  // Read with the first network's pixels its genes would be others: about 0.
  const [member, file] = [
    await agreementOf("member"),
    await agreementOf("file"),
  ];
  assert.ok(member > 0.5 && file > 0.5, `${member} ${file}`);
});

Deno.test("a tissue that is never predicted right is left out", async () => {
  await using study = await makeCheckedStudy({ disguised: ["root"] });
  await check(study, { draws: 4, epochs: 1 });
  const rows = await study.table("checks/agreement.csv");
  assert.equal(rows.length, 2 * CHECKS.length);
  assert.ok(rows.every(({ tissue }) => tissue !== "root"));
});

Deno.test("without a sample predicted right the stage says what to do", async () => {
  await using study = await makeCheckedStudy({ disguised: TISSUES });
  await assert.rejects(
    check(study),
    (error) =>
      error instanceof RunError &&
      /no test sample's tissue was predicted right/.test(error.message),
  );
});
