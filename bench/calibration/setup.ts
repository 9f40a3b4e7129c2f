/** The input and the result of a trial of the calibration. */

/** The settings that all trials share. */
export interface CalibrationSetup {
  /** Random gene sets of each null model. */
  readonly sets: number;
  /** Starts of each k-means in UMAP. */
  readonly restarts: number;
  /** The same in principal components and genes. */
  readonly restartsHighDim: number;
  /** Layouts per gene set in UMAP. */
  readonly layouts: number;
  /** K-means runs of each. */
  readonly layoutRepeats: number;
  /** K-means runs per gene set in principal components and genes. */
  readonly repeats: number;
  /** Samples of each study in scenarios A and B. */
  readonly samples: number;
  /** Epochs of the network in scenarios C and D. */
  readonly epochs: number;
  /** Draws per sample in scenarios C and D. */
  readonly draws: number;
}

/** One trial. */
export interface CalibrationTask {
  /** `sets`: scenarios A and B; `pipeline`: C and D. */
  readonly kind: "sets" | "pipeline";
  /** Master seed of the trial. */
  readonly seed: number;
}

/** One test in one trial. */
export interface TrialTest {
  readonly scenario: "A" | "B" | "C" | "D";
  readonly nullModel: string;
  readonly space: string;
  readonly statistic: number;
  readonly nullMean: number;
  /** `null` if all random sets score the same. */
  readonly pT: number | null;
  readonly pEmpirical: number;
  /** The same test with the sd within sets; `null` if that is 0. */
  readonly withinSetP: number | null;
  /** The t-test of the set's runs against those of one random set. */
  readonly twoSetsP: number | null;
  /** The mean score of that random set. */
  readonly otherMean: number;
}

/** The gene set that the pipeline selected on shuffled labels. */
export interface PipelineFacts {
  /** Accuracy on the training samples. */
  readonly train_accuracy: number;
  /** Test samples predicted correctly, by chance. */
  readonly correct: number;
  readonly tested: number;
  /** Genes in the set; 0 if no test sample was predicted correctly. */
  readonly genes: number;
  readonly all_genes: number;
  /** Genes in the smaller set of scenario D. */
  readonly top_genes: number;
  /** The noise rate, by its name in older results; `null` without a set. */
  readonly false_discovery_rate: number | null;
}

/** The result of a trial. */
export interface TrialResult {
  readonly tests: readonly TrialTest[];
  readonly facts?: PipelineFacts;
}

/** Tissues of every simulated study. */
export const TISSUES = 4;

/** Genes of every simulated study. */
export const GENES = 400;

/** Genes in the random set that is tested in A and B. */
export const TESTED_GENES = 100;

/** Ranks per tissue in the smaller set of scenario D. */
export const TOP_RANKS = 10;

/** Samples of each study in scenarios C and D. */
export const PIPELINE_SAMPLES = 120;

/** The simulated study, except its samples and its seed. */
export const STUDY = {
  genes: GENES,
  tissues: TISSUES,
  studies: 3,
  planted: 10,
  effect: 4,
  dispersion: 0.2,
} as const;

/** Choices for the network that are not the suite's defaults. */
export const NETWORK = {
  blocks: 4,
  width: 0.1,
  hidden: 512,
  batch: 16,
  learningRate: 1e-3,
} as const;
