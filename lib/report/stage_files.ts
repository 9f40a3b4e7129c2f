/**
 * What the stages write, as far as the report reads it. A part that a stage
 * may not have written is optional: an older or a partial run has a report,
 * too.
 */

import type { ShapSummary as Shap } from "../shap/outputs.ts";

export type DecoySummary = NonNullable<Shap["decoys"]>;
export type DrawsStability = NonNullable<Shap["draws_stability"]>;
export type NetworksStability = NonNullable<Shap["networks_stability"]>;

/** A number in a JSON file; null where it is not defined (0 / 0). */
export type Measured = number | null;

/** Rows of a CSV table, keyed by column. */
export type Rows = readonly Readonly<Record<string, string>>[];

/** A row of `prepare/samples.csv`. */
export interface SampleRow {
  readonly tissue: string;
  readonly group: string;
  readonly split: string;
  /** The fold that tests the sample; empty without folds, or if none does. */
  readonly fold: string;
}

/** One tissue in `cnn/metrics.json`. */
export interface TissueScore {
  readonly tissue: string;
  readonly precision: Measured;
  readonly recall: Measured;
  readonly f1: Measured;
  readonly support: number;
}

/** Macro F1 and accuracy of a simple classifier on the same split. */
export interface BaselineScore {
  readonly macro_f1: number;
  readonly accuracy: number;
}

/** `cnn/metrics.json`. Without a test sample it holds no scores. */
export interface NetworkMetrics extends TrainingFacts {
  readonly macro_f1: number;
  readonly accuracy: number;
  readonly tissues: readonly TissueScore[];
  readonly confusion: {
    readonly tissues: readonly string[];
    /** True tissue in rows, predicted tissue in columns. */
    readonly counts: readonly (readonly number[])[];
  };
  readonly baselines: {
    readonly nearest_centroid: BaselineScore;
    readonly five_nearest_neighbors: BaselineScore;
  };
}

/** What `cnn/metrics.json` says of the training. */
export interface TrainingFacts {
  readonly test_samples: number;
  /** Of the first network. */
  readonly kept_epoch: number;
  readonly epochs: number;
  /** Of the first network. */
  readonly updates: number;
  /** `exact` or `moving`. */
  readonly batch_norm_statistics: string;
  /** Weights that are trained. */
  readonly parameters_count: number;
  /** Pixels along one side of the image. */
  readonly image_side: number;
  readonly folds?: number;
  readonly replicates?: number;
  readonly networks?: readonly SingleNetwork[];
}

/** One of several networks: its own scores on its own fold's test samples. */
export interface SingleNetwork {
  readonly fold: number;
  readonly replicate: number;
  readonly macro_f1: Measured;
  readonly accuracy: Measured;
  readonly kept_epoch: number;
}

/** `shap/summary.json`. */
export interface ShapSummary {
  readonly draws: number;
  readonly draws_asked?: number | "auto";
  readonly rounds?: number;
  readonly replicates?: number;
  readonly explained: number;
  readonly correct: number;
  readonly dropped: number;
  readonly tissues_without_samples: readonly string[];
  /** The rule of the cut: `unique` (the study's), `fdr` or `top`. */
  readonly cut?: "unique" | "fdr" | "top";
  /** The rank of the cut: ranks above it are in the set. */
  readonly listed_ranks: number;
  readonly mean_absolute_gap: Measured;
  /** Mean of |output - expected|. */
  readonly mean_absolute_difference: Measured;
  readonly unique_share_at_cut: Measured;
  /** Mean Monte Carlo standard error of a sample's sum. */
  readonly mean_standard_error?: Measured;
  readonly decoys?: DecoySummary | null;
  readonly draws_stability?: DrawsStability | null;
  readonly networks_stability?: NetworksStability | null;
}

/** `checks/checks.json`. */
export interface ChecksSummary {
  readonly top: number;
  readonly chance_overlap: number;
  readonly samples: number;
  readonly draws: number;
  readonly checks: readonly CheckAgreement[];
  readonly shuffled_network: ShuffledNetwork;
}

/** How far a check's scores agree with the network's: means over tissues. */
export interface CheckAgreement {
  /** Such as `rerun` or `all_layers`. */
  readonly check: string;
  readonly spearman: Measured;
  readonly spearman_absolute: Measured;
  readonly overlap: number;
}

/** The network that was trained on shuffled labels. */
export interface ShuffledNetwork {
  readonly epochs: number;
  /** On the shuffled labels. */
  readonly train_accuracy: number;
  readonly macro_f1: number;
  /** On the test samples' own tissues. */
  readonly accuracy: number;
  readonly chance_accuracy: number;
}

/** `ttest/ttest.json`. */
export interface TestResult {
  readonly sets: number;
  readonly repeats: number;
  readonly genes: number;
  readonly space: string;
  readonly null_mean: Measured;
  readonly null_sd: Measured;
  readonly statistic: Measured;
  readonly t: Measured;
  readonly df: number;
  readonly p_t: Measured;
  readonly p_empirical: Measured;
  /** Random sets that score as high as the gene set or higher. */
  readonly as_high?: number;
  /** Seed of the gene set's own embedding. */
  readonly shap_embedding_seed?: number | null;
  /** Every null in every space, the one above among them. */
  readonly tests?: readonly SpaceTestResult[];
}

/** The test against one kind of random sets in one space. */
export interface SpaceTestResult {
  /** `uniform` or `matched`. */
  readonly null: string;
  readonly space: string;
  readonly sets: number;
  readonly genes: number;
  readonly null_mean: Measured;
  readonly null_sd: Measured;
  readonly within_set_sd?: Measured;
  readonly statistic: Measured;
  readonly t: Measured;
  readonly p_t: Measured;
  readonly p_empirical: Measured;
  /** The p of the spread of k-means repeats, as the study had it. */
  readonly naive_p_t?: Measured;
  /** Mean share of a random set's genes that are in the gene set, too. */
  readonly mean_overlap?: Measured;
}
