/** What a method is that ranks the genes of each tissue without a network. */

import type { Dataset } from "../prepare/dataset.ts";
import type { TissueContrast } from "../prepare/tissue_contrasts.ts";

/** One tissue's scores, by gene column. */
export interface TissueScores {
  readonly tissue: string;
  /** Larger is better; NaN for a gene that the method cannot score. */
  readonly scores: Float64Array;
  /** P-values of the method's own kind, if it has them; NaN where there is none. */
  readonly ownP?: Float64Array;
}

/** What a method may learn from. */
export interface RankingInput {
  readonly dataset: Dataset;
  /**
   * The samples to learn from, as rows of the dataset in the order of their
   * ids: no test sample, or with folds all.
   */
  readonly rows: readonly number[];
  /** The tissues to rank, each compared with the others on those samples. */
  readonly contrasts: readonly TissueContrast[];
  /**
   * SHAP's ranking by the same samples, for the consensus: gene columns by
   * tissue, best first. A tissue may lack a list; without any, SHAP does not
   * vote.
   */
  readonly shap?: ReadonlyMap<string, ArrayLike<number>>;
  /**
   * Gives back the expression value, normalized, that a value of the dataset
   * was made from. Only the stage `genesets` knows it: a method that needs it
   * belongs to `furtherRankings`, and cannot vote in the consensus.
   */
  readonly toLinear?: (value: number) => number;
  /**
   * The correlation of two samples of a group, if it is known: limma then does
   * not estimate it.
   */
  readonly groupCorrelation?: number;
  /** How boosted trees are fitted, for the methods that do. */
  readonly trees?: TreeFits;
  /** What the stage `shap` has computed beside SHAP, for the stage `genesets`. */
  readonly network?: NetworkScores;
}

/** Scores by the run's networks, by the name of the ranking. */
export type NetworkScores = ReadonlyMap<string, readonly TissueScores[]>;

/** Fits of boosted trees, each to a half of the samples. */
export interface TreeFits {
  /** How many, at least 1. */
  readonly fits: number;
  /** Rounds of each, at least 1: a tree a tissue. */
  readonly rounds: number;
  /** The seed of a random stream, by its name. */
  readonly seedOf: (name: string) => number;
}

/**
 * Kinds of rankings. Those of one kind rank nearly alike, as tau and TSI do, or
 * EE and PEM: they are one opinion.
 */
export type RankingFamily =
  | "difference"
  | "t test"
  | "linear classifier"
  | "ranks of samples"
  | "information"
  | "specificity"
  | "trees"
  | "network";

/** P-values of a method's own kind: the columns `NAME_p` and `NAME_adjusted_p`. */
export interface OwnP {
  readonly name: string;
  /** As in "limma's own p". */
  readonly title: string;
  /** What they are, in one line without a full stop. */
  readonly help: string;
  /** Where they are wrong, likewise. */
  readonly caution: string;
}

/** A way to rank genes. */
export interface RankingMethod {
  /** The name of its file and of its columns: letters, digits and `_`. */
  readonly name: string;
  /** As in "the first 100 genes by Welch's t". */
  readonly title: string;
  /** What its score is, in one line without a full stop. */
  readonly score: string;
  /** The work that it follows, for the report's list; none by default. */
  readonly citation?: string;
  /** Of each family one method votes in the consensus; without one it has no vote. */
  readonly family?: RankingFamily;
  /**
   * Whether its file has p-values. They are made alike for all methods, from
   * `statistic` on shuffled residuals.
   */
  readonly hasP: boolean;
  /** When p is right, by default if the gene is not higher in the tissue. */
  readonly pMeaning?: string;
  /** Its p-values of its own kind, which its file has beside. */
  readonly ownP?: OwnP;
  /** What it ranks by; by default training samples. */
  readonly samples?: string;
  /**
   * Whether it is quick enough to be made again on many parts of the samples;
   * by default it is.
   */
  isQuick?(input: RankingInput): boolean;
  /**
   * Scores all genes in each tissue. Only those that are higher in the tissue
   * than elsewhere are ranked, whatever the method.
   *
   * @returns A tissue may be left out, which then has no ranking.
   */
  rank(input: RankingInput): readonly TissueScores[];
  /**
   * What p tells how rare it is without a difference between tissues: larger is
   * rarer, NaN for a gene without a test. One array may stand for several
   * tissues. By default what `rank` gives.
   */
  statistic?(input: RankingInput): readonly TissueScores[];
  /**
   * For many parts of the same samples: computes once what the parts share, and
   * scores each part as `rank` would, to the last bit, without p-values. By
   * default each part is ranked by `rank`.
   *
   * @param input All samples that a part may hold.
   * @param shared What `share` gives of the input.
   */
  forParts?(
    input: RankingInput,
    shared?: unknown,
  ): (part: RankingInput) => readonly TissueScores[];
  /**
   * What takes long of that which the parts share: computed once, and sent to
   * each worker, so that it can be cloned or is in shared memory.
   */
  share?(input: RankingInput): unknown;
}
