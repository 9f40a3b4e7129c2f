/** The stage with decoys, folds, replicates, other cuts and `auto` draws. */

import assert from "node:assert/strict";
import { readNpy } from "../../lib/store/npy.ts";
import { InputError, RunError } from "../../lib/cli/errors.ts";
import { GENES, StudyFolder, TISSUES } from "../cnn/run_folder.ts";
import { explain, hideDecoys } from "./explain.ts";

const DECOYS = 8;

/** The scores of each sample by its id, gene by gene. */
async function scoresById(study: StudyFolder, folder: string, file: string) {
  const explained = await study.table(`${folder}/explained.csv`);
  const { data, shape } = await readNpy(`${study.path}/${folder}/${file}`);
  return new Map(
    explained.map(({ sample_id }, row) => [
      sample_id,
      {
        of: explained[row],
        scores: data.slice(row * shape[1], (row + 1) * shape[1]),
      },
    ]),
  );
}

Deno.test("decoys are scored apart, and their entries are counted", async () => {
  await using study = await StudyFolder.make();
  await hideDecoys(study, DECOYS);
  await study.train();
  const { verdict } = await explain(study);
  const { shape } = await readNpy(`${study.path}/shap/scores.npy`);
  assert.deepEqual(shape, [9, GENES]);
  const genes = await scoresById(study, "shap", "scores.npy");
  const decoys = await scoresById(study, "shap", "decoy_scores.npy");
  for (const [sampleId, { of, scores }] of decoys) {
    assert.equal(scores.length, DECOYS);
    const decoySum = scores.reduce((a, b) => a + b, 0);
    const geneSum = genes.get(sampleId)!.scores.reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(Number(of.decoy_sum) - decoySum) < 1e-6);
    assert.ok(Math.abs(Number(of.sum) - geneSum - decoySum) < 1e-6);
    assert.ok(Number(of.standard_error) > 0);
    assert.equal(of.fold, "1");
  }
  // Ranks hold real genes alone.
  const ranks = await study.table("shap/ranks.csv");
  assert.equal(ranks.length, GENES);
  assert.ok(TISSUES.every((t) => ranks.every((r) => /^g\d+$/.test(r[t]))));

  const summary = await study.json("shap/summary.json");
  const curve = await study.table("shap/cut_curve.csv");
  assert.equal(
    await study.header("shap/cut_curve.csv"),
    "rank,genes,unique_share,decoys,decoy_rate,false_discovery_rate",
  );
  const best = await study.table("shap/decoys.csv");
  assert.equal(
    await study.header("shap/decoys.csv"),
    "decoy,source,tissue,rank,median_shap,entered",
  );
  assert.equal(best.length, DECOYS);
  assert.equal(best[0].source, `g${GENES - 1}`);
  curve.forEach((row, place) => {
    assert.equal(Number(row.rank), place + 1);
    const entered = best.filter(({ rank }) => Number(rank) <= place + 1).length;
    assert.equal(Number(row.decoys), entered);
    assert.equal(Number(row.decoy_rate), entered / DECOYS);
    assert.equal(
      Number(row.false_discovery_rate),
      Math.min(1, entered / DECOYS * GENES / Number(row.genes)),
    );
  });
  const at = curve[summary.listed_ranks - 1];
  assert.equal(Number(at.genes), summary.genes);
  assert.deepEqual(summary.decoys, {
    decoys: DECOYS,
    entered: Number(at.decoys),
    rate: Number(at.decoy_rate),
    false_genes: Number(at.decoy_rate) * GENES,
    false_discovery_rate: Number(at.false_discovery_rate),
    lowest_false_discovery_rate: summary.decoys.lowest_false_discovery_rate,
    lowest_at_rank: summary.decoys.lowest_at_rank,
  });
  assert.equal(
    best.filter(({ entered }) => entered === "true").length,
    summary.decoys.entered,
  );
  // The nine genes that tell the tissues apart come before the noise.
  assert.ok(best.every(({ rank }) => Number(rank) > 1));
  assert.match(verdict, /by the decoys up to [\d,]+ genes by chance$/);
});

Deno.test("the cut follows the rule that is asked for", async () => {
  await using study = await StudyFolder.make();
  await hideDecoys(study, DECOYS);
  await study.train();
  await explain(study, { cut: "top", top: 2 });
  const summary = await study.json("shap/summary.json");
  assert.deepEqual([summary.cut, summary.listed_ranks], ["top", 2]);
  const lowest = summary.decoys.lowest_false_discovery_rate;
  await assert.rejects(
    explain(study, { cut: "fdr", fdr: lowest - 1e-9 }),
    (error) =>
      error instanceof RunError &&
      error.message.endsWith(`at rank ${summary.decoys.lowest_at_rank}`),
  );
  await explain(study, { cut: "fdr", fdr: lowest });
  const { decoys, ...others } = await study.json("shap/summary.json");
  assert.equal(others.cut, "fdr");
  assert.equal(others.listed_ranks, decoys.lowest_at_rank);
  const safe = (decoys.entered + 1) / DECOYS * GENES / others.genes;
  assert.equal(safe, lowest);
});

Deno.test("without decoys there is no false discovery rate to cut by", async () => {
  await using study = await StudyFolder.make();
  await study.train({ epochs: 1 });
  await assert.rejects(
    explain(study, { cut: "fdr" }),
    (error) =>
      error instanceof InputError &&
      /no decoy genes/.test(error.message) &&
      error.remedy === "deno task prepare --decoys 0.1",
  );
});

Deno.test("auto takes rounds until they suffice, and says so", async () => {
  await using study = await StudyFolder.make();
  await study.train({ epochs: 6 });
  await explain(study, { draws: "auto", "max-draws": 400 });
  const summary = await study.json("shap/summary.json");
  const { draws_stability } = summary;
  assert.equal(summary.draws_asked, "auto");
  assert.equal(summary.draws, 50 * 2 ** (summary.rounds - 1));
  assert.ok(summary.draws < 400, "more rounds would have been allowed");
  assert.ok(draws_stability.expected_overlap >= 0.95);
  assert.deepEqual(study.warnings, []);
  const stability = await study.table("shap/stability.csv");
  assert.deepEqual(stability.map(({ tissue }) => tissue), TISSUES);
  const mean = stability.reduce((sum, row) => sum + Number(row.overlap) / 3, 0);
  assert.ok(Math.abs(mean - draws_stability.overlap_of_halves) < 1e-12);
});

Deno.test("auto ends at the most draws, and warns", async () => {
  await using study = await StudyFolder.make();
  // Hardly trained, the scores are mostly noise.
  await study.train({ epochs: 3 });
  await explain(study, { draws: "auto", "max-draws": 50 });
  const summary = await study.json("shap/summary.json");
  assert.deepEqual([summary.draws, summary.rounds], [50, 1]);
  const { expected_overlap } = summary.draws_stability;
  assert.ok(expected_overlap < 0.95, `${expected_overlap}`);
  const [warning] = study.warnings.filter((text) => /draws/.test(text));
  assert.match(
    warning,
    /^The draws ended at 50 a sample, as --shap.max-draws has it: /,
  );
});

Deno.test("rounds add up: two of 50 draws are 100 draws", async () => {
  await using study = await StudyFolder.make();
  await study.train({ epochs: 3 });
  await explain(study, { draws: "auto", "max-draws": 100 }, 1, "auto");
  const summary = await study.json("auto/summary.json");
  // The test before shows that one round does not suffice here.
  assert.deepEqual([summary.draws, summary.rounds], [100, 2]);
  // The errors of 100 draws, give or take: those of 50 are 1.4 times as large.
  await explain(study, { draws: 100 }, 1, "fixed");
  const fixed = await study.json("fixed/summary.json");
  assert.deepEqual([fixed.draws, fixed.rounds], [100, 1]);
  const ratio = summary.mean_standard_error / fixed.mean_standard_error;
  assert.ok(ratio > 0.7 && ratio < 1.4, `${ratio}`);
  // And their mean is that of the same function.
  const [auto, plain] = [
    await scoresById(study, "auto", "scores.npy"),
    await scoresById(study, "fixed", "scores.npy"),
  ];
  for (const [sampleId, { of }] of auto) {
    const other = plain.get(sampleId)!.of;
    const error = Math.hypot(
      Number(of.standard_error),
      Number(other.standard_error),
    );
    assert.ok(Math.abs(Number(of.sum) - Number(other.sum)) < 5 * error);
  }
});

Deno.test("a single draw has no error, and nothing is made up", async () => {
  await using study = await StudyFolder.make();
  await study.train({ epochs: 6 });
  await explain(study, { draws: 1 });
  const summary = await study.json("shap/summary.json");
  assert.deepEqual([summary.draws, summary.blocks], [1, 1]);
  assert.equal(summary.draws_stability, null);
  assert.equal(summary.mean_standard_error, null);
  const [row] = await study.table("shap/explained.csv");
  assert.equal(row.standard_error, "");
  assert.equal(await study.header("shap/standard_errors.csv"), "gene");
  const [gene] = await study.table("shap/shap_genes.csv");
  assert.equal(gene.standard_error, "");
});

Deno.test("draws are taken in tens", async () => {
  await using study = await StudyFolder.make();
  await study.train({ epochs: 6 });
  await explain(study, { draws: 12 });
  const { draws, draws_asked } = await study.json("shap/summary.json");
  assert.deepEqual([draws_asked, draws], [12, 20]);
});

Deno.test("replicates are explained as their mean, and compared", async () => {
  await using study = await StudyFolder.make();
  await study.train({ replicates: 2 });
  await explain(study);
  const summary = await study.json("shap/summary.json");
  assert.equal(summary.replicates, 2);
  const { top, overlap, chance_overlap } = summary.networks_stability;
  assert.equal(chance_overlap, top / GENES);
  const pairs = (await study.table("shap/stability.csv"))
    .filter(({ source }) => source === "networks");
  assert.deepEqual(
    pairs.map(({ first, second, tissue }) => [first, second, tissue]),
    TISSUES.map((tissue) => ["1", "2", tissue]),
  );
  const mean = pairs.reduce((sum, row) => sum + Number(row.overlap) / 3, 0);
  assert.ok(Math.abs(mean - overlap) < 1e-12);
  const predicted = (await study.table("cnn/predictions.csv"))
    .filter(({ split }) => split === "test");
  const explained = await study.table("shap/explained.csv");
  explained.forEach((row, place) => {
    assert.equal(row.predicted, predicted[place].predicted);
    const output = Number(row.output);
    assert.ok(Math.abs(output - Number(predicted[place].probability)) < 1e-6);
    const gap = Math.abs(Number(row.gap));
    assert.ok(gap < 5 * Number(row.standard_error) + 1e-6, `gap ${gap}`);
  });
});

Deno.test("in folds each sample is explained by the networks that test it", async () => {
  await using study = await StudyFolder.make({ folds: 2 });
  await hideDecoys(study, DECOYS);
  await study.train({ replicates: 2, epochs: 6 });
  await explain(study, {}, 2, "folds");
  const summary = await study.json("folds/summary.json");
  assert.deepEqual([summary.folds, summary.replicates], [2, 2]);
  const samples = await study.table("prepare/samples.csv");
  const explained = await study.table("folds/explained.csv");
  assert.deepEqual(
    explained.map(({ sample_id, fold }) => [sample_id, fold]),
    samples.map(({ sample_id, fold }) => [sample_id, fold]),
  );
  const predicted = await study.table("cnn/predictions.csv");
  explained.forEach((row, place) => {
    assert.equal(row.predicted, predicted[place].predicted);
    const output = Number(row.output);
    assert.ok(Math.abs(output - Number(predicted[place].probability)) < 1e-6);
  });
  await explain(study, {}, 1, "again");
  assert.deepEqual(await study.files("again"), await study.files("folds"));
});

Deno.test("the order of the samples does not matter", async () => {
  await using study = await StudyFolder.make();
  await study.train({ epochs: 6 });
  await explain(study, {}, 1, "straight");
  const straight = await scoresById(study, "straight", "scores.npy");
  // The training samples, which are the background, are reversed, too.
  await study.reverseSamples();
  await explain(study, {}, 1, "reversed");
  const reversed = await scoresById(study, "reversed", "scores.npy");
  assert.deepEqual([...reversed.keys()], [...straight.keys()].reverse());
  for (const [sampleId, row] of straight) {
    assert.deepEqual(reversed.get(sampleId), row);
  }
  for (const file of ["ranks.csv", "shap_genes.csv", "standard_errors.csv"]) {
    assert.equal(
      await Deno.readTextFile(`${study.path}/reversed/${file}`),
      await Deno.readTextFile(`${study.path}/straight/${file}`),
    );
  }
});
