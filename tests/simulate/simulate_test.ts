import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readMatrix } from "../prepare/read_matrix.ts";
import * as files from "../../lib/simulate/outputs.ts";
import { simulate } from "../../lib/simulate/simulate.ts";
import { simulateStage } from "../../lib/simulate/stage.ts";
import { readerOf, runStage } from "../prepare/fake_context.ts";
import { refusal } from "../prepare/user_files.ts";

const small = { samples: 30, genes: 100, tissues: 3, studies: 4, planted: 5 };

Deno.test("simulate: the files depend on the seed alone", async () => {
  const hash = async (seed: number) => {
    const root = await Deno.makeTempDir();
    const { folder } = await runStage(simulateStage, root, small, seed);
    const digest = createHash("sha256");
    for (const name of ["expression.csv", "samples.csv", "truth.csv"]) {
      digest.update(await Deno.readFile(`${folder}/${name}`));
    }
    return digest.digest("hex");
  };
  // Golden: the demo of a released version must stay the same everywhere.
  assert.equal(
    await hash(42),
    "977032ea10b452be88cebe2afc422571af41b0f28b2066cc1d776cc02991e05a",
  );
  assert.notEqual(await hash(43), await hash(42));
});

Deno.test("simulate: the files are what prepare reads", async () => {
  const root = await Deno.makeTempDir();
  const { folder, verdict } = await runStage(simulateStage, root, small);
  const matrix = await readMatrix(`${folder}/expression.csv`);
  assert.equal(matrix.sampleIds.length, 30);
  assert.equal(matrix.genes.length, 100);
  assert.equal(matrix.genes[0], "Sim0001");
  const reader = readerOf(root);
  const samples = await reader.read(files.samples);
  assert.deepEqual(samples.map((row) => row.sample_id), matrix.sampleIds);
  assert.deepEqual(samples.map((row) => row.tissue), matrix.tissues);
  assert.ok(samples.every(({ reads }) => reads > 1000));
  const truth = await reader.read(files.truth);
  assert.ok(truth.every((row) => matrix.genes.includes(row.gene)));
  const specific = truth.filter(({ kind }) => kind === "specific");
  assert.equal(specific.length, 15);
  assert.deepEqual(
    specific.slice(0, 5).map((row) => row.log2_fold_change),
    [4, 3.125, 2.25, 1.375, 0.5],
  );
  assert.match(
    verdict,
    /30 samples x 100 genes: 3 tissues in 4 studies, 5 genes up in each tissue, 5 genes too high in study\d, which holds mostly \w+$/,
  );
});

Deno.test("simulate: TPM sum to a million, some are zero", () => {
  const { tpm, genes } = simulate({ samples: 60, seed: 7 });
  for (let sample = 0; sample < 60; sample++) {
    const sum = tpm
      .subarray(sample * genes.length, (sample + 1) * genes.length)
      .reduce((total, value) => total + value, 0);
    assert.ok(Math.abs(sum - 1e6) < 1e-3);
  }
  // 14 to 27 % in measured matrices of maize and of human tissues.
  const zeros = tpm.filter((value) => value === 0).length / tpm.length;
  assert.ok(zeros > 0.1 && zeros < 0.3, `${zeros}`);
});

Deno.test("simulate: the largest library has 4 to 9 times the reads of the smallest", () => {
  for (const seed of [42, 7, 11]) {
    const { librarySizes } = simulate({ seed });
    const ratio = Math.max(...librarySizes) / Math.min(...librarySizes);
    assert.ok(ratio > 4 && ratio < 9, `${ratio}`);
  }
});

Deno.test("simulate: a setting changes what it is about, not all draws", () => {
  const size = { samples: 40, genes: 300, tissues: 3, planted: 5 };
  const usual = simulate({ ...size, seed: 1 });
  const noisier = simulate({ ...size, dispersion: 0.4, seed: 1 });
  assert.deepEqual(noisier.studies, usual.studies);
  assert.deepEqual(noisier.truth, usual.truth);
  assert.notDeepEqual(noisier.tpm, usual.tpm);
});

Deno.test("simulate: counts are over-dispersed as asked", () => {
  const genes = 600;
  const spread = (dispersion: number) => {
    const { tpm } = simulate({
      samples: 200,
      genes,
      tissues: 2,
      studies: 1,
      planted: 1,
      "low-expression": 0,
      modules: 0,
      effect: 1,
      dispersion,
      seed: 3,
    });
    const variations: number[] = [];
    for (let gene = 0; gene < genes; gene++) {
      const values = Array.from(
        { length: 200 },
        (_, sample) => tpm[sample * genes + gene],
      );
      const mean = values.reduce((sum, value) => sum + value, 0) / 200;
      if (mean < 1000) continue;
      const squares = values.reduce((sum, v) => sum + (v - mean) ** 2, 0);
      variations.push(squares / 199 / mean ** 2);
    }
    assert.ok(variations.length > 100);
    return variations.sort((a, b) => a - b);
  };
  // A negative binomial's squared coefficient of variation is the dispersion
  // plus 1 / mean, some 0.002 here. The median over genes whose dispersions
  // have a natural-log sd of 0.7 has a standard error of 7 %; the other genes'
  // reads, by which TPM are divided, vary too.
  for (const dispersion of [0.2, 0.05]) {
    const found = spread(dispersion);
    const quantile = (share: number) => found[Math.floor(share * found.length)];
    const median = quantile(0.5) / dispersion;
    assert.ok(Math.abs(median - 1) < 0.2, `${dispersion}: ${median}`);
    // 10 % to 90 % of a log-normal: exp(2 * 1.28 * 0.7) = 6.
    const range = quantile(0.9) / quantile(0.1);
    assert.ok(range > 3.5 && range < 9, `${dispersion}: ${range}`);
  }
});

Deno.test("simulate: what cannot be is refused, with what to do", async () => {
  const root = await Deno.makeTempDir();
  const design = { tissues: 3, planted: 15 };
  for (
    const [given, message] of [
      [
        { samples: 6, tissues: 3 },
        /6 samples of 3 .* at least 3 per tissue, 9/,
      ],
      // (15 + 5) * 3 + 20 + 15 = 95 planted genes.
      [{ ...design, genes: 40 }, /95 genes .* at least 143 genes, not 40/],
      [
        { ...design, tissues: 2, down: 1 },
        /--simulate.down: there must be at least 3 tissues, not 2/,
      ],
      [
        { ...design, tissues: 2, "group-enriched": 9 },
        /9 genes of --simulate.group-enriched: .* 3 tissues, not 2/,
      ],
      [
        { ...design, studies: 1, "study-biased": 2 },
        /--simulate.study-biased: there must be at least 2 studies, not 1/,
      ],
      [
        { ...design, genes: 200, modules: 67 },
        /67 modules of 3 genes: there are only 200 genes/,
      ],
    ] as const
  ) {
    const run = runStage(simulateStage, root, given);
    await assert.rejects(run, refusal(message));
  }
});

Deno.test("simulate: the remedies work", () => {
  const design = { samples: 30, tissues: 3, planted: 15, seed: 1 };
  assert.doesNotThrow(() => simulate({ ...design, genes: 143 }));
  assert.throws(() => simulate({ ...design, genes: 142 }));
  assert.doesNotThrow(() => simulate({ ...design, genes: 200, modules: 66 }));
});
