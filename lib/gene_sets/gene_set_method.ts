/** What a method is that selects gene sets. */

import type { Values } from "../cli/parameters.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { Dataset } from "../prepare/dataset.ts";
import type { GeneSet } from "./gene_set.ts";
import type { geneSetParameters } from "./parameters.ts";

export const geneSetKinds = ["method", "all", "random", "file"] as const;

/** What a gene set is: selected, all genes, random, or from a user's file. */
export type GeneSetKind = typeof geneSetKinds[number];

/** What a method may use. Streams and files are those of the stage. */
export interface GeneSetContext extends
  Pick<
    StageContext<Values<typeof geneSetParameters>>,
    "parameters" | "read" | "seedOf" | "userInput" | "warn"
  > {
  /** The sets of the methods before it in the list. */
  readonly earlier: readonly SelectedGeneSet[];
}

export interface GeneSetMethod {
  readonly name: string;
  /** What its sets hold, as in "the 246 SHAP genes". */
  readonly title: string;
  readonly kind: GeneSetKind;
  /**
   * Selects its sets. What it learns from values and tissues must come from
   * training samples, for the sets are judged on the test samples.
   *
   * @throws {InputError} If it cannot.
   */
  select(
    dataset: Dataset,
    context: GeneSetContext,
  ): Promise<readonly GeneSet[]>;
}

/** A gene set with what its method is. */
export interface SelectedGeneSet extends GeneSet {
  readonly kind: GeneSetKind;
  readonly title: string;
}
