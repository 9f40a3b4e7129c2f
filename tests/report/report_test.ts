/** The whole report of a tiny run. */

import assert from "node:assert/strict";
import { namesBeside } from "../../lib/store/stage_files.ts";
import { checksParameters } from "../../lib/sanity_checks/parameters.ts";
import demo from "../../presets/demo.json" with { type: "json" };
import { cnnParameters } from "../../lib/cnn/parameters.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { genes, samples } from "../../lib/prepare/outputs.ts";
import { reportStage } from "../../lib/report/stage.ts";
import { expression } from "../../lib/simulate/outputs.ts";
import { testResults } from "../../lib/null_test/outputs.ts";
import { ranks, shapGenes, tissueGenes } from "../../lib/shap/outputs.ts";
import { TinyRun, tissues } from "./tiny_run.ts";

/** The report of a run that was changed. */
async function reportOf(
  change: (run: TinyRun) => Promise<void> = () => Promise.resolve(),
): Promise<string> {
  await using run = await TinyRun.copy();
  await change(run);
  return (await run.report()).report;
}

/** The commands in the report, each on one line. */
function commands(report: string): string[] {
  return [...report.matchAll(/```sh\n([^]*?)\n```/g)]
    .map(([, body]) => body.replaceAll(" \\\n  ", " "));
}

/** The figures that the report links, in order. */
function figures(report: string): string[] {
  return [...report.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)]
    .map(([, path]) => path);
}

/** The verdict's opening and list, and the paragraphs of the details below. */
function wordsOf(report: string): { verdict: string[]; details: string[] } {
  const [verdict, details] = report.split("\n## ")[1]
    .split("\n### In detail\n").map((part) => part.trim().split("\n\n"));
  const [, opening, list, ...more] = verdict;
  assert.deepEqual(more, []);
  const items = list.split("\n").map((line) => {
    assert.match(line, /^- \*\*/);
    return line.slice(2);
  });
  return { verdict: [opening, ...items], details };
}

/** The verdict's opening and list. */
function verdictOf(report: string): string[] {
  return wordsOf(report).verdict;
}

const isSorted = (positions: readonly number[]) =>
  positions.every((position, index) =>
    position >= 0 && (index === 0 || position > positions[index - 1])
  );

Deno.test("the report has every section, the verdict first", async () => {
  const report = await reportOf();
  const headings = [...report.matchAll(/^#{1,2} .*$/gm)].map(([line]) => line);
  assert.deepEqual(headings, [
    "# Tissue-specific genes by CNN and SHAP: the simulated demo",
    "## Verdict",
    "## Data",
    "## Network",
    "## Explanation",
    "## Robustness of the gene set",
    "## Compared with simple rankings",
    "## What the genes do",
    "## Small panels on unseen samples",
    "## Other splits of the samples",
    "## Study or tissue",
    "## Clusters",
    "## Test against random gene sets",
    "## Sanity checks of the explanation",
    "## Another cohort",
    "## Every parameter and seed",
    "## Provenance",
    "## Deviations from the original study",
    "## The command that makes it again",
    "## How to cite",
  ]);
});

Deno.test("every link within the report leads to a heading", async () => {
  const report = await reportOf();
  const anchors = [...report.matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title.toLowerCase().replaceAll(/[^\w -]/g, "").replaceAll(" ", "-")
  );
  const links = [...report.matchAll(/\]\(#([^)]+)\)/g)];
  assert.ok(links.length > 0);
  for (const [, anchor] of links) assert.ok(anchors.includes(anchor), anchor);
});

Deno.test("the same run gives the same bytes, wherever its folder is", async () => {
  assert.equal(await reportOf(), await reportOf());
});

Deno.test("the verdict: in short, then the warnings, then the points", async () => {
  await using run = await TinyRun.copy();
  const { report, summary } = await run.report();
  const { verdict, details } = wordsOf(report);
  assert.deepEqual(summary.verdict, verdict);
  assert.deepEqual(
    (summary.details as string[]).flatMap((text) => text.split("\n\n")),
    details,
  );
  // What makes it worthless comes first, then what was found.
  const [short, ...items] = verdict;
  assert.match(
    short,
    /^\*\*In short:\*\* the network is not shown to have learned the tissues; the scores explain .*; no test against random genes can be significant with 5 random sets; SHAP selects \d+ genes; no small panel .*; from half of the samples [-\w' ]+ names \d+ of a tissue's first \d+ genes again\.$/,
  );
  assert.deepEqual(items.map((item) => /^\*\*(.+?)[.:]?\*\*/.exec(item)![1]), [
    "Few test samples",
    "The network is not shown to have learned the tissues",
    "The scores explain little of the network's output",
    "No panel can be better than random genes here",
    "Cannot be significant with 5 random sets",
    "The scores hardly depend on what the network learned",
    "Simple rivals",
    "Listed genes",
    "Study",
    "Not looked at",
  ]);
  assert.match(items[0], /\*\* .* 10 samples for 3 tissues/);
  assert.equal(
    items.at(-1),
    "**Not looked at:** SHAP's own stability over samples, another cohort " +
      "(`--external FILE`).",
  );
  const text = details.join("\n");
  assert.ok(
    isSorted([
      text.indexOf("The matrix holds 48 samples and 60 genes of 3 tissues"),
      text.indexOf("the difference in macro F1 is"),
      text.indexOf("best genes of each tissue, down to the cutoff"),
      text.indexOf("AMI in UMAP space is"),
    ]),
    text,
  );
});

Deno.test("the summary holds each stage's numbers", async () => {
  await using run = await TinyRun.copy();
  const { summary } = await run.report();
  assert.deepEqual(Object.keys(summary), [
    ...["run", "verdict", "details", "outdated"],
    ...["prepare", "cnn", "shap", "genesets", "enrichment", "panels", "splits"],
    ...["confounding", "clusters", "ttest", "checks", "external"],
  ]);
  // A name and no path.
  assert.equal(summary.run, "tiny");
  assert.deepEqual(summary.outdated, []);
  const rows = await run.read(samples);
  const { test_samples, genes: matrixGenes } = summary.prepare as Record<
    string,
    number
  >;
  assert.equal(
    test_samples,
    rows.filter(({ split }) => split === "test").length,
  );
  assert.equal(matrixGenes, (await run.read(genes)).length);
  const set = summary.shap as Record<string, number>;
  assert.equal(set.genes, (await run.read(shapGenes)).length);
  const { tests, gene_sets } = await run.read(testResults);
  assert.deepEqual((summary.ttest as Record<string, unknown>).tests, tests);
  // One value of the set, wherever it stands.
  const [{ statistic, gene_set, space }] = tests;
  const { scores } = summary.clusters as {
    scores: { gene_set: string; space: string; ami: number }[];
  };
  const score = scores.find((row) =>
    row.gene_set === gene_set && row.space === space
  )!;
  assert.equal(score.ami, statistic);
  assert.equal(gene_sets[0].embedding_seeds.length, 2);
});

Deno.test("figures are linked if they were drawn", async () => {
  await using run = await TinyRun.copy();
  const { report } = await run.report();
  const links = figures(report);
  assert.deepEqual(links, [
    "prepare/samples_per_tissue.svg",
    "cnn/learning_curves.svg",
    "cnn/tissue_f1.svg",
    "cnn/confusion_matrix.svg",
    "shap/top_genes.svg",
    "shap/cutoff_curve.svg",
    "shap/score_distribution.svg",
    "genesets/intersections.svg",
    "genesets/agreement.svg",
    "genesets/stability.svg",
    "genesets/recovery.svg",
    "panels/panel_curves.svg",
    "confounding/variance.svg",
    "clusters/v_measures.svg",
    "clusters/embedding_shap.svg",
    "clusters/embedding_pca_shap.svg",
    "clusters/embedding_all.svg",
    "clusters/embedding_random_1.svg",
    "clusters/embedding_random_2.svg",
    "ttest/null_tests.svg",
    "checks/agreement.svg",
  ]);
  for (const path of links) {
    assert.ok((await Deno.stat(`${run.path}/${path}`)).isFile);
  }
  for (const { name } of pipeline.stages) {
    await run.editRecord(name, (record) => ({ ...record, figures: [] }));
  }
  assert.deepEqual(figures((await run.report()).report), []);
});

Deno.test("a stage's warnings are at the end of its section", async () => {
  const report = await reportOf((run) =>
    run.editRecord("shap", (record) => ({
      ...record,
      warnings: ["few draws", "a | b"],
    }))
  );
  const [, section] = report.split("\n## Robustness of the gene set\n");
  assert.ok(
    section.split("\n## ")[0].endsWith(
      "\n\nWarnings:\n\n- few draws\n- a \\| b\n",
    ),
  );
});

Deno.test("missing stages are named with the command that runs them", async () => {
  const report = await reportOf((run) =>
    run.remove("shap", "clusters", "ttest", "checks")
  );
  assert.match(report, /## Network\n\nEach sample is an image/);
  const verdict = verdictOf(report).join("\n");
  for (const stage of ["shap", "clusters", "ttest", "checks"]) {
    assert.ok(verdict.includes(
      `**Missing:** the stage ${stage} has not run; ` +
        `\`deno task ${stage} --run reports/tiny\` runs it.`,
    ));
    assert.ok(report.includes(
      `\n\nThis part is missing: the stage \`${stage}\` has not run. ` +
        `\`deno task ${stage} --run reports/tiny\` runs it; ` +
        "`deno task report --run reports/tiny` then writes this report again.",
    ));
  }
  assert.doesNotMatch(verdict, /the stage (prepare|cnn|simulate) has not/);
});

Deno.test("without prepare there is no report", async () => {
  await using run = await TinyRun.copy();
  await run.remove("prepare");
  const { status, text } = await run.runStage("report");
  assert.equal(status, 2);
  assert.match(text, /prepare has not run/);
});

Deno.test("a stage made from an earlier state is called out of date", async () => {
  await using run = await TinyRun.copy("my maize");
  const rows = await run.read(shapGenes);
  await run.replace(shapGenes, rows.slice(1));
  await run.setParameters("shap", { alphas: "uniform" });
  const { report, summary } = await run.report();
  // The test against random gene sets reads the set from `clusters`.
  const later = ["genesets", "confounding", "clusters", "checks"];
  assert.deepEqual(
    summary.outdated,
    later.map((stage) => ({ stage, behind: ["shap"] })),
  );
  const [, ...verdict] = verdictOf(report);
  assert.deepEqual(
    verdict.slice(0, later.length),
    later.map((stage) =>
      `**Out of date:** ${stage} is older than shap, on which it depends. ` +
      `<code>deno task ${stage} --run 'reports/my maize'</code> brings it up ` +
      "to date."
    ),
  );
});

Deno.test("names with markup break no table and no link", async () => {
  const gene = "g|0`";
  const rename = (name: string) =>
    name === tissues[0]
      ? "a|b*_`<x>"
      : name === tissues[1]
      ? "two\nlines"
      : name;
  const report = await reportOf(async (run) => {
    await run.edit(
      samples,
      (rows) => rows.map((row) => ({ ...row, tissue: rename(row.tissue) })),
    );
    await run.edit(ranks, (rows) => ({
      ...rows,
      names: rows.names.map(rename),
    }));
    await run.edit(
      tissueGenes,
      (rows) =>
        rows.map((row) => ({
          ...row,
          tissue: rename(row.tissue),
          gene: row.rank === 1 ? gene : row.gene,
        })),
    );
  });
  assert.match(report, /^\| a\\\|b\\\*\\_\\`&lt;x&gt; \| 8 \|/m);
  assert.match(report, /^\| two lines \| 12 \|/m);
  assert.ok(report.includes("| <code>g&#124;0&#96;</code> "));
  let tables = 0;
  for (const block of report.split("\n\n")) {
    const lines = block.trimEnd().split("\n");
    if (!lines[0].startsWith("| ")) continue;
    tables++;
    const cells = lines.map((line) => line.match(/(?<!\\)\|/g)?.length);
    assert.equal(new Set(cells).size, 1, block);
  }
  assert.ok(tables > 20);
});

Deno.test("parameters stand beside their defaults and their help", async () => {
  const { epochs } = cnnParameters;
  const report = await reportOf();
  assert.ok(
    report.includes(
      `| \`epochs\` | \`2\` (default \`${epochs.default}\`) | pa`,
    ),
  );
  assert.ok(
    report.includes(
      `| \`draws\` | \`2\` (default \`${checksParameters.draws.default}\`) | `,
    ),
  );
  // The demo's preset is the default of a simulated run.
  assert.ok(
    report.includes(`| \`samples\` | \`${demo.checks.samples}\` | test sam`),
  );
  assert.ok(report.includes("| `label` | none | the column (or row) that"));
  const sections = report.match(/<summary>\w+: \d+ parameters?, \d+ seeds?</g);
  // The report draws nothing.
  assert.equal(sections?.length, pipeline.stages.length - 1);
});

Deno.test("a hash stands beside files only, not beside parameters", async () => {
  const report = await reportOf();
  const [, ttest] = report.match(/>ttest: (\d+) files read/)!;
  const part = report.split(">ttest: ")[2].split("</details>")[0];
  assert.match(part, /^\| parameters of `clusters` \| {2}\|$/m);
  const [read] = part.split("| written |");
  assert.equal(read.match(/^\| .*`[0-9a-f]{64}` \|$/gm)?.length, Number(ttest));
  assert.ok(!report.includes("stage.json&#35;"));
});

Deno.test("the report reads every stage before it", () => {
  const { needs } = pipeline.stages.find(({ name }) =>
    name === reportStage.name
  )!;
  assert.deepEqual(needs, [
    ...["simulate", "prepare", "cnn", "shap", "genesets", "enrichment"],
    ...["panels", "splits"],
    ...["confounding", "clusters", "ttest", "checks", "external"],
  ]);
});

Deno.test("the commands that make the run again name its folder, quoted", async () => {
  assert.deepEqual(commands(await reportOf()), [
    "deno task all --run reports/again --config reports/tiny/config.json",
    "deno task verify --run reports/tiny",
  ]);
  await using run = await TinyRun.copy("my maize's");
  assert.deepEqual(commands((await run.report()).report), [
    "deno task all --run reports/again " +
    "--config 'reports/my maize'\\''s/config.json'",
    "deno task verify --run 'reports/my maize'\\''s'",
  ]);
});

Deno.test("the user's matrix is named, and nothing is said of a simulation", async () => {
  await using run = await TinyRun.copy();
  const matrix = `${run.path}/my data.csv`;
  await Deno.rename(`${run.path}/${expression.file}`, matrix);
  for (const name of ["config.json", ...namesBeside(pipeline.stages)]) {
    await Deno.remove(`${run.path}/${name}`);
  }
  await run.remove(...pipeline.stages.map(({ name }) => name));
  const { status, text } = await run.runStage("prepare", "--input", matrix);
  assert.equal(status, 0, text);
  const { report } = await run.report();
  assert.match(report, /^# Tissue-specific genes by CNN and SHAP\n/);
  assert.match(report, /\| `my data\.csv` \| `--input` \| `[0-9a-f]{64}` \|/);
  assert.match(report, /Run it where the named files lie/);
  assert.doesNotMatch(report, /simulated demo|are simulated|planted/);
});

Deno.test("stages with different seeds and backends are told apart", async () => {
  const report = await reportOf((run) =>
    run.editRecord("shap", (record) => ({
      ...record,
      seeds: { ...record.seeds, master: 7 },
      backend: "tfjs-backend-webgpu 4.22.0, a card",
      versions: { ...record.versions, deno: "9.9.9" },
    }))
  );
  assert.match(report, /derived from the master seed \(42, 7\) and/);
  assert.match(report, /\| shap \| tfjs-backend-webgpu 4\.22\.0, a card \|/);
  assert.match(report, /\| deno \| `[\d.]+, 9\.9\.9` \(the stages differ\) \|/);
  assert.match(report, /The run used WebGPU/);
  assert.doesNotMatch(await reportOf(), /The run used WebGPU|stages differ/);
});

Deno.test("no time, path or thread count is in the report", async () => {
  await using run = await TinyRun.copy();
  const { report } = await run.report();
  assert.doesNotMatch(report, /\d seconds\b|threads: /);
  assert.ok(!report.includes(run.path));
});

Deno.test("each work is cited once", async () => {
  const [, section] = (await reportOf()).split("\n## How to cite\n");
  const works = section.split("\n").filter((line) => line.startsWith("- "));
  assert.equal(new Set(works).size, works.length);
  for (
    const author of [
      ...["10.3389/fgene.2023.1190887", "Yap et al", "Erion et al"],
      ...["Lundberg and Lee", "McInnes, Healy and Melville"],
      ...["Rosenberg and Hirschberg", "Phipson and Smyth", "Elias and Gygi"],
      "Adebayo et al",
    ]
  ) {
    assert.equal(section.split(author).length, 2, author);
  }
});
