/** Tests with real matrices, which are beside the checkout if at all. */

import assert from "node:assert/strict";
import type { ParameterValue } from "../../lib/cli/parameters.ts";
import { readDataset, rowsOf } from "../../lib/prepare/dataset.ts";
import * as files from "../../lib/prepare/outputs.ts";
import { recognizeValues } from "../../lib/prepare/normalize/recognize.ts";
import { prepareStage } from "../../lib/prepare/stage.ts";
import { readerOf, runStage } from "./fake_context.ts";

const data = new URL("../../../shared/data/", import.meta.url).pathname;

function isMissing(path: string): boolean {
  try {
    return !Deno.statSync(path).isFile;
  } catch {
    console.log(`SKIPPED: there is no ${path}, so it is not tested`);
    return true;
  }
}

async function prepare(given: Record<string, ParameterValue>) {
  const root = await Deno.makeTempDir();
  const run = await runStage(prepareStage, root, given);
  const reader = readerOf(root);
  const dataset = await readDataset(reader);
  const preprocessing = await reader.read(files.preprocessing);
  await Deno.remove(root, { recursive: true });
  return { ...run, dataset, preprocessing };
}

const maize = `${data}maize-walley2016/expression.csv.gz`;
Deno.test({
  name: "real data: 68 maize samples x 45,741 genes",
  ignore: isMissing(maize),
  async fn() {
    const { verdict, preprocessing, dataset } = await prepare({
      input: maize,
      folds: 1,
    });
    assert.match(verdict, /^68 samples x 31,423 genes, 12 tissues; /);
    assert.equal(preprocessing.values, "other");
    assert.equal(preprocessing.normalization, "none");
    assert.equal(preprocessing.genes_in_matrix, 45741);
    for (const tissue of dataset.tissueNames) {
      const parts = dataset.split.filter((_, row) =>
        dataset.tissues[row] === tissue
      );
      assert.ok(parts.includes("train") && parts.includes("test"), tissue);
    }
  },
});

Deno.test({
  name: "real data: all genes of the maize matrix, if none is filtered",
  ignore: isMissing(maize),
  async fn() {
    const { warnings, preprocessing } = await prepare({
      input: maize,
      "min-expression": 0,
    });
    // 5,146 are zero in the file; ten have only values below float32.
    assert.ok(
      warnings.some((text) => text.startsWith("5,156 genes of 45,741")),
    );
    assert.deepEqual(preprocessing.fewest_tested, {
      tissue: "ear",
      test_samples: 1,
    });
  },
});

const gtex = `${data}gtex-v6-subset/expression.csv.gz`;
Deno.test({
  name: "real data: 1,617 GTEx samples x 10,000 transcripts, whole donors",
  ignore: isMissing(gtex),
  async fn() {
    const { dataset, preprocessing } = await prepare({
      input: gtex,
      folds: 1,
      samples: `${data}gtex-v6-subset/samples.csv`,
      group: "donor",
    });
    const tests = rowsOf(dataset, "test").length;
    assert.equal(dataset.sampleIds.length, 1617);
    assert.equal(preprocessing.values, "other");
    assert.ok(Math.abs(tests - 0.2 * 1617) <= 3);
    const partOf = new Map<string, string>();
    dataset.groups.forEach((donor, row) => {
      assert.equal(partOf.get(donor) ?? dataset.split[row], dataset.split[row]);
      partOf.set(donor, dataset.split[row]);
    });
    for (const tissue of dataset.tissueNames) {
      const rows = dataset.tissues.flatMap((own, row) =>
        own === tissue ? [row] : []
      );
      const tested = rows.filter((row) => dataset.split[row] === "test");
      assert.ok(Math.abs(tested.length - 0.2 * rows.length) <= 1, tissue);
      assert.ok(rows.some((row) => dataset.split[row] === "train"), tissue);
    }
  },
});

const counts = `${data}rnaseqdb-6-tissues/counts.tsv.gz`;
Deno.test({
  name: "real data: counts that RSEM expects are recognized as counts",
  ignore: isMissing(counts),
  async fn() {
    const lines = (await readGzip(counts)).trimEnd().split("\n");
    const [, , ...samples] = lines[0].split("\t");
    const rows = lines.slice(1).map((line) => line.split("\t").slice(2));
    const values = Float32Array.from(
      samples.flatMap((_, sample) => rows.map((row) => Number(row[sample]))),
    );
    const { kind, wholeShare } = recognizeValues(values, rows.length);
    assert.equal(kind, "counts");
    assert.ok(wholeShare > 0.72 && wholeShare < 0.74);
  },
});

async function readGzip(path: string): Promise<string> {
  using file = await Deno.open(path);
  const stream = file.readable.pipeThrough(new DecompressionStream("gzip"));
  return await new Response(stream).text();
}
