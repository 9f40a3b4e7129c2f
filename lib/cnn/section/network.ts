/** The part on the network: its training and its test scores. */

import { countOf, withCommas } from "../../cli/text.ts";
import { prepareSection } from "../../prepare/section.ts";
import {
  details,
  escapeText,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import { fixed } from "../../cli/numbers.ts";
import { withFlag } from "../../report/commands.ts";
import type { RunReport } from "../../report/run_report.ts";
import {
  confusionMatrix,
  isTested,
  learningCurves,
  type Metrics,
  type TestedMetrics,
  tissueF1,
} from "../outputs.ts";
import { estimatedTime, WANTED_MEMBERS, WORK_LIMIT } from "../training_work.ts";
import { classifiersPart } from "./classifiers.ts";
import type { Comparison, NetworkFindings, Spread } from "./findings.ts";

/** Confusions that the text names. */
const NAMED_CONFUSIONS = 5;

/** Columns of numbers. */
const numbers = (...titles: string[]) =>
  titles.map((title) => ({ title, align: "right" as const }));

/** Writes the section. */
export function networkPart(
  { metrics, comparison, spread }: NetworkFindings,
  run: RunReport,
): string {
  const hasDecoys = (run.of(prepareSection)?.decoys ?? 0) > 0;
  return paragraphs(
    training(metrics, hasDecoys, run.parameter("cnn", "columns") === "member"),
    networks(metrics, spread),
    cost(metrics, run.parameter("cnn", "ensemble") === "auto"),
    run.figure(learningCurves.file),
    (isSingle(metrics) ? "" : "The curves are those of the first network. ") +
      curves(metrics),
    isTested(metrics) && comparison !== null
      ? scores(run, metrics, comparison)
      : "There is no test sample, so nothing was tested.",
  );
}

function isSingle(metrics: Metrics): boolean {
  return metrics.networks.length === 1;
}

/** What was trained, for how long, and which weights were kept. */
function training(
  metrics: Metrics,
  hasDecoys: boolean,
  ownColumns: boolean,
): string {
  const side = withCommas(metrics.image_side);
  return `Each sample is an image of ${side} x ${side} pixels, a gene${
    hasDecoys ? " or decoy" : ""
  } a pixel${
    ownColumns ? "; each network has them in a random order of its own" : ""
  }. ` +
    `The network has ${countOf(metrics.n_parameters, "trained weight")}. ` +
    `${isSingle(metrics) ? "It" : "The first one"} was trained for ${
      countOf(metrics.epochs, "epoch")
    } (${countOf(metrics.updates, "update")}), and the weights after epoch ` +
    `${withCommas(metrics.kept_epoch)} were kept. ` +
    (metrics.batch_norm_statistics === "recomputed"
      ? "The means and variances of its batch normalization were then " +
        "recomputed over the whole training part."
      : "Its batch normalization uses the moving averages of the training.");
}

/** How many networks there are, what each is for, and how they differ. */
function networks(metrics: Metrics, spread: Spread | null): string {
  if (isSingle(metrics)) return "";
  const { folds, ensemble } = metrics;
  const count = withCommas(metrics.networks.length);
  return paragraphs(
    `${count} networks of this kind were trained.` +
      (folds > 1
        ? ` Each of the ${withCommas(folds)} folds has its own, which ` +
          "predict and explain the samples that they have not seen " +
          "(cross-fitting)."
        : "") +
      (ensemble > 1
        ? ` The ${withCommas(ensemble)} networks of ` +
          `${folds > 1 ? "each fold's" : "the"} ensemble differ only in ` +
          "their random numbers; the mean of their probabilities is the " +
          "prediction."
        : "") +
      (spread === null ? "" : describeSpread(spread)),
    details(
      `Each network's own scores (${count} rows)`,
      table(
        numbers("fold", "member", "kept epoch", "macro F1", "accuracy"),
        metrics.networks.map((network) => [
          withCommas(network.fold),
          withCommas(network.member),
          withCommas(network.kept_epoch),
          fixed(network.macro_f1),
          fixed(network.accuracy),
        ]),
      ),
    ),
  );
}

/** Why there are so many networks, and what more would cost. */
function cost(metrics: Metrics, isAuto: boolean): string {
  const { ensemble, folds, multiply_adds } = metrics;
  const eachFold = folds > 1 ? " in each fold" : "";
  const work = (members: number) =>
    estimatedTime(members / ensemble * multiply_adds);
  if (ensemble >= WANTED_MEMBERS) {
    return isAuto
      ? `The program chose ${withCommas(ensemble)} networks${eachFold}: by ` +
        "the sizes of network and data their training is estimated to take " +
        `${work(ensemble)} on two cores, less than the limit of ` +
        `${estimatedTime(WORK_LIMIT)} for \`--cnn.ensemble auto\`.`
      : "";
  }
  return (isAuto
    ? `The program chose ${countOf(ensemble, "network")}${eachFold}, because ` +
      `${WANTED_MEMBERS} would take longer than the limit of ` +
      `${estimatedTime(WORK_LIMIT)} for \`--cnn.ensemble auto\`. `
    : "") +
    `More networks make the ranking steadier: ${
      withFlag(`--cnn.ensemble ${WANTED_MEMBERS}`)
    } trains ${WANTED_MEMBERS}${eachFold}, which is estimated to take ` +
    `${work(WANTED_MEMBERS)} on two cores.`;
}

/** How far the networks' own macro F1 lie apart. */
function describeSpread(spread: Spread): string {
  return " By themselves they reach a macro F1 of " +
    `${fixed(spread.lowest_macro_f1)} to ${fixed(spread.highest_macro_f1)} ` +
    `(mean ${fixed(spread.mean_macro_f1)})` +
    (spread.folds > 1 ? ", each on its own fold's test samples" : "") + "." +
    (spread.member_sd === null
      ? ""
      : " The standard deviation between networks of the same ensemble is " +
        `${fixed(spread.member_sd)}: this is the chance in a single training.`);
}

/** How the two learning curves were measured. */
function curves({ batch_norm_statistics }: Metrics): string {
  return "The training curve is the mean over each epoch's updates, with " +
    "dropout; the validation curve is measured after each epoch, without " +
    "dropout. " +
    (batch_norm_statistics === "recomputed"
      ? "Validation normalizes by moving means and variances from which the " +
        "starting values were removed; Keras leaves them in, and after 50 " +
        "updates they still make up 60 % (at momentum 0.99)."
      : "Validation normalizes by Keras's moving means and variances, of " +
        "which the starting values still make up 60 % after 50 updates (at " +
        "momentum 0.99), so early epochs look worse than they are.");
}

/** The scores on the test part. */
function scores(
  run: RunReport,
  metrics: TestedMetrics,
  found: Comparison,
): string {
  return paragraphs(
    classifiersPart(metrics, found),
    "### By tissue",
    run.figure(tissueF1.file),
    run.figure(confusionMatrix.file),
    confusions(metrics),
    details(
      `Scores of each tissue (${withCommas(metrics.tissues.length)} rows)`,
      tissueTable(metrics),
    ),
  );
}

/** The most common confusions in words. */
function confusions({ confusion: { tissues, counts } }: TestedMetrics): string {
  const most = counts.flatMap((row, truth) =>
    row.map((samples, predicted) => ({ samples, truth, predicted }))
  ).filter(({ samples, truth, predicted }) =>
    truth !== predicted && samples > 0
  ).sort((a, b) => b.samples - a.samples).slice(0, NAMED_CONFUSIONS);
  if (most.length === 0) return "No test sample was given a wrong tissue.";
  const name = (index: number) => escapeText(tissues[index]);
  return "Most common confusions: " +
    most.map(({ samples, truth, predicted }) =>
      `${name(truth)} predicted as ${name(predicted)} (${withCommas(samples)})`
    ).join(", ") + ".";
}

/** Precision, recall, F1 and support of each tissue. */
function tissueTable({ tissues }: TestedMetrics): string {
  return table(
    [{ title: "tissue" }, ...numbers("precision", "recall", "F1", "support")],
    tissues.map((row) => [
      escapeText(row.tissue),
      fixed(row.precision),
      fixed(row.recall),
      fixed(row.f1),
      withCommas(row.support),
    ]),
  );
}
