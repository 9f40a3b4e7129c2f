/** The whole pipeline through the command line, on a matrix that takes seconds. */

import assert from "node:assert/strict";
import { geneTable, rankingNames } from "../../lib/rankings/outputs.ts";
import { parse as parseCsv } from "csv-parse/sync";
import { pipeline } from "../../lib/pipeline/stages.ts";
import {
  DEFAULT_FURTHER,
  furtherRankings,
  rankingMethods,
} from "../../lib/rankings/methods.ts";
import { attributionRankings } from "../../lib/rankings/attributions.ts";
import { rankingTable } from "../../lib/rankings/outputs.ts";
import { attributions } from "../../lib/shap/attributions/attribution.ts";
import type { TypedOutput } from "../../lib/store/output.ts";
import { findStale, outputPath, readRecord } from "../../lib/store/record.ts";
import { contentsOf, namesIn, withFolder } from "../pipeline/fake_pipeline.ts";
import { runScript } from "./run_script.ts";
import { matrix } from "./small_matrix.ts";

const tiny = [
  ..."--simulate.samples 48 --simulate.genes 60 --simulate.tissues 3".split(
    " ",
  ),
  ..."--simulate.planted 5 --simulate.studies 3".split(" "),
  ..."--cnn.width 0.0625 --cnn.epochs 2 --shap.draws 5".split(" "),
  ..."--clusters.random-sets 2 --clusters.layouts 2 --ttest.sets 5".split(" "),
  ..."--panels.sets 5 --panels.sizes 1,2 --shap.halves 2 --splits 2".split(" "),
  ..."--checks.draws 2 --checks.epochs 1".split(" "),
  "--shap.attributions",
  attributions.map(({ name }) => name).join(","),
  ..."--backend wasm".split(" "),
];

const stages = pipeline.stages.map(({ name }) => name);

/** Files that are there only under other flags. */
const UNDER_OTHER_FLAGS =
  /^prepare\/(folds|batches)\.csv$|^external\/(?!external\.json)|^enrichment\/(?!summary\.json)|^prepare\/knockoffs\.json$|^shap\/knockoffs\.csv$/;

/** Rankings that are not made by default. */
const NOT_MADE = furtherRankings
  .filter(({ name }) => !DEFAULT_FURTHER.includes(name))
  .map((method) => rankingTable(method).file);

/** Every file that the stages declare; capitals stand for any name. */
const declared = pipeline.stages.flatMap(({ outputs = [] }) => outputs);

/** A table's rows, their cells as text. */
const parseTable = (text: string): Record<string, string>[] =>
  parseCsv(text, { columns: true });

/** The shape in a NumPy file's header. */
async function npyShape(path: string): Promise<number[]> {
  const bytes = await Deno.readFile(path);
  const header = new TextDecoder().decode(bytes.subarray(10, 128));
  assert.match(header, /'descr': '<f4'.*'fortran_order': False/);
  return /\((\d+), (\d+)\)/.exec(header)!.slice(1).map(Number);
}

Deno.test("all makes every file of the contract, the same with 1 and 2 threads", () =>
  withFolder(async (folder) => {
    const run = `${folder}/a/tiny`;
    const first = await runScript(
      folder,
      "all",
      ...["--run", run, "--threads", "2"],
      ...tiny,
    );
    assert.equal(first.code, 0, first.err);
    for (const stage of stages) {
      assert.match(first.out, new RegExp(`^${stage} +\\S`, "m"));
    }
    assert.ok(
      first.out.endsWith(
        `\n  report: ${run}/report.md\n  genes: ${run}/shap/shap_genes.csv\n`,
      ),
      first.out,
    );

    const geneRanks = geneTable(rankingNames(rankingMethods), [
      ...DEFAULT_FURTHER,
      ...attributionRankings.map(({ name }) => name),
    ]);
    for (const output of declared) {
      if (UNDER_OTHER_FLAGS.test(output.file)) continue;
      if (NOT_MADE.includes(output.file)) continue;
      if (/[A-Z]{3}/.test(output.file)) continue;
      const path = `${run}/${output.file}`;
      assert.ok((await Deno.stat(path)).size > 0, path);
      if (!("parse" in output)) continue;
      const { parse } = output as TypedOutput<unknown>;
      // It has a column of each ranking that was made.
      const data = output.file === geneRanks.file
        ? geneRanks.parse(await Deno.readTextFile(path), path)
        : parse(await Deno.readTextFile(path), path);
      assert.ok(!Array.isArray(data) || data.length > 0, `${path}: no row`);
    }
    const table = async (file: string) =>
      parseTable(await Deno.readTextFile(`${run}/${file}`));
    // The first network's files are declared; these are of the others.
    const networks = (await table("cnn/networks.csv"))
      .flatMap(({ model, weights, history }) => [model, weights, history]);
    for (const { name } of pipeline.stages) {
      const record = await readRecord(run, name);
      for (const file of Object.keys(record!.outputs)) {
        if (networks.includes(file)) continue;
        assert.ok(
          declared.some((output) =>
            new RegExp(`^${output.file.replace(/[A-Z_]{3,}/g, ".+")}$`)
              .test(outputPath(name, file))
          ),
          `${name} does not declare ${file}`,
        );
      }
    }
    const samples = await table("prepare/samples.csv");
    assert.equal(samples.length, 48);
    const genes = (await table("prepare/genes.csv")).length;
    const filtered = (await table("prepare/filtered_genes.csv")).length;
    assert.equal(genes + filtered, 60);
    assert.deepEqual(await npyShape(`${run}/prepare/expression.npy`), [
      48,
      genes,
    ]);
    const test = samples.filter(({ split }) => split === "test");
    const explained = await table("shap/explanations.csv");
    assert.equal(explained.length, test.length);
    assert.deepEqual(await npyShape(`${run}/shap/shap_values.npy`), [
      test.length,
      genes,
    ]);
    const ranks = await table("shap/ranks.csv");
    assert.equal(Object.keys(ranks[0])[0], "rank");
    const sets = (await table("ttest/null.csv")).filter((row) =>
      row.null_model === "uniform" && row.space === "umap"
    );
    assert.equal(sets.length, 5 * 2);
    const { tests } = JSON.parse(
      await Deno.readTextFile(`${run}/ttest/ttest.json`),
    );
    assert.ok(tests.every(({ df }: { df: number }) => df === 4));
    const metrics = JSON.parse(
      await Deno.readTextFile(`${run}/cnn/metrics.json`),
    );
    for (const key of ["macro_f1", "accuracy"]) {
      assert.equal(typeof metrics[key], "number", key);
    }

    const report = await Deno.readTextFile(`${run}/report.md`);
    const figures = [...report.matchAll(/\]\(([^)#:]+\.svg)\)/g)];
    assert.ok(figures.length > 0);
    for (const [, figure] of figures) {
      assert.ok((await Deno.stat(`${run}/${figure}`)).isFile, figure);
    }
    assert.deepEqual(await findStale(run, stages), []);

    const again = await runScript(folder, "all", "--run", run, ...tiny);
    assert.equal(again.code, 0, again.err);
    assert.equal(again.out.match(/up to date$/gm)?.length, stages.length);

    // The metadata name the run, and not where it is.
    const twin = `${folder}/b/tiny`;
    const second = await runScript(
      folder,
      "all",
      "--run",
      twin,
      "--threads",
      "1",
      "--quiet",
      ...tiny,
    );
    assert.deepEqual(second, { code: 0, out: "", err: "" });
    assert.deepEqual(await contentsOf(twin), await contentsOf(run));
  }));

Deno.test("with folds and an ensemble every sample is predicted, explained and clustered", () =>
  withFolder(async (folder) => {
    const run = `${folder}/folds`;
    const { code, err } = await runScript(
      folder,
      "all",
      ...["--run", run, "--folds", "2", "--cnn.ensemble", "2", "--quiet"],
      ...tiny,
    );
    assert.equal(code, 0, err);
    const table = async (file: string) =>
      parseTable(await Deno.readTextFile(`${run}/${file}`));
    const tested = (await table("prepare/samples.csv"))
      .filter(({ fold }) => fold !== "").map(({ sample_id }) => sample_id);
    assert.ok(tested.length > 40, `${tested.length} of 48 samples tested`);
    assert.equal((await table("cnn/networks.csv")).length, 4);
    const explained = await table("shap/explanations.csv");
    assert.deepEqual(explained.map(({ sample_id }) => sample_id), tested);
    const clustered = (await table("clusters/assignments.csv")).filter((row) =>
      row.gene_set === "shap" && row.space === "genes" && row.repeat === "1"
    );
    assert.deepEqual(clustered.map(({ sample_id }) => sample_id), tested);
    const report = await Deno.readTextFile(`${run}/report.md`);
    assert.match(report, /cross-fitting/);
  }));

Deno.test("the user's matrix is not simulated", () =>
  withFolder(async (folder) => {
    const input = `${folder}/matrix.csv`;
    await Deno.writeTextFile(input, matrix);
    const run = `${folder}/run`;
    const { code, out, err } = await runScript(
      folder,
      "prepare",
      "--run",
      run,
      "--input",
      input,
    );
    assert.equal(code, 0, err);
    assert.match(out, /^prepare {3}24 samples/);
    assert.deepEqual(await namesIn(run), [
      "config.json",
      "prepare",
      "timings.json",
    ]);
    const dry = await runScript(folder, "all", "--run", run, "--dry-run");
    assert.match(dry.out, /^prepare {3}up to date\ncnn {7}would run/);
  }));
