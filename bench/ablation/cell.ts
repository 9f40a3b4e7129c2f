/** What is kept of one step: a network that was trained and explained. */

/** How all networks of a study are made; steps of others are not comparable. */
export interface AblationSettings {
  readonly epochs: number;
  /** Scales the filters, see --cnn.width. */
  readonly width: number;
  readonly hidden: number;
  /** Draws of each explained sample. */
  readonly draws: number;
  /** Explained training samples of each tissue, at most. */
  readonly perTissue: number;
}

/** Which step it is. */
export interface StepId {
  readonly study: string;
  readonly variant: string;
  readonly seed: number;
}

/** A trial of a learning rate, by the validation samples. */
export interface RateTrial extends StepId {
  readonly settings: AblationSettings;
  readonly rate: number;
  /** Mean cross-entropy after the last epoch; null if it diverged. */
  readonly loss: number | null;
}

/** A finished step. */
export interface Cell extends StepId {
  readonly settings: AblationSettings;
  /** Null for ridge regression. */
  readonly rate: number | null;
  readonly weights: number | null;
  readonly testSamples: number;
  readonly accuracy: number;
  readonly macroF1: number;
  /** 1 for each test sample, by id, that was predicted right, else 0. */
  readonly right: string;
  /** Known genes among a tissue's first ones, mean over tissues. */
  readonly first10: number;
  readonly first50: number;
  /** Each tissue's first 50 genes, as columns of the matrix. */
  readonly lists: Readonly<Record<string, readonly number[]>>;
  /** Correlations of slopes with those of neighbors; null without an image. */
  readonly below: number | null;
  readonly right_neighbor: number | null;
  readonly chanceSd: number | null;
  /** Of training and of explaining. */
  readonly seconds: number;
}

/** All that is kept in `ablation.json`. */
export interface Ablation {
  readonly trials: readonly RateTrial[];
  readonly cells: readonly Cell[];
}
