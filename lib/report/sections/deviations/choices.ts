/** Departures from the study that are not corrections. */

import original from "../../../../presets/original.json" with { type: "json" };
import { cnnSection } from "../../../cnn/section.ts";
import { prepareSection } from "../../../prepare/section.ts";
import { shapSection } from "../../../shap/section.ts";
import type { RunReport } from "../../run_report.ts";
import { type Deviation, REMAINS } from "./deviation.ts";

/** The study's network, by the names of the stage's parameters. */
const STUDY_TRAINING: Readonly<Record<string, unknown>> = original.cnn;

/** Departures by choice, not because of a mistake. */
export function choices(run: RunReport): Deviation[] {
  return [
    {
      study: "split without regard to the tissues",
      here:
        "the split is stratified: every tissue that can be is on both sides",
      why: "a tissue that is only trained on, or only tested, shows nothing",
    },
    {
      study: "ranked the genes on test samples and clustered test samples by " +
        "them",
      here: run.of(shapSection)?.summary.explained_part === "training"
        ? "the genes are ranked on training samples, and the set is judged on " +
          "test samples left out of the ranking and the training"
        : (run.of(prepareSection)?.folds ?? 1) > 1
        ? "every sample is predicted and explained by networks that have not " +
          "seen it; the genes are still ranked on the samples that are " +
          "clustered, so part of this weakness remains"
        : `the same, on one split; ${REMAINS}`,
      why: "the set is chosen with the help of the samples that test it; the " +
        "random sets are not",
    },
    {
      study: "computed gradients for every class and kept one",
      here: "one class a sample is explained",
      why: "the same numbers for less work",
    },
    ...otherTransform(run),
    ...otherRanking(run),
    {
      study: "gave the convolutions and the hidden dense layer a bias before " +
        "batch normalization",
      here: "no bias there; the output layer keeps its own",
      why:
        "batch normalization subtracts the mean and so cancels a bias: the " +
        "network is the same with fewer weights",
    },
    ...otherCutoff(run),
    ...otherTraining(run),
    {
      study: "trained with Keras",
      here: "TensorFlow.js with its own kernels and optimizer, which follow " +
        "the formulas of Keras, with other rounding and other random numbers",
      why: "the program runs on Deno without Python; equal in method, not in " +
        "each weight",
    },
    {
      study: "used umap-learn, which starts from a spectral layout",
      here: "UMAP as in umap-js, which starts from a random layout",
      why: "the same method, but other layouts; compare sets within one " +
        "program only",
    },
    ...(run.facts.simulated
      ? [{
        study: "used maize RNA-seq samples",
        here: "simulated samples with planted marker genes",
        why: "the truth is known, so the genes found can be checked",
      }]
      : []),
  ];
}

/** A transform other than the study's. */
function otherTransform(run: RunReport): Deviation[] {
  const used = run.record("prepare")?.parameters;
  const { pseudocount, shift } = original.prepare;
  if (
    used === undefined ||
    used.transform === "log2" && used.pseudocount === pseudocount &&
      used.shift === shift
  ) return [];
  return [{
    study: `took log2(x + ${pseudocount}) + ${shift} of the values`,
    here: used.transform === "log2"
      ? `log2(x + ${used.pseudocount})` +
        (used.shift === 0 ? "" : ` + ${used.shift}`)
      : "the values as they were given",
    why: `with ${pseudocount} the differences between 0 and hardly expressed ` +
      "are as large as those between moderate and strong expression",
  }];
}

/** Which samples and genes are ranked, and by which output. */
function otherRanking(run: RunReport): Deviation[] {
  const summary = run.of(shapSection)?.summary;
  if (summary === undefined) return [];
  return [
    ...(summary.samples === "right" ? [] : [{
      study: "ranked the genes on samples that were predicted right",
      here: "every explained sample is explained for its own tissue and ranked",
      why: "samples that are hard to predict belong to the tissue, too",
    }]),
    ...(summary.min_samples === 1 ? [] : [{
      study: "ranked a tissue by however few samples",
      here: `a tissue needs ${summary.min_samples} samples to be ranked`,
      why: "a median of one or two samples is mostly noise",
    }]),
    ...(summary.direction === "both" ? [] : [{
      study: "ranked genes whatever the direction in which they change",
      here: "only genes that are higher in the tissue than elsewhere are " +
        "ranked; those that mark it by their absence have a list of their own",
      why: "a gene that a tissue lacks is no gene of the tissue",
    }]),
    ...(summary.output === "probability" ? [] : [{
      study: "explained the probability of the tissue",
      here: summary.output === "log-odds"
        ? "the log-odds of the tissue are explained"
        : "the tissue's logit less the mean of all logits is explained",
      why: "the probability changes only where the network is undecided",
    }]),
  ];
}

/** A rank threshold other than the study's. */
function otherCutoff(run: RunReport): Deviation[] {
  const rule = run.of(shapSection)?.summary.cutoff_rule ?? "unique";
  if (rule === "unique") return [];
  return [{
    study: "cut the tissues' lists where half of the genes listed are repeats",
    here: rule === "noise"
      ? "cut at the last rank with a noise rate (by decoys) that is low enough"
      : rule === "stable"
      ? "took the genes that come again on halves of the samples"
      : rule === "knockoff"
      ? "took the genes that score higher than their knockoffs"
      : "cut at a fixed rank",
    why: rule === "noise"
      ? "the study's rule does not consider noise"
      : rule === "stable"
      ? "the study's rule does not consider what other samples would give"
      : rule === "knockoff"
      ? "the study's rule has no error rate"
      : "the study's rule stops where the lists repeat one another, which " +
        "lists of genes that are higher in one tissue hardly do",
  }];
}

/** The settings of the training that are not the study's. */
function otherTraining(run: RunReport): Deviation[] {
  const record = run.record("cnn")?.parameters ?? {};
  // Where it was left to the program, the number that it chose.
  const metrics = run.of(cnnSection)?.metrics;
  // The flags of these two may say auto.
  const used: typeof record = metrics === undefined
    ? record
    : { ...record, epochs: metrics.epochs, ensemble: metrics.ensemble };
  const other = Object.keys(STUDY_TRAINING).filter((name) =>
    // Batch normalization has a row of its own.
    name !== "batch-norm" && Object.hasOwn(used, name) &&
    used[name] !== STUDY_TRAINING[name]
  );
  if (other.length === 0) return [];
  const list = (values: Readonly<Record<string, unknown>>) =>
    other.map((name) => `${name} ${values[name]}`).join(", ");
  return [{
    study: `trained with ${list(STUDY_TRAINING)}`,
    here: list(used),
    why: (other.includes("blocks")
      ? "further convolutions and max pooling mix pixels of genes that have " +
        "nothing to do with each other, and spread a gene's score over its " +
        "neighbors"
      : "chosen for this run") +
      "; presets/original.json has the study's settings",
  }];
}
