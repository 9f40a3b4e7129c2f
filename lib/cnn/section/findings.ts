/** How good the network is, as the report puts it into words. */

import { binomialCdf } from "../../statistics/binomial.ts";
import { SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import { mean, sampleSd } from "../../statistics/describe.ts";
import { unfit } from "../../store/unfit.ts";
import { compareRivals } from "./rival_comparison.ts";
import {
  isTested,
  type Metrics,
  metrics as metricsFile,
  type TestedMetrics,
} from "../outputs.ts";

/** How the network compares with the simple classifiers. */
export type Comparison = ReturnType<typeof compare>;

/** How the networks differ, each scored on its own fold's test samples. */
export type Spread = ReturnType<typeof spreadOf>;

/** What the stage found. */
export interface NetworkFindings {
  readonly metrics: Metrics;
  /** Null without test samples. */
  readonly comparison: Comparison | null;
  /** Null for a single network, and without test samples. */
  readonly spread: Spread | null;
}

/**
 * @param metrics `cnn/metrics.json`.
 * @throws {InputError} If its scores are not of its test samples.
 */
export function networkFindings(metrics: Metrics): NetworkFindings {
  checkScores(metrics);
  const tested = isTested(metrics);
  return {
    metrics,
    comparison: tested ? compare(metrics) : null,
    spread: tested && metrics.networks.length > 1 ? spreadOf(metrics) : null,
  };
}

/** Refuses a file that was changed by hand, before its scores are compared. */
function checkScores(metrics: Metrics): void {
  const { test_samples, tissues, confusion, accuracy, baselines, macro_f1 } =
    metrics;
  if (test_samples === 0) return;
  const supports = tissues?.map(({ support }) => support) ?? [];
  const total = supports.reduce((sum, support) => sum + support, 0);
  const names = confusion?.tissues ?? [];
  const isSquare = [confusion?.counts ?? [], ...confusion?.counts ?? []]
    .every(({ length }) => length === names.length);
  if (
    test_samples > 0 && total === test_samples && names.length > 0 &&
    supports.every((support) => support >= 0) && isSquare &&
    accuracy !== null && accuracy >= 0 && accuracy <= 1 &&
    macro_f1 !== null && baselines !== null && metrics.networks.length > 0
  ) return;
  throw unfit(
    metricsFile.file,
    `its scores must be those of its ${test_samples} test samples`,
  );
}

/** How good a guess is that always names the largest tissue. */
export function compareWithLargest(
  { accuracy, test_samples, tissues }: Pick<
    TestedMetrics,
    "accuracy" | "test_samples" | "tissues"
  >,
) {
  const largest = tissues.reduce((largest, each) =>
    each.support > largest.support ? each : largest
  );
  const right = Math.round(accuracy * test_samples);
  const p = right === 0
    ? 1
    : 1 - binomialCdf(right - 1, test_samples, largest.support / test_samples);
  return {
    /** Samples that the network gets right. */
    samples_right: right,
    /** The tissue with the most test samples, and how many it has. */
    largest_tissue: largest.tissue,
    largest_tissue_samples: largest.support,
    /**
     * Of a network that is right as often as the guess: how often it gets at
     * least so many right (exact binomial test).
     */
    p_against_largest_tissue: p,
    better_than_largest_tissue: p < SIGNIFICANCE_LEVEL,
  };
}

/** Tissues of which the network knows nothing, as far as the test shows. */
function unknownTissues({ tissues, confusion }: TestedMetrics) {
  const predicted = confusion.tissues.filter((_, column) =>
    confusion.counts.some((row) => row[column] > 0)
  );
  return {
    /** The tissue that every test sample is predicted as; null if several. */
    only_prediction: predicted.length === 1 ? predicted[0] : null,
    /** Tissues with test samples of which none is predicted right. */
    tissues_never_right: tissues
      .filter(({ support, recall }) => support > 0 && recall === 0)
      .map(({ tissue }) => tissue),
  };
}

function compare(metrics: TestedMetrics) {
  const { macro_f1, accuracy, balanced_accuracy } = metrics;
  return {
    macro_f1,
    accuracy,
    balanced_accuracy,
    ...compareRivals(metrics),
    ...compareWithLargest(metrics),
    ...unknownTissues(metrics),
  };
}

function spreadOf({ folds, ensemble, networks }: TestedMetrics) {
  const tested = networks.filter(({ macro_f1 }) => macro_f1 !== null);
  const scores = [...Map.groupBy(tested, ({ fold }) => fold).values()]
    .map((members) => members.map(({ macro_f1 }) => macro_f1!));
  return {
    folds,
    /** Networks of each fold. */
    ensemble,
    mean_macro_f1: mean(scores.flat()),
    lowest_macro_f1: Math.min(...scores.flat()),
    highest_macro_f1: Math.max(...scores.flat()),
    /**
     * Standard deviation between the networks of a fold, mean over folds; null
     * with one network a fold.
     */
    member_sd: ensemble > 1 ? mean(scores.map(sampleSd)) : null,
  };
}
