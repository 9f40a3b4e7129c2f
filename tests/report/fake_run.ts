/** A small, consistent run folder: what every stage would have written. */

import { writeTable } from "../../lib/store/csv.ts";
import {
  fakeChecks,
  fakeNetworks,
  foldFiles,
  foldOf,
  shapFiles,
  spaceTests,
  wholeSummary,
} from "./fake_robustness.ts";
import { type Wishes, writeStage } from "./fake_stage.ts";

/** Genes in the matrix. */
export const geneCount = 40;

/** Writes a run into a new folder and returns its path. */
export async function fakeRun(wishes: Wishes = {}): Promise<string> {
  const run = await Deno.makeTempDir();
  const {
    tissues = ["leaf", "root"],
    testSamplesPerTissue = 6,
    input = "",
    stages = [
      "simulate",
      "prepare",
      "cnn",
      "shap",
      "clusters",
      "ttest",
      "checks",
    ],
    setGenes = 12,
    geneName = (index) => `Zm${String(index).padStart(3, "0")}`,
  } = wishes;
  const testSamples = testSamplesPerTissue * tissues.length;
  const genes = Array.from({ length: geneCount }, (_, i) => geneName(i));
  const write = (
    name: string,
    files: Record<string, string>,
    parameters: Record<string, unknown> = {},
    inputs: readonly string[] = [],
  ) => writeStage(run, name, files, parameters, inputs, wishes);
  const figure = (name: string) =>
    wishes.figures === false ? {} : { [name]: "<svg/>" };

  if (input === "") {
    await write("simulate", {
      "truth.csv": writeTable(
        ["gene", "tissue", "log2_fold_change"],
        tissues.flatMap((tissue, t) =>
          [0, 1, 2].map((i) => ({
            gene: genes[3 * t + i],
            tissue,
            log2_fold_change: 2,
          }))
        ),
      ),
    }, { genes: geneCount });
  }
  const samples = tissues.flatMap((tissue) =>
    Array.from({ length: 12 + testSamplesPerTissue }, (_, i) => ({
      sample_id: `${tissue}${i}`,
      tissue,
      group: wishes.grouped ? `study${i % 3}` : "",
      split: wishes.folds
        ? "test"
        : i < 10
        ? "train"
        : i < 12
        ? "validation"
        : "test",
      fold: foldOf(i, wishes),
    }))
  );
  await write(
    "prepare",
    {
      "samples.csv": writeTable(
        ["sample_id", "tissue", "group", "split", "fold"],
        samples,
      ),
      ...foldFiles(samples, genes, wishes),
      "genes.csv": writeTable(
        ["gene", "mean", "sd", "zeros"],
        genes.map((gene, i) => ({
          gene,
          mean: 1,
          sd: 1,
          zeros: i === 39 ? samples.length : 0,
        })),
      ),
      ...figure("samples_per_tissue.svg"),
    },
    { input, label: "", samples: "", group: "", shift: 10 },
    input === "" ? ["simulate/truth.csv"] : [],
  );
  if (stages.includes("cnn")) {
    const macro_f1 = wishes.macroF1 ?? 0.95;
    const facts = {
      test_samples: wishes.untested ? 0 : testSamples,
      kept_epoch: 30,
      epochs: 30,
      updates: 120,
      batch_norm_statistics: wishes.statistics ?? "exact",
      parameters_count: 12345,
      image_side: 7,
      ...fakeNetworks(wishes),
    };
    const rows = tissues.map((tissue) => ({
      tissue,
      precision: 0.9,
      recall: 1,
      f1: macro_f1,
      support: testSamplesPerTissue,
    }));
    const scores = {
      macro_f1,
      accuracy: wishes.accuracy ?? macro_f1,
      tissues: rows,
      confusion: {
        tissues,
        counts: tissues.map((_, i) => tissues.map((_, j) => i === j ? 5 : 1)),
      },
      baselines: {
        nearest_centroid: { macro_f1: 0.8, accuracy: 0.8, tissues: rows },
        five_nearest_neighbors: {
          macro_f1: 0.7,
          accuracy: 0.7,
          tissues: rows,
        },
      },
    };
    await write(
      "cnn",
      {
        "metrics.json": JSON.stringify(
          wishes.untested ? facts : { ...scores, ...facts },
        ),
        ...figure("learning_curves.svg"),
      },
      { epochs: wishes.epochs ?? 30, note: "", plain: false },
      ["prepare/genes.csv"],
    );
  }
  if (stages.includes("shap")) {
    await write(
      "shap",
      {
        "summary.json": JSON.stringify({
          draws: 100,
          explained: testSamples,
          correct: testSamples - 1,
          dropped: 1,
          tissues_without_samples: [],
          genes: setGenes,
          listed_ranks: 7,
          mean_absolute_gap: 0.05,
          mean_absolute_difference: 0.5,
          unique_share_at_cut: 0.5,
          ...(wishes.whole && wholeSummary),
          ...wishes.shap,
        }),
        ...shapFiles(tissues, wishes),
        "ranks.csv": writeTable(
          ["rank", ...tissues],
          genes.map((_, rank) => ({
            rank: rank + 1,
            ...Object.fromEntries(
              tissues.map((t, i) => [t, genes[(rank + 3 * i) % geneCount]]),
            ),
          })),
        ),
        "shap_genes.csv": writeTable(
          ["gene", "tissue", "rank", "median_shap", "standard_error"],
          genes.slice(0, setGenes).map((gene, i) => ({
            gene,
            tissue: tissues[0],
            rank: i + 1,
            median_shap: 1 / (i + 1),
            // Two errors are below 1 / (i + 1) for the first 4 genes.
            standard_error: wishes.whole ? 0.11 : null,
          })),
        ),
      },
      { draws: 100, ...wishes.shapParameters },
      ["cnn/metrics.json"],
    );
  }
  if (stages.includes("clusters")) {
    await write(
      "clusters",
      {
        "scores.csv": writeTable(
          [
            "gene_set",
            "genes",
            "space",
            "repeat",
            "kmeans_seed",
            "homogeneity",
            "completeness",
            "v_measure",
            "ami",
            "ari",
          ],
          ["shap", "all"].flatMap((gene_set) =>
            (wishes.spaces ?? ["umap"]).flatMap((space) =>
              [1, 2].map((repeat) => ({
                gene_set,
                genes: gene_set === "all" ? geneCount : setGenes,
                space,
                repeat,
                kmeans_seed: 100 + repeat,
                homogeneity: 0.8,
                completeness: 0.8,
                v_measure: 0.7 + repeat / 10,
                ami: 0.6,
                ari: 0.5,
              }))
            )
          ),
        ),
        "sets.csv":
          "gene_set,genes,unknown,gene_seed,umap_seed,k,neighbors,samples\n" +
          `shap,${setGenes},0,,77,2,15,${testSamples}\n`,
        ...figure("embedding_shap.svg"),
      },
      { repeats: 5 },
      ["shap/shap_genes.csv"],
    );
  }
  if (stages.includes("ttest")) {
    await write(
      "ttest",
      {
        "ttest.json": JSON.stringify({
          sets: 30,
          repeats: 2,
          genes: setGenes,
          space: "umap",
          null_mean: 0.7,
          null_sd: 0.02,
          statistic: 0.85,
          t: 7.378,
          df: 29,
          p_t: 2e-8,
          p_empirical: 1 / 31,
          shap_embedding_seed: 4711,
          ...(wishes.whole && { tests: spaceTests() }),
          ...wishes.ttest,
        }),
        "null.csv": writeTable(
          ["set", "gene_seed", "embedding_seed", "repeat", "v_measure"],
          Array.from({ length: 60 }, (_, i) => ({
            set: Math.floor(i / 2) + 1,
            gene_seed: 1000 + Math.floor(i / 2),
            embedding_seed: 2000 + Math.floor(i / 2),
            repeat: i % 2 + 1,
            v_measure: i % 2 ? 0.705 : 0.695,
          })),
        ),
        ...figure("null.svg"),
        ...(wishes.whole ? figure("nulls.svg") : {}),
      },
      { sets: 30 },
      ["shap/shap_genes.csv"],
    );
  }
  if (stages.includes("checks")) {
    await write(
      "checks",
      {
        "checks.json": JSON.stringify({ ...fakeChecks, ...wishes.checks }),
        ...figure("agreement.svg"),
      },
      { draws: 50 },
      ["shap/shap_genes.csv"],
    );
  }
  return run;
}
