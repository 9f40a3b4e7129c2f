/** What a trial of the calibration is told, and what it answers. */

/** What all trials share. */
export interface CalibrationSetup {
  /** Random gene sets in each null. */
  readonly sets: number;
  /** Random starts of each k-means in UMAP. */
  readonly restarts: number;
  /** The same in principal components and genes. */
  readonly wideRestarts: number;
  /** K-means runs a gene set in UMAP. */
  readonly repeats: number;
  /** The same in principal components and genes. */
  readonly wideRepeats: number;
  /** Samples of a study whose gene sets are drawn at random. */
  readonly samples: number;
  /** Epochs of the network that is trained on shuffled labels. */
  readonly epochs: number;
  /** Draws a sample with which that network is explained. */
  readonly draws: number;
}

/** One trial. */
export interface CalibrationTask {
  /** `sets`: scenarios A and B; `pipeline`: C and D. */
  readonly kind: "sets" | "pipeline";
  /** Master seed of all that is random in the trial. */
  readonly seed: number;
}

/** One test in one trial. */
export interface TrialTest {
  readonly scenario: "A" | "B" | "C" | "D";
  readonly null: string;
  readonly space: string;
  readonly statistic: number;
  readonly nullMean: number;
  /** `null` where all random sets score the same. */
  readonly pT: number | null;
  readonly pEmpirical: number;
  /** The same test with the spread within sets; `null` if that is 0. */
  readonly naivePT: number | null;
  /** The t-test of the set's runs against those of one random set. */
  readonly runsP: number | null;
  /** The mean score of that random set. */
  readonly otherMean: number;
}

/** What became of the set that the pipeline chose on shuffled labels. */
export interface PipelineFacts {
  /** Accuracy on the training samples, which the network has learnt. */
  readonly trainAccuracy: number;
  /** Test samples predicted right, by chance. */
  readonly correct: number;
  readonly tested: number;
  /** Genes in the set; 0 if no test sample was predicted right. */
  readonly genes: number;
  readonly allGenes: number;
  /** Genes in the set of the best ranks alone. */
  readonly topGenes: number;
  /** The false discovery rate that decoys estimate; `null` without a set. */
  readonly falseDiscoveryRate: number | null;
}

/** What a trial answers. */
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

/** Ranks a tissue that make the small set of scenario D. */
export const TOP_RANKS = 10;

/** Samples of the study that the pipeline is run on. */
export const PIPELINE_SAMPLES = 120;

/** The simulated study but for its samples and its seed. */
export const STUDY = {
  genes: GENES,
  tissues: TISSUES,
  studies: 3,
  planted: 10,
  effect: 4,
  dispersion: 0.2,
} as const;
