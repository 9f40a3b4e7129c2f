/** The stage with its own choices: counts, CPM, the filter, and the folds. */

import assert from "node:assert/strict";
import type { ParameterValue } from "../../lib/cli/parameters.ts";
import { readDataset } from "../../lib/prepare/dataset.ts";
import * as files from "../../lib/prepare/outputs.ts";
import {
  formatFilter,
  type Preprocessing,
} from "../../lib/prepare/describe.ts";
import { prepareStage } from "../../lib/prepare/stage.ts";
import { readerOf, runStage } from "./fake_context.ts";
import { edger, matrixOf, relativeGap } from "./normalize/edger.ts";
import { refusal } from "./user_files.ts";

const { small } = edger;

/** The counts of edgeR's fixture as a user's file. */
function countsFile(rows?: readonly number[], scale = 1): string {
  const { sampleIds, tissues, genes, values } = matrixOf(small, rows);
  const lines = sampleIds.map((id, row) => {
    const own = values.subarray(row * genes.length, (row + 1) * genes.length);
    return [id, ...own.map((value) => value * scale), tissues[row]].join(",");
  });
  return [["id", ...genes, "tissue"].join(","), ...lines].join("\n") + "\n";
}

async function prepare(
  text: string,
  given: Partial<Record<string, ParameterValue>> = {},
) {
  const root = await Deno.makeTempDir();
  const input = `${root}/matrix.csv`;
  await Deno.writeTextFile(input, text);
  const run = await runStage(prepareStage, root, { input, ...given });
  const reader = readerOf(root);
  const found = {
    ...run,
    dataset: await readDataset(reader),
    preprocessing: await reader.read(files.preprocessing),
    libraries: await reader.read(files.libraries),
    filtered: await reader.read(files.filteredGenes),
    genes: await reader.read(files.genes),
    decoys: await reader.has(files.decoys)
      ? await reader.read(files.decoys)
      : [],
  };
  await Deno.remove(root, { recursive: true });
  return found;
}

Deno.test("preprocessing: counts become CPM, genes are filtered as by edgeR", async () => {
  const found = await prepare(countsFile());
  const { preprocessing, dataset, genes, filtered } = found;
  assert.deepEqual(genes.map(({ gene }) => gene), small.keep_any_total);
  assert.deepEqual(dataset.genes, small.keep_any_total);
  assert.equal(genes.length + filtered.length, small.genes.length);
  const sizes = small.library_size.toSorted((a, b) => a - b);
  assert.deepEqual(preprocessing, {
    values: "counts",
    whole_share: 1,
    largest_value: Math.max(...small.counts),
    smallest_value: 0,
    negative_values: 0,
    library_size: { min: sizes[0], median: sizes[7], max: sizes[14] },
    normalization: "cpm",
    reference_sample: null,
    min_expression: 10 / (sizes[7] / 1e6),
    min_samples: 3,
    genes_in_matrix: 800,
    genes_filtered: filtered.length,
    fewest_tested: { tissue: "leaf", test_samples: 1 },
  });
  assert.deepEqual(
    found.libraries,
    small.samples.map((sample_id, row) => ({
      sample_id,
      library_size: small.library_size[row],
      norm_factor: 1,
    })),
  );
  const cpm = (gene: string, row: number) =>
    small.counts[row * 800 + small.genes.indexOf(gene)] /
    (small.library_size[row] / 1e6);
  dataset.genes.forEach((gene, column) => {
    const value = dataset.values[3 * dataset.genes.length + column];
    assert.equal(value, Math.fround(Math.log2(cpm(gene, 3) + 1)));
  });
  for (const { gene, samples_reaching, max } of filtered) {
    const values = small.samples.map((_, row) => cpm(gene, row));
    assert.equal(max, Math.max(...values));
    assert.ok(samples_reaching < 3);
    assert.equal(
      samples_reaching,
      values.filter((value) => value >= preprocessing.min_expression).length,
    );
  }
  const kept = new Set(dataset.genes);
  assert.equal(found.decoys.length, Math.floor(kept.size / 2));
  assert.ok(found.decoys.every(({ source }) => kept.has(source)));
  assert.match(found.verdict, /^15 samples x 264 genes, 4 tissues; /);
  assert.match(
    found.verdict,
    /counts \(100 % .*; sums per sample 8,226 to [\d,]+\); divided by the library size \(CPM\)\n/,
  );
  assert.match(
    found.verdict,
    /\n536 of 800 genes left out: fewer than 3 samples with \d+ CPM or more\n/,
  );
  assert.match(
    found.verdict,
    /\n5 folds, because a single test part would have only 1 sample of tissue 'leaf' \(fewer than 5\)$/,
  );
});

Deno.test("preprocessing: TMM by effective library sizes", async () => {
  const { preprocessing, libraries, dataset, verdict } = await prepare(
    countsFile(),
    { normalize: "tmm" },
  );
  assert.equal(preprocessing.normalization, "tmm");
  assert.equal(preprocessing.reference_sample, small.reference);
  const factors = libraries.map(({ norm_factor }) => norm_factor);
  assert.ok(relativeGap(factors, small.norm_factors) < 1e-12);
  assert.deepEqual(dataset.genes, small.keep_tmm_any_total);
  assert.match(verdict, /; divided by the effective library size \(TMM\)\n/);
});

Deno.test("preprocessing: the order of the samples does not matter", async () => {
  const rows = small.samples.map((_, row) => (row * 4 + 3) % 15);
  for (const normalize of ["auto", "tmm"]) {
    const first = await prepare(countsFile(), { normalize });
    const second = await prepare(countsFile(rows), { normalize });
    assert.deepEqual(second.preprocessing, first.preprocessing);
    assert.deepEqual(second.filtered, first.filtered);
    assert.deepEqual(second.genes, first.genes);
    const genes = first.genes.length;
    rows.forEach((from, row) =>
      assert.deepEqual(
        second.dataset.values.subarray(row * genes, (row + 1) * genes),
        first.dataset.values.subarray(from * genes, (from + 1) * genes),
      )
    );
  }
});

Deno.test("preprocessing: without a transform all stays as it is", async () => {
  const { preprocessing, dataset, filtered } = await prepare(countsFile(), {
    transform: "none",
  });
  assert.equal(preprocessing.values, "counts");
  assert.equal(preprocessing.normalization, "none");
  assert.equal(preprocessing.min_expression, 0);
  assert.deepEqual(filtered, []);
  assert.deepEqual([...dataset.values], small.counts);
});

Deno.test("preprocessing: the flags decide over what was recognized", async () => {
  const { preprocessing, genes, verdict } = await prepare(countsFile(), {
    normalize: "none",
    "min-expression": 50,
    "expressing-samples": 1,
    folds: 1,
  });
  assert.equal(preprocessing.normalization, "none");
  assert.equal(preprocessing.fewest_tested, null);
  const reached = small.genes.filter((_, gene) =>
    small.samples.some((_, row) => small.counts[row * 800 + gene] >= 50)
  );
  assert.deepEqual(genes.map(({ gene }) => gene), reached);
  assert.match(verdict, /left out: no sample with 50 counts or more$/);
});

Deno.test("preprocessing: values that are no counts, and a threshold that fits none", async () => {
  const fractions = countsFile(undefined, 0.3);
  const { preprocessing, verdict } = await prepare(fractions);
  assert.equal(preprocessing.values, "other");
  assert.equal(preprocessing.min_expression, 1);
  assert.match(
    verdict,
    /\nThe values look like FPKM, RPKM or the like \([\d.]+ %/,
  );
  assert.match(verdict, /3 samples with a value of 1 or more\n/);
  await assert.rejects(
    prepare(fractions, { "min-expression": 1e6 }),
    refusal(/: 0 of 800 reach 1000000 in 3 samples/, /--min-expression 0/),
  );
  const few = await prepare(fractions, { "min-expression": 300 });
  assert.ok(
    few.warnings.some((text) => /^Only \d+ of 800 genes stay: /.test(text)),
  );
});

Deno.test("preprocessing: the preset of the study keeps its values and genes", async () => {
  const path = new URL("../../presets/original.json", import.meta.url);
  const preset = JSON.parse(await Deno.readTextFile(path));
  const { preprocessing, dataset, decoys } = await prepare(countsFile(), {
    ...preset.prepare,
    folds: preset.folds,
  });
  assert.equal(preprocessing.normalization, "none");
  assert.equal(dataset.folds.length, 1);
  assert.deepEqual(decoys, []);
  assert.deepEqual(
    [...dataset.values],
    small.counts.map((count) => Math.fround(Math.log2(count + 0.001) + 10)),
  );
});

Deno.test("preprocessing: the rule of the filter is said in plain words", () => {
  const found = {
    genes_filtered: 0,
    genes_in_matrix: 9,
    min_expression: 1,
    min_samples: 1,
    normalization: "none",
    values: "other",
  } as unknown as Preprocessing;
  assert.equal(
    formatFilter(found),
    "every gene has a sample with a value of 1 or more",
  );
  assert.equal(
    formatFilter({ ...found, min_samples: 4 }),
    "no gene has fewer than 4 samples with a value of 1 or more",
  );
});
