/** The sizes of the work: as the goals require, or small to try the bench. */

import { type LayerSizes, STUDY_SIZES } from "../../lib/cnn/architecture.ts";
import { cnnParameters } from "../../lib/cnn/parameters.ts";
import type { MatrixSize } from "./inputs.ts";

/** The layers of the default network. */
const DEFAULT_SIZES: LayerSizes = {
  blocks: cnnParameters.blocks.default,
  width: cnnParameters.width.default,
  hidden: cnnParameters.hidden.default,
};

/** A network's training. */
export interface TrainingSize extends LayerSizes {
  readonly genes: number;
  readonly tissues: number;
  readonly batch: number;
  /** Samples in the timed epoch. */
  readonly samples: number;
}

/** Samples, and draws of each. */
export interface ExplainedPart {
  readonly samples: number;
  readonly draws: number;
}

/** All sizes. */
export interface Sizes {
  /** The CSV. */
  readonly table: MatrixSize;
  /** The CSV with samples in rows, and with genes in rows. */
  readonly turned: MatrixSize;
  readonly training: TrainingSize;
  /** The image and the tissues of the maize study. */
  readonly study: TrainingSize;
  /** The default network at the genes of a human matrix. */
  readonly defaults: TrainingSize;
  readonly explaining: LayerSizes & {
    readonly genes: number;
    readonly tissues: number;
    readonly draws: number;
    readonly background: number;
    /** Samples of the whole work. */
    readonly samples: number;
    /** The part that each side does. */
    readonly run: {
      /** Samples. */
      readonly ours: number;
      readonly predictedClass: ExplainedPart;
      readonly allClasses: ExplainedPart;
    };
    /** Where the standard error of the tissue medians is measured. */
    readonly errors: LayerSizes & {
      readonly matrix: MatrixSize;
      readonly explained: number;
      readonly batch: number;
      readonly epochs: number;
      /**
       * Numbers of our draws, ascending. The last is that of the peer's draws,
       * so that the number of equal error lies between two of them.
       */
      readonly counts: readonly number[];
      readonly repeats: number;
    };
  };
  readonly null: MatrixSize & {
    /** Genes in a set. */
    readonly size: number;
    readonly repeats: number;
    readonly restarts: number;
    /** Sets of the whole work. */
    readonly sets: number;
  };
  readonly trees: MatrixSize & {
    /** Samples that are learned from. */
    readonly learned: number;
    readonly rounds: number;
  };
  readonly limma: MatrixSize;
  /** The samples are those that the means are of. */
  readonly specificity: MatrixSize;
}

/** The sizes for which the goals are set. */
export const fullSizes: Sizes = {
  table: { samples: 955, genes: 21_111, tissues: 11 },
  turned: { samples: 1000, genes: 40_000, tissues: 11 },
  training: {
    ...STUDY_SIZES,
    genes: 10_000,
    tissues: 30,
    batch: 64,
    samples: 256,
  },
  study: { ...STUDY_SIZES, genes: 21_111, tissues: 11, batch: 64, samples: 64 },
  defaults: {
    ...DEFAULT_SIZES,
    genes: 20_242,
    tissues: 6,
    batch: 32,
    samples: 256,
  },
  explaining: {
    genes: 10_000,
    tissues: 30,
    ...STUDY_SIZES,
    draws: 200,
    background: 100,
    samples: 20,
    run: {
      ours: 4,
      predictedClass: { samples: 2, draws: 200 },
      // One batch of shap's.
      allClasses: { samples: 1, draws: 50 },
    },
    errors: {
      ...STUDY_SIZES,
      width: 0.25,
      matrix: { samples: 240, genes: 1600, tissues: 8 },
      explained: 40,
      batch: 32,
      epochs: 30,
      counts: [10, 20, 50, 100, 200],
      repeats: 4,
    },
  },
  null: {
    samples: 191,
    genes: 10_000,
    tissues: 30,
    size: 2423,
    repeats: 10,
    restarts: 100,
    sets: 100,
  },
  trees: {
    samples: 390,
    genes: 20_242,
    tissues: 6,
    learned: 312,
    rounds: 20,
  },
  limma: { samples: 390, genes: 20_242, tissues: 6 },
  specificity: { samples: 390, genes: 20_242, tissues: 30 },
};

/** Sizes that take seconds; the results have no meaning. */
export const quickSizes: Sizes = {
  table: { samples: 60, genes: 2000, tissues: 3 },
  turned: { samples: 80, genes: 4000, tissues: 3 },
  training: {
    ...STUDY_SIZES,
    width: 0.25,
    genes: 400,
    tissues: 4,
    batch: 16,
    samples: 32,
  },
  study: {
    ...STUDY_SIZES,
    width: 0.25,
    genes: 900,
    tissues: 3,
    batch: 16,
    samples: 16,
  },
  defaults: {
    ...DEFAULT_SIZES,
    genes: 2000,
    tissues: 3,
    batch: 16,
    samples: 32,
  },
  explaining: {
    genes: 400,
    tissues: 4,
    ...STUDY_SIZES,
    width: 0.25,
    draws: 50,
    background: 20,
    samples: 4,
    run: {
      ours: 4,
      predictedClass: { samples: 2, draws: 50 },
      allClasses: { samples: 1, draws: 50 },
    },
    errors: {
      ...STUDY_SIZES,
      width: 0.0625,
      matrix: { samples: 48, genes: 100, tissues: 3 },
      explained: 12,
      batch: 16,
      epochs: 5,
      counts: [10, 50],
      repeats: 2,
    },
  },
  null: {
    samples: 60,
    genes: 500,
    tissues: 4,
    size: 100,
    repeats: 2,
    restarts: 10,
    sets: 4,
  },
  trees: { samples: 180, genes: 500, tissues: 3, learned: 150, rounds: 5 },
  limma: { samples: 60, genes: 500, tissues: 3 },
  specificity: { samples: 60, genes: 500, tissues: 4 },
};
