/** The samples to explain, as their predictions are asked for and given. */

import type { EnsembleMember, NetworkFile } from "../cnn/ensemble.ts";
import type { Dataset, Fold } from "../prepare/dataset.ts";
import type { ImageMatrix } from "../prepare/image_matrix.ts";
import type { NetworkToExplain } from "./explain_worker.ts";
import type { ExplainedOutput } from "./explained_output.ts";
import type { ExplanationRow } from "./outputs.ts";
import type { SampleRule } from "./sample_rules.ts";

/** A sample as a fold's networks see it. */
export interface ExplainedSample extends
  Pick<
    ExplanationRow,
    | "sample_id"
    | "tissue"
    | "predicted"
    | "model_output"
    | "base_value"
    | "fold"
    | "explained_tissue"
  > {
  /** Row of the prepared matrix. */
  readonly row: number;
  /** The class of `explained_tissue`. */
  readonly explainedClass: number;
}

/** A network, and where its output changes most. */
export type ExplainedNetwork =
  & NetworkFile
  & Pick<NetworkToExplain, "alphaDensity">;

/** A fold with its networks and the samples that they explain. */
export interface FoldSamples {
  /** From 1. */
  readonly fold: number;
  /** The fold's training samples, by id. */
  readonly backgroundRows: Int32Array;
  /** Each background row's class. */
  readonly backgroundClasses: Int32Array;
  /**
   * Its centered logits, mean over the networks, rows x tissues; empty if the
   * base values were known.
   */
  readonly backgroundOutputs: Float64Array;
  /** By their number in the ensemble. */
  readonly networks: readonly ExplainedNetwork[];
  /** Each network's pixel of every column; undefined: column c's is c. */
  readonly images: readonly (Uint32Array | undefined)[];
  /** By id. */
  readonly samples: readonly ExplainedSample[];
}

/** What the predictions are made from. */
export interface PredictionInputs {
  readonly dataset: Dataset;
  readonly matrix: ImageMatrix;
  /** Every fold's networks. */
  readonly networks: readonly NetworkFile[];
  /** The samples that a fold's networks explain, in the order of their ids. */
  readonly rowsOf: (fold: Fold) => Int32Array;
  /** Bytes of the backend's largest tensor. */
  readonly maxBufferBytes: number;
  readonly output: ExplainedOutput;
  readonly sampleRule: SampleRule;
  /** The seed of each network's density of alphas; null if none is wanted. */
  readonly densitySeed: ((network: EnsembleMember) => number) | null;
  /**
   * The base values of folds, by class, that are known from an earlier part;
   * those of other folds are added. They do not depend on the samples that are
   * explained.
   */
  readonly baseValues?: Map<number, Float64Array>;
}

/** A fold with the rows that its networks explain, and these networks. */
export interface FoldToPredict {
  readonly fold: number;
  readonly rows: Int32Array;
  readonly backgroundRows: Int32Array;
  readonly files: readonly NetworkFile[];
}
