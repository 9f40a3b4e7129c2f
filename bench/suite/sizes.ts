/** The sizes of the work: as the goals require, or small to try the bench. */

import type { MatrixSize } from "./inputs.ts";

/** A network's training. */
export interface TrainingSize {
  readonly genes: number;
  readonly tissues: number;
  readonly width: number;
  readonly batch: number;
  /** Samples in the timed epoch. */
  readonly samples: number;
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
  readonly explaining: {
    readonly genes: number;
    readonly tissues: number;
    readonly width: number;
    readonly draws: number;
    readonly background: number;
    /** Samples of the whole work. */
    readonly samples: number;
    /** How many of them each side explains. */
    readonly run: {
      readonly ours: number;
      readonly predictedClass: number;
      readonly allClasses: number;
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
}

/** The sizes for which the goals are set. */
export const fullSizes: Sizes = {
  table: { samples: 955, genes: 21_111, tissues: 11 },
  turned: { samples: 1000, genes: 40_000, tissues: 11 },
  training: { genes: 10_000, tissues: 30, width: 1, batch: 64, samples: 256 },
  study: { genes: 21_111, tissues: 11, width: 1, batch: 64, samples: 64 },
  explaining: {
    genes: 10_000,
    tissues: 30,
    width: 1,
    draws: 200,
    background: 100,
    samples: 20,
    run: { ours: 4, predictedClass: 2, allClasses: 1 },
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
};

/** Sizes that take seconds; the results have no meaning. */
export const quickSizes: Sizes = {
  table: { samples: 60, genes: 2000, tissues: 3 },
  turned: { samples: 80, genes: 4000, tissues: 3 },
  training: { genes: 400, tissues: 4, width: 0.25, batch: 16, samples: 32 },
  study: { genes: 900, tissues: 3, width: 0.25, batch: 16, samples: 16 },
  explaining: {
    genes: 400,
    tissues: 4,
    width: 0.25,
    draws: 50,
    background: 20,
    samples: 4,
    run: { ours: 4, predictedClass: 2, allClasses: 1 },
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
};
