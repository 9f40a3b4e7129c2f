/** Which samples are clustered, and how: the same for all gene sets. */

import { InputError, rerun } from "../cli/errors.ts";
import { chooseNamed } from "../cli/named_choices.ts";
import type { Values } from "../cli/parameters.ts";
import { neighborsFor } from "../ml/umap/sample_counts.ts";
import { type Dataset, takeRows } from "../prepare/dataset.ts";
import { shareFloats } from "../workers/pool.ts";
import { startsFor } from "./auto_counts.ts";
import type { clusteringParameters } from "./parameters.ts";
import { whyFixed } from "./few_profiles.ts";
import type { ClusterSetup } from "./score_gene_set.ts";
import { spaceList } from "./spaces/spaces.ts";

/** With fewer samples a tissue, on average, a score is very uncertain. */
const FEW_A_TISSUE = 5;

/** The user's choices, as the flags name them. */
export type ClusterChoices = Omit<
  Values<ReturnType<typeof clusteringParameters>>,
  "layouts" | "layout-repeats" | "repeats"
>;

/**
 * Takes the samples out of the dataset and fits k and the neighbors to how
 * many there are.
 *
 * @param warn Takes what the user should know: of values that were reduced,
 * and of samples too few for a certain result.
 * @returns How to cluster, the rows of the dataset, and the spaces.
 * @throws {InputError} If fewer than two samples are left.
 */
export function prepareClustering(
  dataset: Dataset,
  choices: ClusterChoices,
  warn: (message: string) => void,
  known = spaceList,
) {
  const rows = [...dataset.sampleIds.keys()].filter((row) =>
    choices.samples === "all" || dataset.split[row] === "test"
  );
  const noun = choices.samples === "all" ? "samples" : "test samples";
  const count = rows.length;
  if (count < 2) {
    throw new InputError(
      `Cannot cluster: there are ${count} ${noun} and should be at least 2`,
      choices.samples === "all"
        ? undefined
        : rerun("clusters", { samples: "all" }),
    );
  }
  const classes = Int32Array.from(rows, (row) => dataset.classOf[row]);
  const tissues = new Set(classes).size;
  const wanted = choices.k === 0 ? tissues : choices.k;
  const clusters = Math.min(wanted, count);
  if (clusters < wanted) {
    warn(`k is ${clusters} instead of ${wanted}: there are ${count} ${noun}`);
  }
  const fixed = whyFixed({ k: clusters, samples: count });
  if (fixed !== "") warn(`The scores mean nothing: ${fixed}`);
  const spaces = chooseNamed("spaces", choices.spaces, known.spaces);
  const neighbors = choices["n-neighbors"];
  for (const space of spaces) {
    const message = space.warn?.({ samples: count, noun, neighbors });
    if (message !== undefined) warn(message);
  }
  if (tissues === 1) {
    warn(
      `All ${count} ${noun} are of one tissue: no score can tell gene sets apart`,
    );
  } else if (count / tissues < FEW_A_TISSUE) {
    warn(
      `${count} ${noun} of ${tissues} tissues are clustered, ${
        (count / tissues).toFixed(1)
      } a tissue on average: with so few the scores are very uncertain`,
    );
  }
  const setup: ClusterSetup = {
    values: shareFloats(takeRows(dataset, rows)),
    genes: dataset.genes.length,
    classes,
    clusters,
    method: choices.algorithm,
    restarts: choices["n-init"],
    restartsHighDim: choices["n-init-high-dim"] || startsFor(count),
    maxIterations: choices["max-iterations"],
    neighbors: neighborsFor(count, neighbors),
    minDist: choices["min-dist"],
    epochs: choices["layout-epochs"] || null,
    components: Math.max(2, Math.min(choices.components, count - 1)),
    spacesModule: known.module,
  };
  return { setup, rows, spaces };
}

export type ClusteringInputs = ReturnType<typeof prepareClustering>;
