import assert from "node:assert/strict";
import { InputError } from "../../lib/cli/errors.ts";
import { fakeRun } from "./fake_run.ts";
import { writeStage } from "./fake_stage.ts";
import { makeReport, reportOf } from "./make_report.ts";

/** Does something with a run and removes it. */
async function withRun(
  run: Promise<string>,
  use: (run: string) => Promise<void>,
): Promise<void> {
  const folder = await run;
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The lines of the last code block, joined to one command. */
function commands(report: string): string[] {
  return [...report.matchAll(/```sh\n([^]*?)\n```/g)]
    .map(([, body]) => body.replaceAll(" \\\n  ", " "));
}

Deno.test("the report has every section, the verdict first", async () => {
  const report = await reportOf();
  const headings = [...report.matchAll(/^#{1,2} .*$/gm)].map(([line]) => line);
  assert.deepEqual(headings, [
    "# Tissue-specific genes by CNN and SHAP: the simulated demo",
    "## Verdict",
    "## Data",
    "## Network",
    "## Explanation",
    "## Clusters",
    "## Test against random gene sets",
    "## How far to believe the set",
    "## Every parameter and seed",
    "## Provenance",
    "## Deviations from the original study",
    "## The command that makes it again",
    "## How to cite",
  ]);
});

Deno.test("the same run gives the same bytes, whatever its folder", async () => {
  assert.equal(await reportOf(), await reportOf());
});

Deno.test("the summary holds the verdict's numbers", async () => {
  await withRun(fakeRun(), async (run) => {
    const { report, summary } = await makeReport(run);
    assert.equal(summary.test_samples, 12);
    // 0.95 - 0.8 of 12 samples: 1.8.
    assert.deepEqual(
      (summary.network as Record<string, unknown>).more_samples_right,
      2,
    );
    const test = summary.ttest as Record<string, number>;
    assert.ok(Math.abs(test.z - 7.5) < 1e-9); // (0.85 - 0.70) / 0.02
    assert.match(report, /is embedded once \(seed 4711\)/);
    // Two repeats 0.695 and 0.705 in every set: 0.01 / sqrt(2).
    assert.ok(Math.abs(test.within_set_sd - 0.01 / Math.SQRT2) < 1e-12);
    // Every set's mean is 0.70, below the gene set's 0.85.
    assert.equal(test.as_high, 0);
  });
});

Deno.test("figures are linked only if they are there", async () => {
  await withRun(fakeRun(), async (run) => {
    const { report } = await makeReport(run);
    const links = [...report.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)]
      .map(([, path]) => path);
    assert.deepEqual(links, [
      "prepare/samples_per_tissue.svg",
      "cnn/learning_curves.svg",
      "clusters/embedding_shap.svg",
      "ttest/null.svg",
      "checks/agreement.svg",
    ]);
    for (const path of links) {
      assert.ok((await Deno.stat(`${run}/${path}`)).isFile);
    }
  });
  assert.doesNotMatch(await reportOf({ figures: false }), /!\[/);
});

Deno.test("missing stages are named with the command that makes them", async () => {
  const report = await reportOf({ stages: ["cnn"] });
  assert.match(report, /## Network\n\nEach sample is an image/);
  assert.match(report, /stage `shap` has not run\. `deno task shap --run/);
  assert.match(report, /stage `clusters` has not run/);
  assert.match(report, /stage `ttest` has not run/);
});

Deno.test("without prepare there is no report", async () => {
  await withRun(Deno.makeTempDir(), async (run) => {
    await assert.rejects(
      makeReport(run),
      (error) =>
        error instanceof InputError &&
        error.message.includes("prepare has not run"),
    );
  });
});

Deno.test("a stage made from an earlier state is called out of date", async () => {
  await withRun(fakeRun(), async (run) => {
    await writeStage(run, "shap", {
      "summary.json": await Deno.readTextFile(`${run}/shap/summary.json`),
      "ranks.csv": await Deno.readTextFile(`${run}/shap/ranks.csv`),
      "shap_genes.csv": "gene,tissue,rank,median_shap\nZm000,leaf,1,0.5\n",
    });
    const { report, summary } = await makeReport(run);
    assert.match(report, /\*\*Out of date:\*\* clusters is older than shap/);
    assert.match(report, /ttest is older than shap/);
    assert.deepEqual(summary.outdated, [
      { stage: "clusters", behind: ["shap"] },
      { stage: "ttest", behind: ["shap"] },
      { stage: "checks", behind: ["shap"] },
    ]);
  });
});

Deno.test("fewer than five test samples a tissue is said first", async () => {
  const opening = "## Verdict\n\n**So few points decide little:**";
  const few = await reportOf({ testSamplesPerTissue: 4 });
  assert.ok(few.includes(opening));
  const enough = await reportOf({ testSamplesPerTissue: 5 });
  assert.ok(!enough.includes("So few points"));
});

Deno.test("names with markup in them break no table and no link", async () => {
  const tissues = ["a|b*_`<x>", "two\nlines"];
  const report = await reportOf({
    tissues,
    geneName: (index) => `g|${index}\``,
  });
  assert.ok(report.includes("| a\\|b\\*\\_\\`&lt;x&gt; | 18 |"));
  assert.ok(report.includes("| two lines | 18 |"));
  assert.ok(report.includes("<code>g&#124;0&#96;</code>"));
  for (const block of report.split("\n\n")) {
    const lines = block.trimEnd().split("\n");
    if (!lines[0].startsWith("| ")) continue;
    const cells = lines.map((line) => line.match(/(?<!\\)\|/g)?.length);
    assert.deepEqual([...new Set(cells)].length, 1, block);
  }
});

Deno.test("planted genes: precision and recall by hand", async () => {
  // leaf: g0 to g2 planted, ranked 1 to 3. root: g3 to g5, ranked 1 to 3.
  // A set of 4 genes holds all of leaf's and one of root's.
  const report = await reportOf({ setGenes: 4 });
  assert.match(report, /\| leaf \| 3 \| 0\.30 \| 0\.20 \| 1\.00 \|/);
  assert.match(report, /\| root \| 3 \| 0\.30 \| 0\.20 \| 0\.33 \|/);
  assert.match(report, /holds 67 % of .* a random set of its size .* 10 %/);
  assert.doesNotMatch(await reportOf({ input: "m.csv" }), /Planted/);
});

Deno.test("groups are said to be kept together only if they are", async () => {
  assert.match(await reportOf(), /No groups were given/);
  assert.match(await reportOf({ grouped: true }), /3 groups are in more than/);
});

Deno.test("the null distribution's seeds are listed in full", async () => {
  const report = await reportOf();
  for (let set = 1; set <= 30; set++) {
    assert.ok(
      report.includes(`| ${set} | ${999 + set} | ${1999 + set} | 0.7000 |`),
    );
  }
});

Deno.test("the command has what is not the default, and no more", async () => {
  // The demo's preset sets 30 epochs, so they need no flag there.
  assert.deepEqual(commands(await reportOf()), [
    "deno task all --run reports/again --backend wasm --simulate.genes 40 " +
    "--shap.draws 100 --ttest.sets 30",
  ]);
  // Given back to the usual default, they do.
  assert.match(commands(await reportOf({ epochs: 50 }))[0], /--cnn\.epochs 50/);
});

Deno.test("the command names the user's file, quoted, without a dot", async () => {
  const [command] = commands(await reportOf({ input: "my data's.csv" }));
  assert.ok(command.includes("--input 'my data'\\''s.csv'"), command);
  assert.ok(command.includes("--cnn.epochs 30"), command);
  assert.ok(!command.includes("simulate"), command);
});

Deno.test("stages with unlike seeds or backends get a command each", async () => {
  const report = await reportOf({
    seeds: { shap: 7 },
    backends: { shap: "tfjs-backend-webgpu 4.22.0, NVIDIA card" },
  });
  assert.deepEqual(commands(report), [
    "deno task simulate --run reports/again --genes 40",
    "deno task prepare --run reports/again",
    "deno task cnn --run reports/again --backend wasm",
    "deno task shap --run reports/again --seed 7 --backend webgpu --draws 100",
    "deno task clusters --run reports/again",
    "deno task ttest --run reports/again --sets 30",
    "deno task checks --run reports/again",
    "deno task report --run reports/again",
  ]);
  assert.match(report, /The run used WebGPU/);
});

Deno.test("no time, path or thread count is in the report", async () => {
  await withRun(fakeRun(), async (run) => {
    const { report } = await makeReport(run);
    assert.doesNotMatch(report, /\bseconds\b|threads: /);
    assert.ok(!report.includes(run));
  });
});
