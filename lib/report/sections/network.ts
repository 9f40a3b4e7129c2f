/** The section on the network: its training and its test scores. */

import type { Findings } from "../findings.ts";
import type { NetworkFindings, NetworksFindings } from "../findings/network.ts";
import { details, escapeText, paragraphs, table } from "../markdown.ts";
import { count, counted, fixed } from "../numbers.ts";
import type { RunFiles } from "../run_files.ts";
import type { NetworkMetrics, TrainingFacts } from "../stage_files.ts";
import { figures, missingSection, warningsOf } from "./parts.ts";

/**
 * Writes the section on the network.
 */
export function networkSection(run: RunFiles, found: Findings): string {
  const title = "Network";
  if (!run.network) return missingSection(title, "cnn", run.folder);
  const { metrics } = run.network;
  return paragraphs(
    `## ${title}`,
    training(metrics, run.decoyCount > 0),
    networks(metrics, found.network?.networks),
    figures(run, [[
      "cnn/learning_curves.svg",
      "Loss and accuracy of the training and validation part by epoch",
    ]]),
    (many(metrics) ? "The curves are those of the first network. " : "") +
      curves(metrics),
    "macro_f1" in metrics && found.network
      ? scores(run, metrics, found.network)
      : "There is no test sample, so nothing was tested.",
    warningsOf(run, ["cnn"]),
  );
}

/** The scores on the test part. */
function scores(
  run: RunFiles,
  metrics: NetworkMetrics,
  found: NetworkFindings,
): string {
  return paragraphs(
    "### Beside simple classifiers",
    ((metrics.folds ?? 1) > 1
      ? "All three learn from the training part of each fold and are scored " +
        "on its test part; the scores are over the test samples of all " +
        "folds. "
      : "All three learn from the training part and are scored on the same " +
        "test part. ") +
      "Macro F1 is the mean over the tissues, so that a small tissue " +
      "weighs as much as a large one.",
    comparison(metrics),
    `The standard error of the network's count of right samples is about ${
      fixed(found.standard_error_of_samples_right, 1)
    } of ${
      counted(metrics.test_samples, "test sample")
    } (binomial, with two right and two wrong ones added); smaller ` +
      `differences mean little.`,
    "### By tissue",
    figures(run, [
      ["cnn/tissue_f1.svg", "F1 of each tissue"],
      [
        "cnn/confusion_matrix.svg",
        "Confusion matrix of the test part, true tissues in rows",
      ],
    ]),
    confusions(metrics),
    details(
      `Scores of each tissue (${count(metrics.tissues.length)} rows)`,
      byTissue(metrics),
    ),
  );
}

/** What was trained, for how long, and which weights were kept. */
function training(facts: TrainingFacts, decoys: boolean): string {
  const side = count(facts.image_side);
  const one = !many(facts);
  return `Each sample is an image of ${side} x ${side} pixels, a gene${
    decoys ? " or decoy" : ""
  } a pixel. ` +
    `The network has ${counted(facts.parameters_count, "trained weight")}. ` +
    `${one ? "It" : "The first one"} was trained for ${
      counted(facts.epochs, "epoch")
    } (${counted(facts.updates, "update")}), and the weights after epoch ${
      count(facts.kept_epoch)
    } were kept. ` +
    (facts.batch_norm_statistics === "exact"
      ? "The means and variances of its batch normalization were then " +
        "computed over the whole training part."
      : "Its batch normalization uses the moving averages of the training.");
}

/** Whether the run has more than one network. */
function many({ networks = [] }: TrainingFacts): boolean {
  return networks.length > 1;
}

/** How many networks there are, what each is for, and how they differ. */
function networks(
  { networks = [] }: TrainingFacts,
  found: NetworksFindings | undefined,
): string {
  if (networks.length < 2) return "";
  const folds = new Set(networks.map(({ fold }) => fold)).size;
  const replicates = networks.length / folds;
  return paragraphs(
    [
      `${count(networks.length)} networks of this kind were trained.`,
      folds > 1
        ? `Each of the ${count(folds)} folds has its own, which predict and ` +
          `explain the samples that they have not seen (cross-fitting).`
        : "",
      replicates > 1
        ? `${count(replicates)} replicates${folds > 1 ? " a fold" : ""} ` +
          `differ in their random numbers alone; the mean of their ` +
          `probabilities predicts.`
        : "",
      found ? spread(found) : "",
    ].filter((sentence) => sentence !== "").join(" "),
    details(
      `Each network's own scores (${count(networks.length)} rows)`,
      table(
        [
          "fold",
          "replicate",
          "kept epoch",
          "macro F1",
          "accuracy",
        ].map((title) => ({ title, align: "right" })),
        networks.map((network) => [
          count(network.fold),
          count(network.replicate),
          count(network.kept_epoch),
          fixed(network.macro_f1),
          fixed(network.accuracy),
        ]),
      ),
    ),
  );
}

/** How far the networks' own macro F1 lie apart. */
function spread(found: NetworksFindings): string {
  return `By themselves they reach a macro F1 of ` +
    `${fixed(found.lowest_macro_f1)} to ${fixed(found.highest_macro_f1)} ` +
    `(mean ${fixed(found.mean_macro_f1)})` +
    (found.folds > 1 ? ", each on its own fold's test samples" : "") + "." +
    (found.replicate_sd === null
      ? ""
      : ` The standard deviation between replicates is ` +
        `${fixed(found.replicate_sd)}: so much is the luck of one training.`);
}

/** Where the two learning curves come from. */
function curves(facts: TrainingFacts): string {
  return "The training curve is the mean over each epoch's updates, while " +
    "dropout is on; the validation curve is taken after each epoch, without " +
    "dropout. " +
    (facts.batch_norm_statistics === "exact"
      ? "Validation normalizes by moving means and variances from which the " +
        "starting values were taken out; Keras leaves them in, and after 50 " +
        "updates they still make up 60 % (at momentum 0.99)."
      : "Validation normalizes by Keras's moving means and variances, of " +
        "which the starting values still make up 60 % after 50 updates (at " +
        "momentum 0.99), so early epochs look worse than the weights are.");
}

/** Network and baselines side by side. */
function comparison(metrics: NetworkMetrics): string {
  const { nearest_centroid, five_nearest_neighbors } = metrics.baselines;
  const rows = [
    [
      (metrics.replicates ?? 1) > 1
        ? `mean of ${count(metrics.replicates)} networks (CNN)`
        : "network (CNN)",
      metrics,
    ],
    ["nearest centroid", nearest_centroid],
    ["five nearest neighbors", five_nearest_neighbors],
  ] as const;
  return table(
    [
      { title: "classifier" },
      { title: "macro F1", align: "right" },
      { title: "accuracy", align: "right" },
    ],
    rows.map(([name, score]) => [
      name,
      fixed(score.macro_f1),
      fixed(score.accuracy),
    ]),
  );
}

/** The commonest confusions in words. */
function confusions({ confusion }: NetworkMetrics): string {
  const pairs = confusion.counts.flatMap((row, from) =>
    row.map((samples, to) => ({ samples, from, to }))
  ).filter(({ samples, from, to }) => from !== to && samples > 0);
  if (pairs.length === 0) return "No test sample was given a wrong tissue.";
  const most = pairs.sort((a, b) => b.samples - a.samples).slice(0, 5);
  const name = (index: number) => escapeText(confusion.tissues[index]);
  return "Most common confusions: " +
    most.map(({ samples, from, to }) =>
      `${name(from)} taken for ${name(to)} (${count(samples)})`
    ).join(", ") + ".";
}

/** Precision, recall, F1 and support of each tissue. */
function byTissue({ tissues }: NetworkMetrics): string {
  return table(
    [
      { title: "tissue" },
      { title: "precision", align: "right" },
      { title: "recall", align: "right" },
      { title: "F1", align: "right" },
      { title: "support", align: "right" },
    ],
    tissues.map((row) => [
      escapeText(row.tissue),
      fixed(row.precision),
      fixed(row.recall),
      fixed(row.f1),
      count(row.support),
    ]),
  );
}
