import assert from "node:assert/strict";
import type { ParameterValue } from "../../lib/cli/parameters.ts";
import { prepareSection } from "../../lib/prepare/section.ts";
import type { DataRows } from "../../lib/prepare/section/rows.ts";
import { prepareStage } from "../../lib/prepare/stage.ts";
import { RunReport } from "../../lib/report/run_report.ts";
import { simulateStage } from "../../lib/simulate/stage.ts";
import { stageFiles } from "../stage_files.ts";
import { said } from "../said.ts";
import { readerOf, runStage } from "./fake_context.ts";

/** What the report says of a small simulated run. */
async function report(
  given: Partial<Record<string, ParameterValue>> = {},
  change: Partial<DataRows> = {},
  samples = 60,
) {
  const root = await Deno.makeTempDir();
  const small = { samples, genes: 40, tissues: 2, studies: 4, planted: 5 };
  await runStage(simulateStage, root, small);
  await runStage(prepareStage, root, { folds: 1, ...given });
  const { pipeline } = stageFiles(root, root);
  const run = new RunReport({
    folder: "reports/small",
    pipeline,
    sections: new Map(),
    records: [],
    outdated: [],
    simulated: given.input === undefined,
  });
  const found = {
    ...await prepareSection.read(readerOf(root), run),
    ...change,
  };
  await Deno.remove(root, { recursive: true });
  return {
    found,
    text: prepareSection.write(found, run),
    verdict: said(prepareSection, found, run),
    citations: prepareSection.citations!(found),
    summary: prepareSection.summarize!(found),
  };
}

Deno.test("data section: a single split, groups whole", async () => {
  const { found, text, verdict, summary, citations } = await report({
    "min-expression": 0,
  });
  assert.equal(found.samples, 60);
  assert.equal(found.genes, 40);
  assert.equal(found.decoys, 20);
  assert.equal(found.folds, 1);
  assert.match(text, /^The data are simulated, not measured\. /);
  assert.match(text, /60 samples of 2 tissues, 40 genes(, \d+ of them zero)?/);
  assert.match(
    text,
    /\n\nThe values look like TPM or CPM \(each sample adds up to a million\)\. They were not normalized for library size; no genes were filtered out\./,
  );
  const [, ...counts] = text.match(
    /split once: (\d+) for training, (\d+) for validation, (\d+) for testing\./,
  )!;
  assert.deepEqual(
    counts.map(Number),
    ["train", "validation", "test"].map((part) =>
      found.sampleRows.filter(({ split }) => split === part).length
    ),
  );
  assert.match(text, /`--folds 5`, added to \[the command at the end\]/);
  assert.match(text, /20 decoy genes of shuffled noise were hidden/);
  // The section on them is not there before the genes are explained.
  assert.doesNotMatch(text, /#robustness-of-the-gene-set/);
  assert.match(text, /come from 4 groups\. All samples of one group are in/);
  assert.match(text, /\| tissue \| all \| train \| validation \| test \|/);
  assert.match(text, /Samples of each tissue \(2 rows\)/);
  const { test_samples } = found;
  assert.deepEqual(verdict, [
    "The matrix holds 60 samples and 40 genes of 2 tissues; " +
    `${test_samples} samples were held out as the test part.`,
  ]);
  assert.deepEqual(summary, {
    samples: 60,
    genes: 40,
    silent_genes: found.silent_genes,
    decoys: 20,
    knockoff_factors: null,
    tissues: 2,
    folds: 1,
    test_samples,
    test_samples_per_tissue: test_samples / 2,
    few_test_samples: false,
    preprocessing: found.preprocessing,
    input: found.input,
    review: found.review,
  });
  assert.deepEqual(citations, []);
});

Deno.test("data section: folds", async () => {
  const { found, text, verdict, citations } = await report({
    folds: 2,
    decoys: 0,
    "min-expression": 0,
  });
  assert.equal(found.folds, 2);
  assert.match(text, /divided into 2 folds \(cross-fitting\)/);
  const tested = [1, 2].map((fold) =>
    found.foldRows.filter((row) => row.fold === fold && row.split === "test")
      .length
  );
  assert.equal(tested[0] + tested[1], 60);
  const range = [...new Set(tested)].sort((a, b) => a - b).join(" to ");
  assert.ok(text.includes(`validate and ${range} test; in total`), text);
  assert.match(text, /in total 60 are tested\./);
  assert.match(text, /All samples of one group are in the same fold/);
  assert.match(text, /\| tissue \| all \| tested \| in folds \|/);
  assert.match(text, /No decoy genes were added\./);
  assert.doesNotMatch(text, /--folds 5/);
  assert.match(verdict[0], /60 samples were tested in 2 folds, each by networ/);
  assert.equal(citations.length, 1);
  assert.match(citations[0], /^cross-fitting: Chernozhukov/);
});

Deno.test("data section: few test samples are said first", async () => {
  const { found, verdict } = await report({}, {}, 16);
  assert.ok(found.test_samples < 10);
  assert.match(
    verdict[0],
    /^\*\*Few test samples:\*\* the test part has \d+ s/,
  );
  assert.match(verdict[0], /for 2 tissues, \d\.\d per tissue on average/);
  assert.match(verdict[1], /^The matrix holds/);
});

Deno.test("data section: groups are called whole only if they are", async () => {
  const { found } = await report();
  const sampleRows = found.sampleRows.map((row, index) => ({
    ...row,
    group: `g${index % 3}`,
  }));
  const divided = await report({}, { sampleRows });
  assert.match(divided.text, /3 groups are in more than one part/);
  const none = sampleRows.map((row) => ({ ...row, group: "" }));
  const { text } = await report({}, { sampleRows: none });
  assert.match(text, /No groups were given/);
});

Deno.test("data section: a group that two folds test", async () => {
  const { found } = await report({ folds: 2 });
  const sampleRows = found.sampleRows.map((row, index) => ({
    ...row,
    group: "one",
    fold: 1 + index % 2,
  }));
  const { text } = await report({ folds: 2 }, { sampleRows });
  assert.match(text, /1 group is in more than one fold/);
});

Deno.test("data section: names with markup break no table", async () => {
  const { found } = await report();
  const sampleRows = found.sampleRows.map((row, index) => ({
    ...row,
    tissue: index % 2 ? "a|b*_`<x>" : "two\nlines",
  }));
  const { text } = await report({}, { sampleRows });
  assert.ok(text.includes("| a\\|b\\*\\_\\`&lt;x&gt; | 30 |"));
  assert.ok(text.includes("| two lines | 30 |"));
});

Deno.test("data section: filtered genes, and what the folds were chosen by", async () => {
  const { found, text, verdict, citations } = await report({
    folds: "auto",
    normalize: "tmm",
    "min-expression": 1000,
    "expressing-samples": 20,
  });
  const { genes_filtered, reference_sample } = found.preprocessing;
  assert.ok(genes_filtered > 0 && found.genes + genes_filtered === 40);
  assert.match(verdict.at(-1)!, /^The matrix holds 60 samples and 40 genes of/);
  assert.ok(
    verdict.at(-1)!.includes(
      `; ${found.genes} of these genes are expressed and used; `,
    ),
  );
  assert.ok(
    text.includes(
      `(TMM), compared with sample ${reference_sample}; ${genes_filtered} of ` +
        "40 genes left out: fewer than 20 samples with 1,000 CPM or more " +
        "(`prepare/filtered_genes.csv` lists them).",
    ),
    text,
  );
  assert.match(citations[0], /^TMM normalization: Robinson and Oshlack/);
  assert.match(citations[1], /^the filter of genes \(edgeR\): Chen, Lun/);
  const { tissue } = found.preprocessing.fewest_tested!;
  const reason = (folds: number, tested: number) =>
    report({ folds }, {
      preprocessing: {
        ...found.preprocessing,
        fewest_tested: { tissue, test_samples: tested },
      },
    });
  assert.ok(
    (await reason(1, 5)).text.includes(
      "for testing; `--folds auto` chose one test part, because it has 5 or " +
        "more samples of each tissue that can be tested.",
    ),
  );
  assert.ok(
    (await reason(3, 2)).text.includes(
      "(cross-fitting; `--folds auto` chose 3 folds, because a single test " +
        `part would have only 2 samples of tissue ${tissue} (fewer than 5)): `,
    ),
  );
});

Deno.test("data section: knockoffs and the factors that they share", async () => {
  const { found, text } = await report({ decoys: "knockoff" });
  assert.equal(found.decoys, 0);
  assert.match(
    text,
    new RegExp(`its part in ${found.knockoff_factors} factors? that all genes`),
  );
});
