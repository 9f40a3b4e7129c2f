/** Tests with real matrices, which are beside the checkout if at all. */

import assert from "node:assert/strict";
import { readDataset, rowsOf } from "../../lib/prepare/dataset.ts";
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

async function prepare(given: Record<string, string>) {
  const root = await Deno.makeTempDir();
  const run = await runStage(prepareStage, root, given);
  const dataset = await readDataset(readerOf(root));
  await Deno.remove(root, { recursive: true });
  return { ...run, dataset };
}

const maize = `${data}maize-walley2016/expression.csv.gz`;
Deno.test({
  name: "real data: 68 maize samples x 45,741 genes",
  ignore: isMissing(maize),
  async fn() {
    const { verdict, warnings, dataset } = await prepare({ input: maize });
    assert.match(verdict, /^68 samples x 45,741 genes, 12 tissues; /);
    // 5,146 are zero in the file; ten have only values below float32.
    assert.ok(
      warnings.some((text) => text.startsWith("5,156 genes of 45,741")),
    );
    for (const tissue of dataset.tissueNames) {
      const parts = dataset.split.filter((_, row) =>
        dataset.tissues[row] === tissue
      );
      assert.ok(parts.includes("train") && parts.includes("test"), tissue);
    }
  },
});

const gtex = `${data}gtex-v6-subset/expression.csv.gz`;
Deno.test({
  name: "real data: 1,617 GTEx samples x 10,000 transcripts, whole donors",
  ignore: isMissing(gtex),
  async fn() {
    const { dataset } = await prepare({
      input: gtex,
      samples: `${data}gtex-v6-subset/samples.csv`,
      group: "donor",
    });
    const tests = rowsOf(dataset, "test").length;
    assert.equal(dataset.sampleIds.length, 1617);
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
