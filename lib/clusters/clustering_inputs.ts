/** Which samples are clustered, and how finely: shared by all gene sets. */

import type { Dataset } from "../prepare/dataset.ts";
import { InputError } from "../cli/errors.ts";
import { shareFloats } from "../workers/pool.ts";
import type { ClusterSetup } from "./score_gene_set.ts";
import { FEWEST_FOR_UMAP, neighborsFor } from "../ml/umap/umap.ts";

/** Below this mean number of samples a tissue a score says little. */
const FEW_A_TISSUE = 5;

/** The user's choices, as the flags name them. */
export interface ClusterChoices {
  /** `test`, or `all` for the samples that the network was trained on, too. */
  readonly samples: "test" | "all";
  /** k of k-means; 0 for the number of tissues. */
  readonly k: number;
  readonly "n-init": number;
  readonly "wide-n-init": number;
  readonly "max-iterations": number;
  readonly neighbors: number;
  readonly "min-dist": number;
  /** Names of spaces. */
  readonly spaces: readonly string[];
  readonly components: number;
}

/** The samples to cluster, and how. */
export interface PreparedClustering {
  readonly setup: ClusterSetup;
  /** Rows of the dataset that are clustered. */
  readonly rows: readonly number[];
  /** Tissues among them. */
  readonly tissues: number;
}

/**
 * Takes the samples out of the dataset and fits k and the neighbors to how
 * many there are.
 *
 * @param warn Told of what had to shrink, and of samples too few to tell
 * anything.
 * @throws {InputError} If fewer than two samples are left.
 */
export function prepareClustering(
  dataset: Pick<
    Dataset,
    "sampleIds" | "genes" | "split" | "values" | "classOf"
  >,
  choices: ClusterChoices,
  warn: (message: string) => void,
): PreparedClustering {
  const everyRow = dataset.sampleIds.map((_, row) => row);
  const rows = choices.samples === "all"
    ? everyRow
    : everyRow.filter((row) => dataset.split[row] === "test");
  const what = choices.samples === "all" ? "samples" : "test samples";
  const count = rows.length;
  if (count < 2) {
    throw new InputError(
      `Cannot cluster: there are ${count} ${what} and should be at least 2`,
      choices.samples === "all"
        ? undefined
        : "deno task clusters --samples all",
    );
  }
  const genes = dataset.genes.length;
  const values = new Float32Array(count * genes);
  rows.forEach((row, place) =>
    values.set(
      dataset.values.subarray(row * genes, (row + 1) * genes),
      place * genes,
    )
  );
  const classes = Int32Array.from(rows, (row) => dataset.classOf[row]);
  const tissues = new Set(classes).size;
  const wanted = choices.k === 0 ? tissues : choices.k;
  const clusters = Math.min(wanted, count);
  if (clusters < wanted) {
    warn(`k is ${clusters} instead of ${wanted}: there are ${count} ${what}`);
  }
  const neighbors = neighborsFor(count, choices.neighbors);
  if (choices.spaces.includes("umap") && count < FEWEST_FOR_UMAP) {
    warn(
      `${count} ${what} are too few for UMAP: they are laid out by principal coordinates`,
    );
  } else if (
    choices.spaces.includes("umap") && neighbors < choices.neighbors
  ) {
    warn(
      `UMAP takes ${neighbors} neighbors instead of ${choices.neighbors}: there are ${count} ${what}`,
    );
  }
  if (tissues === 1) {
    warn(
      `All ${count} ${what} are of one tissue: no score can tell gene sets apart`,
    );
  } else if (count / tissues < FEW_A_TISSUE) {
    warn(
      `${count} ${what} of ${tissues} tissues are clustered, ${
        (count / tissues).toFixed(1)
      } a tissue on average: so few decide little, whatever they score`,
    );
  }
  return {
    setup: {
      values: shareFloats(values),
      genes,
      classes,
      clusters,
      restarts: choices["n-init"],
      wideRestarts: choices["wide-n-init"],
      maxIterations: choices["max-iterations"],
      neighbors,
      minDist: choices["min-dist"],
      components: Math.max(2, Math.min(choices.components, count - 1)),
    },
    rows,
    tissues,
  };
}
