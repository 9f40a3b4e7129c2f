/** Whole runs whose result must say that it shows little or nothing. */

import assert from "node:assert/strict";
import { type Made, made, wide } from "./made_matrix.ts";
import { User } from "./user.ts";

/** Flags by which every stage takes as little as it can. */
const QUICK = {
  "cnn.width": "0.0625",
  "cnn.epochs": "20",
  "cnn.ensemble": "1",
  "cnn.batch": "4",
  "cnn.learning-rate": "0.01",
  "shap.draws": "2",
  "clusters.random-sets": "1",
  "clusters.layouts": "1",
  "clusters.n-init": "5",
  "ttest.sets": "2",
  "panels.sets": "2",
  "checks.draws": "2",
  "checks.epochs": "1",
  "backend": "wasm",
};

/** Runs everything on a matrix. */
async function runAll(
  user: User,
  matrix: Made,
  flags: Readonly<Record<string, string>> = {},
) {
  const input = await user.save("m.csv", wide(matrix));
  const all = Object.entries({ ...QUICK, ...flags, input });
  return await user.all(
    ...all.flatMap(([name, value]) => [`--${name}`, value]),
  );
}

Deno.test("27: two tissues and ten random sets: what the run cannot show", () =>
  User.in(async (user) => {
    const two = made({ samples: 24, genes: 12, tissues: ["leaf", "root"] });
    const { said, report } = await runAll(user, two, {
      "shap.cutoff": "unique",
      "ttest.sets": "10",
    });
    assert.match(
      said,
      /With two tissues the cutoff unique is all or nothing: /,
    );
    assert.match(said, /--shap\.cutoff top takes a number of ranks/);
    assert.match(
      report,
      /\*\*With two tissues the cutoff unique is all or noth/,
    );
    assert.match(said, /can be significant with 10 random sets/);
    assert.match(report, /\*\*Cannot be significant with 10 random sets:\*\*/);
    assert.match(report, /`--ttest\.sets \d+`, added to/);
  }));

Deno.test("28: as many tissues as samples to cluster: every grouping is right", () =>
  User.in(async (user) => {
    const many = made({
      samples: 40,
      genes: 24,
      tissues: ["a", "b", "c", "d", "e", "f", "g", "h"],
    });
    const { said, report } = await runAll(user, many, {
      folds: "1",
      "shap.min-samples": "1",
    });
    assert.match(
      said,
      /k is 8 for 8 samples: every sample is a cluster of its/,
    );
    assert.match(said, /so all scores are the same whatever the genes/);
    assert.match(
      report,
      /\*\*The test shows nothing:\*\* k is 8 for 8 samples/,
    );
    assert.doesNotMatch(report, /AMI, which is 0 on average .* is 1\.000/);
  }));

Deno.test("30: equal twins on both sides of the split are in the verdict", () =>
  User.in(async (user) => {
    const plain = made({ genes: 24 });
    const copied = {
      ...plain,
      values: plain.values.map((_, row) =>
        plain.values[12 * Math.floor(row / 12) + row % 3]
      ),
    };
    const { report } = await runAll(user, copied);
    const verdict = report.slice(0, report.indexOf("## Data"));
    assert.match(
      verdict,
      /\*\*Equal samples:\*\* 48 of 48 test samples have an equal twin among the training and validation samples, so every score looks too good\. `--drop-twins` leaves them out\./,
    );
  }));

Deno.test("50: two different profiles make two clusters, and that is noted", () =>
  User.in(async (user) => {
    const plain = made({ genes: 24 });
    const two = {
      ...plain,
      values: plain.values.map((_, row) => plain.values[row < 24 ? 0 : 47]),
    };
    const { said, report } = await runAll(user, two);
    assert.match(
      said,
      /the 48 samples have 2 different profiles for k = 4: 2 clusters are found, as identical samples share one/,
    );
    // What scikit-learn gives for two clusters of two tissues each.
    assert.match(
      said,
      /AMI 0\.656 for the \d+ SHAP genes, 0\.656 for all/,
    );
    assert.match(report, /2 different profiles for k = 4/);
  }));

Deno.test("57: scores that miss the network's output are said to", () =>
  User.in(async (user) => {
    const { said, report } = await runAll(user, made({ genes: 24 }), {
      "shap.output": "probability",
      // The case is of test samples.
      "shap.explained": "test",
      "cnn.learning-rate": "0.3",
      "cnn.epochs": "10",
    });
    assert.match(said, /The scores explain little of the network's output/);
    const verdict = report.slice(0, report.indexOf("## Data"));
    assert.match(
      verdict,
      /\*\*The scores explain little of the network's outp/,
    );
  }));

Deno.test("57: scores that are all 0 end the run, and are called so", () =>
  User.in(async (user) => {
    const input = await user.save("m.csv", wide(made({ genes: 24 })));
    const flags = { ...QUICK, "cnn.learning-rate": "1", "cnn.epochs": "10" };
    const { message, remedy } = await user.allFailed(
      ...["--input", input],
      ...Object.entries(flags).flatMap(([name, value]) => [`--${name}`, value]),
    );
    assert.match(
      message,
      /^Cannot rank the genes: .* SHAP values are 0, and they/,
    );
    assert.match(remedy, /^deno task all .* --cnn\.learning-rate/);
  }));
