/** Departures from the study that are no corrections. */

import original from "../../../../presets/original.json" with { type: "json" };
import type { Findings } from "../../findings.ts";
import type { RunFiles } from "../../run_files.ts";
import type { Deviation } from "./deviation.ts";

/** The study's network, by the names of the stage's parameters. */
const studyTraining: Readonly<Record<string, unknown>> = original.cnn;

/**
 * Departures by choice, not for a mistake.
 */
export function choices(run: RunFiles, found: Findings): Deviation[] {
  return [
    {
      study: "split without regard to the tissues",
      here:
        "the split is stratified: every tissue that can be is on both sides",
      why: "a tissue that is only trained or only tested tells nothing",
    },
    {
      study: "ranked the genes on test samples and clustered test samples by " +
        "them",
      here: found.folds > 1
        ? "every sample is predicted and explained by networks that have not " +
          "seen it; the genes are still ranked on the samples that are " +
          "clustered, so part of this weakness remains"
        : "the same, on one split, so this weakness remains",
      why: "the set is chosen with the help of the samples that test it; the " +
        "random sets are not",
    },
    {
      study: "computed gradients for every class and kept one",
      here: "only the predicted class is explained",
      why: "the same numbers for less work",
    },
    {
      study: "gave the convolutions and the hidden dense layer a bias in " +
        "front of batch normalization",
      here: "no bias there; the output layer keeps its own",
      why:
        "batch normalization subtracts the mean and so cancels a bias: the " +
        "network is the same with fewer weights",
    },
    ...cutRule(found),
    ...settings(run),
    {
      study: "trained with Keras",
      here: "TensorFlow.js with kernels and an optimizer of its own that " +
        "follow Keras's formulas, rounded in another order and fed by other " +
        "random numbers",
      why: "the suite runs on Deno without Python; equal in method, not in " +
        "each weight",
    },
    {
      study: "used umap-learn, which starts from a spectral layout",
      here: "umap-js, which starts from a random layout",
      why: "the same method, but other images; compare sets within one " +
        "program only",
    },
    ...(run.simulated
      ? [{
        study: "used maize RNA-seq samples",
        here: "simulated samples with planted marker genes",
        why: "the truth is known, so the genes found can be checked",
      }]
      : []),
  ];
}

/** A cut by another rule than the study's. */
function cutRule({ gene_set }: Findings): Deviation[] {
  if (!gene_set || gene_set.cut === "unique") return [];
  return [{
    study: "cut the tissues' lists where half of the genes listed are repeats",
    here: gene_set.cut === "fdr"
      ? "cut at the last rank that keeps the false discovery rate by decoys " +
        "as low as asked for"
      : "cut after a set number of ranks",
    why: gene_set.cut === "fdr"
      ? "the study's rule does not look at chance"
      : "chosen for this run",
  }];
}

/** The settings of the training that are not the study's. */
function settings(run: RunFiles): Deviation[] {
  const used = run.records.find(({ stage }) => stage === "cnn")?.parameters ??
    {};
  const other = Object.keys(studyTraining).filter((name) =>
    // BatchNorm's statistics have a row of their own.
    name !== "statistics" && Object.hasOwn(used, name) &&
    used[name] !== studyTraining[name]
  );
  if (other.length === 0) return [];
  const list = (values: Readonly<Record<string, unknown>>) =>
    other.map((name) => `${name} ${values[name]}`).join(", ");
  return [{
    study: `trained with ${list(studyTraining)}`,
    here: list(used),
    why: run.simulated
      ? "the simulated demo is small and has to run in minutes"
      : "chosen for this run; presets/original.json holds the study's",
  }];
}
