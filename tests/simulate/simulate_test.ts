import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readMatrix } from "../../lib/prepare/input/read_matrix.ts";
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
    "ffcf51951a3dc0d5fa9d851c236433517ed15c7dc1913a5d56f479045ff028af",
  );
  assert.notEqual(await hash(43), await hash(42));
});

Deno.test("simulate: the files are what prepare reads", async () => {
  const root = await Deno.makeTempDir();
  const { folder, verdict } = await runStage(simulateStage, root, small);
  const matrix = await readMatrix({ path: `${folder}/expression.csv` });
  assert.equal(matrix.sampleIds.length, 30);
  assert.equal(matrix.genes.length, 100);
  assert.equal(matrix.genes[0], "Sim0001");
  const reader = readerOf(root);
  const samples = await reader.read(files.samples);
  assert.deepEqual(samples.map((row) => row.sample_id), matrix.sampleIds);
  assert.deepEqual(samples.map((row) => row.tissue), matrix.tissues);
  const truth = await reader.read(files.truth);
  assert.equal(truth.length, 15);
  assert.equal(new Set(truth.map((row) => row.gene)).size, 15);
  assert.ok(truth.every((row) => matrix.genes.includes(row.gene)));
  assert.deepEqual(truth.slice(0, 5).map((row) => row.log2_fold_change), [
    4,
    3.125,
    2.25,
    1.375,
    0.5,
  ]);
  assert.match(verdict, /30 samples x 100 genes: 3 tissues in 4 studies/);
});

Deno.test("simulate: every tissue is in three studies or more, no study has all", () => {
  const demo = simulate({
    samples: 240,
    genes: 240,
    tissues: 8,
    studies: 12,
    planted: 15,
    effect: 4,
    dispersion: 0.2,
    seed: 42,
  });
  const studiesOf = new Map<string, Set<string>>();
  demo.tissues.forEach((tissue, row) => {
    studiesOf.set(
      tissue,
      (studiesOf.get(tissue) ?? new Set()).add(demo.studies[row]),
    );
  });
  assert.equal(studiesOf.size, 8);
  for (const studies of studiesOf.values()) assert.ok(studies.size >= 3);
  const cells = [...studiesOf.values()].reduce((sum, own) => sum + own.size, 0);
  assert.ok(cells < 8 * 12, "study and tissue are partly confounded");
});

Deno.test("simulate: TPM sum to a million, some are zero, planted genes stand out", () => {
  const genes = 400;
  const demo = simulate({
    samples: 120,
    genes,
    tissues: 4,
    studies: 6,
    planted: 10,
    effect: 4,
    dispersion: 0.2,
    seed: 7,
  });
  for (let sample = 0; sample < 120; sample++) {
    const sum = demo.tpm.subarray(sample * genes, (sample + 1) * genes)
      .reduce((total, value) => total + value, 0);
    assert.ok(Math.abs(sum - 1e6) < 1e-3);
  }
  const zeros = demo.tpm.filter((value) => value === 0).length;
  assert.ok(zeros > 0.05 * demo.tpm.length && zeros < 0.4 * demo.tpm.length);

  const measured = demo.truth.map(({ gene, tissue }) => {
    const column = demo.genes.indexOf(gene);
    const mean = (wanted: boolean) => {
      const rows = demo.tissues.flatMap((own, row) =>
        (own === tissue) === wanted ? [row] : []
      );
      return rows.reduce(
        (sum, row) => sum + Math.log2(demo.tpm[row * genes + column] + 1),
        0,
      ) / rows.length;
    };
    return mean(true) - mean(false);
  });
  const averageOf = (chosen: (change: number) => boolean) => {
    const own = measured.filter((_, index) =>
      chosen(demo.truth[index].log2_fold_change)
    );
    return own.reduce((sum, change) => sum + change, 0) / own.length;
  };
  const strong = averageOf((change) => change > 2.7);
  const weak = averageOf((change) => change < 1.3);
  assert.ok(strong > 2 && strong < 4, `strong ones: ${strong}`);
  assert.ok(weak > 0.2 && weak < 1.3, `weak ones: ${weak}`);
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
    return variations.sort((a, b) => a - b)[Math.floor(variations.length / 2)];
  };
  // A negative binomial's squared coefficient of variation is the dispersion
  // plus 1 / mean, some 0.002 here; one gene's estimate has a standard error
  // of about 15 % and the median of over 100 genes one of 2 %.
  assert.ok(Math.abs(spread(0.2) / 0.2 - 1) < 0.1, `${spread(0.2)}`);
  assert.ok(Math.abs(spread(0.05) / 0.05 - 1) < 0.15, `${spread(0.05)}`);
});

Deno.test("simulate: a design that cannot be is refused", async () => {
  const root = await Deno.makeTempDir();
  for (
    const [given, message] of [
      [{ samples: 6, tissues: 3 }, /at least 3 per tissue/],
      [{ genes: 40, tissues: 3, planted: 15 }, /at least 90 genes, not 40/],
    ] as const
  ) {
    const run = runStage(simulateStage, root, given);
    await assert.rejects(run, refusal(message));
  }
});
