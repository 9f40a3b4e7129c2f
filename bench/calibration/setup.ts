/** The input and the result of a trial of the calibration. */

/** The settings that all trials share. */
export interface CalibrationSetup {
  /** Random gene sets of each null model, at most. */
  readonly sets: number;
  /** Those after which a clear test ends. */
  readonly firstLook: number;
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
  /** Samples of each study in scenarios A and B, all of which are clustered. */
  readonly samples: number;
  /** Epochs of the network in scenarios C and D. */
  readonly epochs: number;
  /** Draws per sample in scenarios C and D. */
  readonly draws: number;
  /** The simulated study and the set that is tested in it. */
  readonly study: StudySize;
}

/** What a simulated study is like, and the gene sets that are tested in it. */
export interface StudySize {
  readonly tissues: number;
  readonly studies: number;
  readonly genes: number;
  /** Genes up in one tissue, per tissue. */
  readonly planted: number;
  /** Genes in the random set that is tested in A and B. */
  readonly testedGenes: number;
  /** Samples of each study in C and D. */
  readonly pipelineSamples: number;
}

/** One trial. */
export interface CalibrationTask {
  /** `sets`: scenarios A and B; `pipeline`: C and D. */
  readonly kind: "sets" | "pipeline";
  /** Whether it is tested in UMAP, too, and not in components and genes alone. */
  readonly umap: boolean;
  /** Master seed of the trial. */
  readonly seed: number;
}

/** One test in one trial. */
export interface TrialTest {
  readonly scenario: "A" | "B" | "C" | "D";
  readonly nullModel: string;
  /** A space, or `together` for the smallest adjusted p of all. */
  readonly space: string;
  readonly measure: string;
  readonly statistic: number;
  readonly nullMean: number;
  /** `null` if all random sets score the same; a p that is undefined was not made. */
  readonly pT: number | null | undefined;
  readonly pEmpirical: number | undefined;
  /** Adjusted for the spaces of the trial. */
  readonly pAdjusted: number;
  /** Random sets that were scored. */
  readonly sets: number;
  /** The same test with the sd within sets; `null` if that is 0. */
  readonly withinSetP: number | null | undefined;
  /** The t-test of the set's runs against those of one random set. */
  readonly twoSetsP: number | null | undefined;
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

/** A study that is quick to make. */
export const SMALL: StudySize = {
  tissues: 4,
  studies: 3,
  genes: 400,
  planted: 10,
  testedGenes: 100,
  pipelineSamples: 120,
};

/** The demo: tissues of unequal size, and a study that mimics one of them. */
export const REAL: StudySize = {
  tissues: 8,
  studies: 6,
  genes: 2000,
  planted: 30,
  testedGenes: 340,
  pipelineSamples: 240,
};

/** Ranks per tissue in the smaller set of scenario D. */
export const TOP_RANKS = 10;

/** Of every study; the rest is as in the demo. */
export const STUDY = { effect: 4, dispersion: 0.2 } as const;

/** Choices for the network that are not the suite's defaults. */
export const NETWORK = {
  blocks: 4,
  width: 0.1,
  hidden: 512,
  batch: 16,
  learningRate: 1e-3,
} as const;
