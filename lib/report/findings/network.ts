/** The network's results. */

import { defined, mean, standardDeviation } from "../numbers.ts";
import type {
  Measured,
  NetworkMetrics,
  SingleNetwork,
} from "../stage_files.ts";
import { sameMacroF1 } from "./levels.ts";

/** How the network compares with the simple classifiers. */
export interface NetworkFindings {
  readonly macro_f1: number;
  readonly accuracy: number;
  readonly nearest_centroid_macro_f1: number;
  readonly five_nearest_neighbors_macro_f1: number;
  /** `better`, `same` or `worse` than the better of the two, by macro F1. */
  readonly against_baselines: "better" | "same" | "worse";
  /** Test samples that it gets right beyond the more accurate of the two. */
  readonly more_samples_right: number;
  /**
   * Standard error of a count of right samples, sqrt(n a (1 - a)), with two
   * right and two wrong samples added to a (Agresti and Coull 1998), so that a
   * network without an error has one, too.
   */
  readonly standard_error_of_samples_right: number;
  /** The networks one by one, where there are several. */
  readonly networks?: NetworksFindings;
}

/** How the networks differ that share the work. */
export interface NetworksFindings {
  readonly folds: number;
  readonly replicates: number;
  readonly mean_macro_f1: Measured;
  readonly lowest_macro_f1: Measured;
  readonly highest_macro_f1: Measured;
  /** Standard deviation between the replicates of a fold, mean over folds. */
  readonly replicate_sd: Measured;
}

/**
 * Compares the network with the better of the two simple classifiers.
 *
 * @param metrics `cnn/metrics.json` of a run with test samples.
 */
export function networkFindings(metrics: NetworkMetrics): NetworkFindings {
  const testSamples = metrics.test_samples;
  const { nearest_centroid, five_nearest_neighbors } = metrics.baselines;
  const gain = metrics.macro_f1 -
    Math.max(nearest_centroid.macro_f1, five_nearest_neighbors.macro_f1);
  const rightSamples = metrics.accuracy * testSamples;
  const accuracy = (rightSamples + 2) / (testSamples + 4);
  const bestAccuracy = Math.max(
    nearest_centroid.accuracy,
    five_nearest_neighbors.accuracy,
  );
  return {
    macro_f1: metrics.macro_f1,
    accuracy: metrics.accuracy,
    nearest_centroid_macro_f1: nearest_centroid.macro_f1,
    five_nearest_neighbors_macro_f1: five_nearest_neighbors.macro_f1,
    against_baselines: gain > sameMacroF1
      ? "better"
      : gain < -sameMacroF1
      ? "worse"
      : "same",
    more_samples_right: Math.round(
      (metrics.accuracy - bestAccuracy) * testSamples,
    ),
    standard_error_of_samples_right: Math.sqrt(
      testSamples * accuracy * (1 - accuracy),
    ),
    ...((metrics.networks?.length ?? 0) > 1 &&
      { networks: networksFindings(metrics.networks!) }),
  };
}

/** Sums up how the networks differ. */
function networksFindings(
  networks: readonly SingleNetwork[],
): NetworksFindings {
  const byFold = new Map<number, number[]>();
  for (const { fold, macro_f1 } of networks) {
    const own = byFold.get(fold) ?? [];
    if (macro_f1 !== null) own.push(macro_f1);
    byFold.set(fold, own);
  }
  const scores = [...byFold.values()].flat();
  const spreads = [...byFold.values()].map(standardDeviation);
  return {
    folds: byFold.size,
    replicates: Math.round(networks.length / byFold.size),
    mean_macro_f1: defined(mean(scores)),
    lowest_macro_f1: defined(Math.min(...scores)),
    highest_macro_f1: defined(Math.max(...scores)),
    replicate_sd: defined(mean(spreads.filter(Number.isFinite))),
  };
}
