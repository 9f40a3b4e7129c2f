/** The whole study through the command line, on a matrix that takes seconds. */

import assert from "node:assert/strict";
import { findStale } from "../../lib/store/record.ts";
import { readTable } from "../../lib/store/csv.ts";
import { contentsOf, namesIn, withFolder } from "../pipeline/fake_pipeline.ts";
import { runScript } from "./run_script.ts";
import { matrix } from "./small_matrix.ts";

const tiny = [
  ..."--simulate.samples 48 --simulate.genes 60 --simulate.tissues 3".split(
    " ",
  ),
  ..."--simulate.planted 5 --simulate.studies 3".split(" "),
  ..."--cnn.width 0.0625 --cnn.epochs 2 --shap.draws 5".split(" "),
  ..."--clusters.random-sets 2 --ttest.sets 5 --ttest.repeats 2".split(" "),
  ..."--checks.draws 2 --checks.epochs 1".split(" "),
  ..."--backend wasm".split(" "),
];

const stages = [
  "simulate",
  "prepare",
  "cnn",
  "shap",
  "clusters",
  "ttest",
  "checks",
  "report",
];

/** The columns that other programs rely on; others may stand behind them. */
const columns: Record<string, string> = {
  "prepare/samples.csv": "sample_id,tissue,group,split",
  "prepare/genes.csv": "gene,name,mean,sd,n_zero_samples",
  "cnn/history.csv": "epoch,learning_rate,loss,accuracy,val_loss,val_accuracy",
  "cnn/predictions.csv": "sample_id,split,tissue,predicted,probability",
  "cnn/networks.csv": "fold,member,model,weights,history",
  "shap/explained.csv":
    "sample_id,tissue,predicted,output,expected,sum,gap,seed",
  "shap/shap_genes.csv": "gene,tissue,rank,median_shap,standard_error",
  "shap/cut_curve.csv":
    "rank,genes,unique_share,decoys,decoy_rate,false_discovery_rate",
  "shap/decoys.csv": "decoy,source,tissue,rank,median_shap,entered",
  "shap/stability.csv":
    "source,first,second,tissue,samples,top,overlap,spearman",
  "clusters/scores.csv":
    "gene_set,genes,space,repeat,kmeans_seed,homogeneity,completeness,v_measure,ami,ari",
  "clusters/embeddings.csv": "gene_set,space,sample_id,x,y",
  "clusters/assignments.csv": "gene_set,space,repeat,sample_id,tissue,cluster",
  "ttest/null.csv":
    "set,gene_seed,embedding_seed,repeat,kmeans_seed,homogeneity,completeness,v_measure",
  "ttest/nulls.csv":
    "null,space,set,gene_seed,embedding_seed,repeat,kmeans_seed,homogeneity,completeness,v_measure",
  "checks/agreement.csv":
    "check,tissue,samples,spearman,spearman_absolute,top,overlap",
};

const otherFiles = [
  "prepare/expression.npy",
  "cnn/model.json",
  "cnn/weights.bin",
  "cnn/metrics.json",
  "shap/scores.npy",
  "shap/ranks.csv",
  "shap/standard_errors.csv",
  "ttest/ttest.json",
  "checks/checks.json",
  "report.md",
  "timings.json",
];

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
    assert.ok(first.out.endsWith(`\nRead ${run}/report.md\n`), first.out);

    for (const [file, header] of Object.entries(columns)) {
      const text = await Deno.readTextFile(`${run}/${file}`);
      assert.ok(text.startsWith(header), `${file}: ${text.split("\n")[0]}`);
      assert.ok(readTable(text).length > 0, `${file} has no row`);
    }
    for (const file of otherFiles) {
      assert.ok((await Deno.stat(`${run}/${file}`)).size > 0, file);
    }
    const table = async (file: string) =>
      readTable(await Deno.readTextFile(`${run}/${file}`));
    const samples = await table("prepare/samples.csv");
    assert.equal(samples.length, 48);
    assert.deepEqual(await npyShape(`${run}/prepare/expression.npy`), [48, 60]);
    const test = samples.filter(({ split }) => split === "test");
    const explained = await table("shap/explained.csv");
    assert.equal(explained.length, test.length);
    assert.deepEqual(await npyShape(`${run}/shap/scores.npy`), [
      test.length,
      60,
    ]);
    const ranks = await table("shap/ranks.csv");
    assert.equal(Object.keys(ranks[0])[0], "rank");
    assert.equal((await table("ttest/null.csv")).length, 5 * 2);
    const ttest = JSON.parse(
      await Deno.readTextFile(`${run}/ttest/ttest.json`),
    );
    for (
      const key
        of "sets,repeats,genes,space,null_mean,null_sd,statistic,t,df,p_t,p_empirical"
          .split(",")
    ) assert.ok(key in ttest, key);
    assert.equal(ttest.df, 4);
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

    // The metadata tells the run's name, and not where it lies.
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

Deno.test("with folds and replicates every sample is predicted, explained and clustered", () =>
  withFolder(async (folder) => {
    const run = `${folder}/folds`;
    const { code, err } = await runScript(
      folder,
      "all",
      ...["--run", run, "--folds", "2", "--cnn.replicates", "2", "--quiet"],
      ...tiny,
    );
    assert.equal(code, 0, err);
    const table = async (file: string) =>
      readTable(await Deno.readTextFile(`${run}/${file}`));
    const tested = (await table("prepare/samples.csv"))
      .filter(({ fold }) => fold !== "").map(({ sample_id }) => sample_id);
    assert.ok(tested.length > 40, `${tested.length} of 48 samples tested`);
    assert.equal((await table("cnn/networks.csv")).length, 4);
    const explained = await table("shap/explained.csv");
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
    assert.deepEqual(await namesIn(run), ["prepare", "timings.json"]);
    const dry = await runScript(
      folder,
      "all",
      "--run",
      run,
      "--input",
      input,
      "--dry-run",
    );
    assert.match(dry.out, /^prepare {3}up to date\ncnn {7}would run/);
  }));
