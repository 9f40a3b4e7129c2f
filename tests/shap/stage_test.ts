import assert from "node:assert/strict";
import * as tf from "@tensorflow/tfjs-core";
import { openBackend } from "../../lib/backend/open.ts";
import { readNpy } from "../../lib/store/npy.ts";
import { RunError } from "../../lib/cli/errors.ts";
import { deriveSeed } from "../../lib/random.ts";
import { formatRows } from "../tables.ts";
import { GENES, StudyFolder, TISSUES } from "../cnn/run_folder.ts";
import { ALL_OR_NOTHING } from "../../lib/selection/two_tissues.ts";
import { explain } from "./explain.ts";

Deno.test("the stage writes its files, and they agree with each other", async () => {
  await using study = await StudyFolder.make();
  await study.train();
  await openBackend("wasm");
  const before = tf.memory().numTensors;
  const { verdict } = await explain(study, { draws: 200 });
  assert.equal(tf.memory().numTensors, before, "the stage leaks tensors");
  assert.deepEqual([...(await study.files("shap")).keys()], [
    "absent_genes.csv",
    "background.txt",
    "cutoff_curve.csv",
    "cutoff_curve.svg",
    "explanations.csv",
    "learned_outputs.npy",
    "learned_samples.csv",
    "ranks.csv",
    "score_distribution.svg",
    "shap_genes.csv",
    "shap_values.npy",
    "stability.csv",
    "standard_errors.csv",
    "summary.json",
    "tissue_genes.csv",
    "tissue_genes.gmt",
    "top_genes.svg",
  ]);
  assert.deepEqual(study.warnings, []);

  const { data, shape } = await readNpy(`${study.path}/shap/shap_values.npy`);
  assert.deepEqual(shape, [9, GENES]);
  assert.equal(
    await study.header("shap/explanations.csv"),
    "sample_id,tissue,predicted,model_output,base_value,shap_sum," +
      "additivity_gap,standard_error,seed,decoy_shap_sum,fold," +
      "explained_tissue,draws",
  );
  const explained = await study.table("shap/explanations.csv");
  const predicted = (await study.table("cnn/predictions.csv"))
    .filter(({ split }) => split === "test");
  explained.forEach((row, index) => {
    assert.equal(row.sample_id, predicted[index].sample_id);
    assert.equal(row.predicted, predicted[index].predicted);
    const [output, baseValue, sum, gap] = [
      "model_output",
      "base_value",
      "shap_sum",
      "additivity_gap",
    ].map((column) => Number(row[column]));
    assert.ok(Math.abs(output - Number(predicted[index].probability)) < 1e-6);
    assert.equal(gap, output - baseValue - sum);
    const scores = data.subarray(index * GENES, (index + 1) * GENES);
    const total = scores.reduce((a, b) => a + b, 0);
    // The table's sum is made before the scores are rounded to float32.
    assert.ok(Math.abs(total - sum) < 1e-6);
    assert.equal(
      Number(row.seed),
      deriveSeed(42, `shap/draws/${row.sample_id}`),
    );
  });

  const ranks = await study.table("shap/ranks.csv");
  assert.equal(await study.header("shap/ranks.csv"), "rank,leaf,root,seed");
  assert.ok(ranks.length < GENES);
  TISSUES.forEach((tissue, index) => {
    const own = ranks.map((row) => row[tissue]).filter((gene) => gene !== "");
    assert.equal(new Set(own).size, own.length);
    // Genes 0 to 8 tell the tissues apart: gene g is high in tissue g % 3.
    const best = Number(own[0].slice(1));
    assert.ok(best < 9 && best % 3 === index, `${own[0]} in ${tissue}`);
  });

  const chosen = await study.table("shap/shap_genes.csv");
  assert.equal(
    await study.header("shap/shap_genes.csv"),
    "gene,tissue,rank,median_shap,standard_error,error_of_samples,error_of_networks,error_of_draws,direction," +
      "log2_fold_change,mean_in_tissue,mean_elsewhere,tau,name",
  );
  for (const { gene, tissue, rank } of chosen) {
    assert.equal(ranks[Number(rank) - 1][tissue], gene);
  }
  const summary = await study.json("shap/summary.json");
  const listed = ranks.slice(0, summary.listed_ranks)
    .flatMap((row) => TISSUES.map((tissue) => row[tissue]))
    .filter((gene) => gene !== "");
  assert.deepEqual(
    new Set(chosen.map(({ gene }) => gene)),
    new Set(listed),
  );
  const gaps = explained.map((row) => Math.abs(Number(row.additivity_gap)));
  const meanGap = gaps.reduce((a, b) => a + b, 0) / 9;
  assert.ok(Math.abs(summary.mean_absolute_gap - meanGap) < 1e-12);
  // The gap's spread is that of 200 draws; scores of another class or sign
  // would leave a gap of at least the whole difference.
  assert.ok(meanGap < summary.mean_absolute_difference / 2, `gap ${meanGap}`);
  assert.equal(summary.genes, chosen.length);
  assert.equal(summary.explained, 9);
  assert.deepEqual([summary.correct, summary.ranked], [9, 9]);
  assert.deepEqual(summary.tissues_left_out, []);
  assert.ok(
    verdict.startsWith(
      `${chosen.length} of 20 genes, cutoff at rank ${summary.listed_ranks}; `,
    ),
  );
});

Deno.test("a tissue's genes are one list: higher there, with its contrast", async () => {
  await using study = await StudyFolder.make();
  await study.train();
  await explain(study, { cutoff: "top", top: 5 });
  const ranks = await study.table("shap/ranks.csv");
  const own = await study.table("shap/tissue_genes.csv");
  assert.equal(
    await study.header("shap/tissue_genes.csv"),
    "tissue,rank,gene,name,median_shap,standard_error,error_of_samples,error_of_networks,error_of_draws,direction," +
      "log2_fold_change,mean_in_tissue,mean_elsewhere,tau,is_best_tissue," +
      "in_consensus",
  );
  for (const row of own) {
    assert.equal(ranks[Number(row.rank) - 1][row.tissue], row.gene);
    assert.equal(row.direction, "up");
    assert.ok(Number(row.median_shap) > 0);
    const change = Number(row.mean_in_tissue) - Number(row.mean_elsewhere);
    assert.ok(change > 0 && change === Number(row.log2_fold_change));
    assert.ok(Number(row.tau) >= 0 && Number(row.tau) <= 1);
    assert.equal(row.in_consensus, "");
  }
  const listed = ranks.slice(0, 5)
    .flatMap((row) => TISSUES.flatMap((tissue) => row[tissue] || []));
  assert.equal(own.length, listed.length);
  const set = await study.table("shap/shap_genes.csv");
  assert.deepEqual(
    own.filter((row) => row.is_best_tissue === "true")
      .map(({ gene, tissue }) => `${gene} ${tissue}`).sort(),
    set.map(({ gene, tissue }) => `${gene} ${tissue}`).sort(),
  );

  // The same lists for enrichment tools.
  const lines = (await Deno.readTextFile(`${study.path}/shap/tissue_genes.gmt`))
    .trimEnd().split("\n").map((line) => line.split("\t"));
  assert.deepEqual(
    lines.map(([name, , ...genes]) => [name, ...genes]),
    TISSUES.map((tissue) => [
      tissue,
      ...own.filter((row) => row.tissue === tissue).map(({ gene }) => gene),
    ]),
  );
  assert.equal(
    await Deno.readTextFile(`${study.path}/shap/background.txt`),
    Array.from({ length: GENES }, (_, gene) => `g${gene}\n`).join(""),
  );
});

Deno.test("genes of either direction are ranked if asked for, and the absent ones listed", async () => {
  await using study = await StudyFolder.make();
  await study.train();
  await explain(study, { direction: "both" }, 1, "both");
  await explain(study, {}, 1, "up");
  const both = await study.table("both/ranks.csv");
  assert.equal(both.length, GENES);
  const absent = await study.table("both/absent_genes.csv");
  assert.deepEqual(await study.table("up/absent_genes.csv"), absent);
  assert.ok(absent.length > 0);
  for (const { tissue, rank, gene, direction, median_shap } of absent) {
    assert.equal(both[Number(rank) - 1][tissue], gene);
    assert.equal(direction, "down");
    assert.ok(Number(median_shap) > 0);
  }
  // Without the absent genes, and those below 0, it is the other ranking.
  const up = await study.table("up/ranks.csv");
  for (const tissue of TISSUES) {
    const down = new Set(
      absent.flatMap((row) => row.tissue === tissue ? [row.gene] : []),
    );
    const own = up.flatMap((row) => row[tissue] || []);
    assert.deepEqual(
      both.map((row) => row[tissue]).filter((gene) => !down.has(gene))
        .slice(0, own.length),
      own,
    );
  }
});

Deno.test("one thread and two write the same bytes", async () => {
  await using study = await StudyFolder.make();
  await study.train({ epochs: 6 });
  const one = await explain(study, {}, 1, "one");
  assert.deepEqual(await explain(study, {}, 2, "two"), one);
  assert.deepEqual(await study.files("two"), await study.files("one"));
});

Deno.test("a tissue that is never predicted right has no ranks, and a warning names it", async () => {
  await using study = await StudyFolder.make({ disguised: ["root"] });
  await study.train();
  await explain(study, { samples: "right" });
  assert.equal(await study.header("shap/ranks.csv"), "rank,leaf,seed");
  assert.deepEqual(study.warnings, [
    "No genes for 'root' (0): a tissue needs at least 3 explained samples. " +
    "--folds 5 explains every sample; --shap.min-samples 1 ranks a " +
    "tissue by any number of samples.",
    `${ALL_OR_NOTHING} --shap.cutoff top takes a number of ranks.`,
  ]);
  const summary = await study.json("shap/summary.json");
  assert.deepEqual(summary.tissues_left_out, [{ tissue: "root", samples: 0 }]);
  assert.deepEqual([summary.correct, summary.ranked], [6, 6]);
  const chosen = await study.table("shap/shap_genes.csv");
  assert.ok(chosen.every(({ tissue }) => tissue !== "root"));
  // The samples are explained all the same.
  const explained = await study.table("shap/explanations.csv");
  const root = explained.filter((row) => row.tissue === "root");
  assert.equal(root.length, 3);
  assert.ok(root.every((row) => row.explained_tissue === row.predicted));
});

Deno.test("without a sample to rank the stage says what to do", async () => {
  await using wrong = await StudyFolder.make({ disguised: TISSUES });
  await wrong.train();
  await assert.rejects(
    explain(wrong, { samples: "right" }),
    (error) =>
      error instanceof RunError &&
      /no explained sample's tissue was predicted right/.test(error.message) &&
      error.remedy === "deno task shap --samples all",
  );
  await using none = await StudyFolder.make({ without: ["test"] });
  await none.train({ epochs: 1 });
  await assert.rejects(
    explain(none),
    (error) =>
      error instanceof RunError && /the test part is empty/.test(error.message),
  );
});

Deno.test("a wrongly predicted sample is explained for its own tissue", async () => {
  await using study = await StudyFolder.make({ disguised: ["root"] });
  await study.train();
  await explain(study, { draws: 200 });
  assert.equal(await study.header("shap/ranks.csv"), "rank,leaf,root,seed");
  const explained = await study.table("shap/explanations.csv");
  assert.ok(explained.every((row) => row.explained_tissue === row.tissue));
  const root = explained.filter((row) => row.tissue === "root");
  assert.ok(root.every((row) => row.predicted === "seed"));
  for (const row of root) {
    // They do not look like root: its probability is below its base value.
    assert.ok(Number(row.model_output) < 0.5);
    assert.ok(Number(row.shap_sum) < 0);
    const gap = Math.abs(Number(row.additivity_gap));
    assert.ok(gap < 5 * Number(row.standard_error) + 1e-6, `gap ${gap}`);
  }
});

Deno.test("a tissue with too few samples enters no list", async () => {
  await using study = await StudyFolder.make();
  await study.train({ epochs: 2 });
  // Two of root's three test samples become training samples.
  const samples = await study.table("prepare/samples.csv");
  const few = samples.filter((row) =>
    row.split === "test" && row.tissue === "root"
  ).slice(1);
  for (const row of few) row.split = "train";
  await Deno.writeTextFile(
    `${study.path}/prepare/samples.csv`,
    formatRows(Object.keys(samples[0]), samples),
  );
  await explain(study);
  const summary = await study.json("shap/summary.json");
  assert.deepEqual(summary.tissues_left_out, [{ tissue: "root", samples: 1 }]);
  assert.deepEqual([summary.explained, summary.ranked], [7, 6]);
  assert.equal(await study.header("shap/ranks.csv"), "rank,leaf,seed");
  for (
    const file of ["tissue_genes.csv", "absent_genes.csv", "stability.csv"]
  ) {
    const rows = await study.table(`shap/${file}`);
    assert.ok(rows.every(({ tissue }) => tissue !== "root"), file);
  }
  await explain(study, { "min-samples": 1 }, 1, "one");
  assert.equal(await study.header("one/ranks.csv"), "rank,leaf,root,seed");
  await assert.rejects(
    explain(study, { "min-samples": 4 }),
    (error) =>
      error instanceof RunError &&
      error.message.endsWith(
        "0 of 3 tissues have at least 4 samples to rank, and at least 2 " +
          "should; 'leaf' (3), 'root' (1), 'seed' (3)",
      ) && error.remedy === "deno task prepare --folds 5",
  );
});

/** Sets all weights of the trained network to one value. */
async function setWeights(study: StudyFolder, value: number): Promise<void> {
  const names = [...(await study.files("cnn")).keys()];
  const [name] = names.filter((name) => name.endsWith("weights.bin"));
  const path = `${study.path}/cnn/${name}`;
  const { size } = await Deno.stat(path);
  const weights = new Float32Array(size / 4).fill(value);
  await Deno.writeFile(path, new Uint8Array(weights.buffer));
}

Deno.test("scores that are all 0 are one clear error, whatever is explained", async () => {
  await using study = await StudyFolder.make();
  await study.train({ epochs: 1 });
  await setWeights(study, 0);
  for (const direction of ["up", "both"] as const) {
    await assert.rejects(
      explain(study, { output: "centered-logit", direction }),
      (error) =>
        error instanceof RunError &&
        /^Cannot rank the genes: in every tissue all median SHAP values are 0/
          .test(error.message) &&
        error.remedy === "deno task cnn --learning-rate 0.00003",
    );
  }
  await assert.rejects(
    explain(study, { output: "probability" }),
    (error) =>
      error instanceof RunError &&
      error.remedy === "deno task shap --output centered-logit",
  );
});

Deno.test("a network without finite outputs is not explained", async () => {
  await using study = await StudyFolder.make();
  await study.train({ epochs: 1 });
  await setWeights(study, NaN);
  await assert.rejects(
    explain(study),
    (error) =>
      error instanceof RunError &&
      /outputs of network 1 of fold 1 are not finite/.test(error.message),
  );
});

Deno.test("a few draws of an output that saturates: the gap is said and the remedy works", async () => {
  await using study = await StudyFolder.make();
  await study.train();
  const few = await explain(study, { draws: 10 });
  const { median_gap_share: share } = await study.json("shap/summary.json");
  assert.ok(share > 1 / 3 && share <= 1, `share ${share}`);
  assert.match(
    few.verdict,
    /; the scores explain little of the network's output: they miss \d+ %$/,
  );
  const warning = study.warnings.find((text) => /explain little/.test(text))!;
  const draws = Number(/--shap\.draws (\d+) takes enough/.exec(warning)![1]);
  assert.match(warning, /--shap\.output centered-logit explains one/);
  const more = await explain(study, { draws }, 1, "more");
  assert.doesNotMatch(more.verdict, /explain little/);
  const logit = await explain(study, { output: "centered-logit" }, 1, "logit");
  assert.doesNotMatch(logit.verdict, /explain little/);
  for (const folder of ["more", "logit"]) {
    const { median_gap_share } = await study.json(`${folder}/summary.json`);
    assert.ok(median_gap_share < 1 / 3, `${folder} ${median_gap_share}`);
  }
});
