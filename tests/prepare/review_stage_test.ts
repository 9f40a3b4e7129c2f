/** The stage with the flags on tissues and samples, and what it writes of them. */

import assert from "node:assert/strict";
import type { ParameterValue } from "../../lib/cli/parameters.ts";
import { readDataset } from "../../lib/prepare/dataset.ts";
import * as files from "../../lib/prepare/outputs.ts";
import type { PreparationInput } from "../../lib/prepare/input/read_input.ts";
import { prepareSection } from "../../lib/prepare/section.ts";
import { prepareInput, prepareStage } from "../../lib/prepare/stage.ts";
import { tissueContrasts } from "../../lib/prepare/tissue_contrasts.ts";
import { RandomStream } from "../../lib/random.ts";
import { RunReport } from "../../lib/report/run_report.ts";
import { stageFiles } from "../stage_files.ts";
import { said } from "../said.ts";
import { readerOf, runStage } from "./fake_context.ts";
import { refusal } from "./user_files.ts";

const NAMES = ["root", "leaf", "pollen", "embryo"];

/** A matrix of as many samples a tissue as its last argument says. */
function made(
  valueOf: (tissue: number, gene: number, draw: number) => number,
  genes = 40,
  perTissue = 12,
): PreparationInput {
  const { uniform } = new RandomStream(11);
  const count = NAMES.length * perTissue;
  return {
    sampleIds: Array.from({ length: count }, (_, row) => `S${row}`),
    genes: Array.from({ length: genes }, (_, gene) => `g${gene}`),
    geneFacts: Array.from(
      { length: genes },
      () => ({ name: null, description: null }),
    ),
    sampleFacts: [],
    tissues: Array.from({ length: count }, (_, row) => NAMES[row % 4]),
    values: Float32Array.from(
      { length: count * genes },
      (_, index) => {
        const gene = index % genes;
        return valueOf(Math.floor(index / genes) % 4, gene, uniform());
      },
    ),
  };
}

/** Values like TPM of some genes: a gene in ten is higher in a tissue. */
const PLAIN = made((tissue, gene, draw) =>
  (gene % 10 === tissue ? 400 : 20) * (0.5 + draw)
);

async function prepare(
  input: PreparationInput,
  given: Partial<Record<string, ParameterValue>> = {},
) {
  const root = await Deno.makeTempDir();
  const stage = {
    ...prepareStage,
    run: (context: Parameters<typeof prepareInput>[0]) =>
      prepareInput(context, { ...input, values: input.values.slice() }),
  };
  try {
    const run = await runStage(stage, root, given);
    const reader = readerOf(root);
    const { pipeline } = stageFiles(root, root);
    const report = new RunReport({
      folder: "reports/made",
      pipeline,
      sections: new Map(),
      records: [],
      outdated: [],
      simulated: false,
    });
    const found = await prepareSection.read(reader, report);
    return {
      ...run,
      dataset: await readDataset(reader),
      genes: await reader.read(files.genes),
      input: await reader.read(files.input),
      review: await reader.read(files.review),
      preprocessing: await reader.read(files.preprocessing),
      text: prepareSection.write(found, report),
      verdicts: said(prepareSection, found, report),
    };
  } finally {
    await Deno.remove(root, { recursive: true });
  }
}

/** The input with some rows as others are. */
function copyRows(
  input: PreparationInput,
  sourceOf: (row: number) => number,
): PreparationInput {
  const genes = input.genes.length;
  const values = input.values.slice();
  input.sampleIds.forEach((_, row) => {
    const source = sourceOf(row);
    if (source === row) return;
    values.set(
      input.values.subarray(source * genes, (source + 1) * genes),
      row * genes,
    );
  });
  return { ...input, values };
}

Deno.test("stage: a clean matrix has nothing to note", async () => {
  const { input, review, verdicts, warnings, text } = await prepare(PLAIN);
  assert.deepEqual(input, {
    format: null,
    genes_in: null,
    orientation_reason: null,
    label: null,
    label_from: null,
    samples: 48,
    genes: 40,
    dropped: [],
    merged: [],
    notes: [],
  });
  assert.deepEqual(review.confounders, []);
  assert.equal(review.twins.tested_with_twin, 0);
  assert.equal(verdicts.filter((text) => text.startsWith("**")).length, 0);
  assert.ok(!warnings.some((text) => /twin|predicts|zeros/.test(text)));
  assert.doesNotMatch(text, /How the file was read/);
});

Deno.test("stage: how the file was read, its flags and gene names", async () => {
  const tissues = PLAIN.tissues.map((tissue, row) =>
    row < 2 ? "NA" : row % 4 === 3 ? "Embryo " : tissue
  );
  const found = await prepare({
    ...PLAIN,
    tissues,
    geneFacts: PLAIN.genes.map((_, gene) => ({
      name: gene === 0 ? "ABC1" : null,
      description: gene === 1 ? "a kinase" : "",
    })),
    sampleFacts: [{
      name: "donor",
      texts: PLAIN.sampleIds.map((_, row) => `d${row % 5}`),
    }],
    groups: PLAIN.sampleIds.map((_, row) => `p${row}`),
    merges: new Map([["Embryo", "embryo"]]),
    reading: {
      format: "GCT 1.2",
      genesIn: "rows",
      orientationReason: "because GCT has them there",
      label: "organ|part",
      labelFrom: "sheet",
      notes: ["2 comment lines were skipped"],
    },
  }, {
    "missing-labels": "drop",
    "keep-tissues": ["root", "leaf", "embryo", "NA"],
  });
  assert.equal(found.dataset.sampleIds.length, 34);
  assert.deepEqual(found.dataset.tissueNames, ["embryo", "leaf", "root"]);
  assert.equal(found.dataset.groups[0], "p3");
  assert.deepEqual(found.dataset.sampleIds.slice(0, 3), ["S3", "S4", "S5"]);
  assert.deepEqual(found.genes.slice(0, 2).map(({ name }) => name), [
    "ABC1",
    null,
  ]);
  assert.deepEqual(found.genes.slice(0, 3).map((row) => row.description), [
    null,
    "a kinase",
    null,
  ]);
  assert.equal(found.input.format, "GCT 1.2");
  assert.equal(found.input.samples, 48);
  assert.deepEqual(found.input.dropped, [
    { flag: "keep-tissues", samples: 12 },
    { flag: "missing-labels", samples: 2 },
  ]);
  assert.deepEqual(found.input.merged, [
    { from: "Embryo ", to: "embryo", samples: 12 },
  ]);
  assert.equal(found.warnings[0], "2 comment lines were skipped");
  assert.ok(
    found.text.includes(
      "**How the file was read.** The file was read as GCT 1.2, genes in rows, " +
        "because GCT has them there: 48 samples and 40 genes. The tissue is " +
        "<code>organ&#124;part</code>, in the sample sheet. Tissues were " +
        "renamed (`--merge-labels`): <code>Embryo </code> is `embryo` (12 samples). Left out " +
        "were 12 samples of tissues that were not asked for " +
        "(`--keep-tissues`), 2 samples without a tissue (`--missing-labels`).",
    ),
    found.text,
  );
  assert.match(
    found.text,
    /Looked at, and not mixed up with the tissue: donor/,
  );
});

Deno.test("stage: twins on both sides of the split are in the verdict", async () => {
  // Each sample is there three times.
  const thrice = copyRows(PLAIN, (row) => row % 16);
  for (const folds of [1, 4]) {
    const { review, verdicts, warnings } = await prepare(thrice, { folds });
    assert.equal(review.twins.samples, 48);
    assert.equal(review.twins.sets, 16);
    const { tested, tested_with_twin } = review.twins;
    assert.ok(tested_with_twin > tested / 2);
    const equal = `${tested_with_twin} of ${tested} test samples have an equal`;
    assert.ok(warnings.some((text) => text.startsWith(equal)));
    assert.ok(
      verdicts.some((text) =>
        text.includes(`**Equal samples:** ${equal}`) &&
        text.endsWith("`--drop-twins` leaves them out.")
      ),
    );
  }
  const { review, input, dataset } = await prepare(thrice, {
    "drop-twins": true,
  });
  assert.equal(dataset.sampleIds.length, 16);
  assert.deepEqual(input.dropped, [{ flag: "drop-twins", samples: 32 }]);
  assert.equal(review.twins.samples, 0);
});

Deno.test("stage: groups keep twins on one side", async () => {
  const thrice = copyRows(PLAIN, (row) => row % 16);
  const groups = PLAIN.sampleIds.map((_, row) => `plant${row % 16}`);
  const { review } = await prepare({ ...thrice, groups });
  assert.deepEqual([review.twins.sets, review.twins.tested_with_twin], [16, 0]);
});

Deno.test("stage: samples of zeros are noted, refused by CPM, left out", async () => {
  const values = PLAIN.values.map((value, index) =>
    index < 4 * 40 ? 0 : Math.round(value)
  );
  const counts = { ...PLAIN, values };
  await assert.rejects(
    prepare(counts),
    refusal(/4 samples of 48 have no value above 0/, /--drop-zero-samples$/),
  );
  const noted = await prepare(counts, { normalize: "none" });
  assert.equal(noted.review.empty_samples, 4);
  assert.match(noted.text, /In 4 samples of the matrix nothing was measured/);
  const { dataset, input } = await prepare(counts, {
    "drop-zero-samples": true,
  });
  assert.equal(dataset.sampleIds.length, 44);
  assert.deepEqual(input.dropped, [{ flag: "drop-zero-samples", samples: 4 }]);
});

Deno.test("stage: what predicts the tissue is in the verdict", async () => {
  const sized = made((tissue, gene, draw) =>
    Math.round(10 ** (1 + tissue) * (1 + gene % 7) * (0.5 + draw))
  );
  const { verdicts, warnings } = await prepare({
    ...sized,
    sampleFacts: [
      { name: "batch", texts: sized.tissues.map((t) => `b${t.length}`) },
      { name: "run", texts: sized.sampleIds.map((_, row) => `r${row % 4}`) },
    ],
  });
  const [said] = verdicts.filter((text) => text.startsWith("**Mixed up"));
  assert.match(said, /The library size alone predicts the tissue of 100 %/);
  assert.match(said, /The column `run` alone predicts the tissue of 100 %/);
  assert.equal(
    warnings.filter((text) => /predicts the tissue/.test(text)).length,
    2,
  );
});

Deno.test("stage: z-scores are used as they are, and not logged", async () => {
  const scaled = made((tissue, gene, draw) =>
    (gene % 10 === tissue ? 1.5 : -0.4) + 2 * draw - 1
  );
  await assert.rejects(
    prepare(scaled),
    refusal(/^Cannot take the logarithm: [\d,]+ of 1,920 values are negative/),
  );
  const found = await prepare(scaled, { transform: "none" });
  assert.deepEqual(found.dataset.values, scaled.values);
  assert.equal(found.preprocessing.normalization, "none");
  assert.equal(found.preprocessing.min_expression, 0);
  assert.ok(found.preprocessing.negative_values > 500);
  // A fold change is the difference of means, with any sign of the values.
  const contrasts = tissueContrasts(found.dataset);
  const root = contrasts.find(({ tissue }) => tissue === "root")!;
  assert.ok(Math.abs(root.log2FoldChange[10] - 1.9) < 0.5);
  assert.equal(
    root.log2FoldChange[11],
    root.meanInTissue[11] - root.meanElsewhere[11],
  );
  await assert.rejects(
    prepare(scaled, { transform: "none", normalize: "tmm" }),
    refusal(
      /^Cannot normalize by tmm: [\d,]+ values are negative \(the smallest is -1\.\d+/,
      /--normalize none$/,
    ),
  );
});

Deno.test("stage: logarithms of logarithms are in the verdict", async () => {
  const logged = made((tissue, gene, draw) =>
    (gene % 10 === tissue ? 9 : 4) + draw
  );
  const twice = await prepare(logged);
  assert.equal(twice.review.logarithm_twice, true);
  assert.match(
    twice.verdicts[0],
    /^\*\*Logarithms of logarithms:\*\* .*`--prepare\.transform none`\.$/,
  );
  const once = await prepare(logged, { transform: "none" });
  assert.equal(once.review.logarithm_twice, false);
  assert.doesNotMatch(once.verdicts[0], /Logarithms/);
});

Deno.test("stage: a single tissue left is refused", async () => {
  await assert.rejects(
    prepare(PLAIN, { "keep-tissues": ["root"] }),
    refusal(/after --keep-tissues there is left one tissue only, 'root' \(12/),
  );
  await assert.rejects(
    prepare(PLAIN, { "min-samples": 13 }),
    refusal(/after --min-samples no sample is left, and at least two/),
  );
});
