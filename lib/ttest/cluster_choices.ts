/** How the stage `clusters` clustered, so that `ttest` does the same. */

import type { ClusterChoices } from "../clusters/cluster_setup.ts";
import { chooseNamed, spaces } from "../clusters/spaces.ts";
import { InputError } from "../run/errors.ts";

const REMEDY = "deno task clusters --force";

/**
 * Reads the choices out of the record of the stage `clusters`.
 *
 * @param text `clusters/stage.json`.
 * @throws {InputError} If one is missing.
 *
 * @example
 * ```ts
 * import { readClusterChoices } from "./cluster_choices.ts";
 * const choices = readClusterChoices(JSON.stringify({
 *   parameters: {
 *     samples: "test",
 *     k: 0,
 *     "n-init": 100,
 *     "wide-n-init": 10,
 *     "max-iterations": 10000,
 *     neighbours: 15,
 *     "min-dist": 0.1,
 *     spaces: ["umap", "pca"],
 *     components: 50,
 *   },
 * }));
 * console.assert(choices["n-init"] === 100);
 * ```
 */
export function readClusterChoices(text: string): ClusterChoices {
  const { parameters = {} } = JSON.parse(text) as {
    parameters?: Record<string, unknown>;
  };
  const count = (name: string): number => {
    const value = parameters[name];
    if (typeof value === "number" && Number.isFinite(value)) return value;
    throw new InputError(
      `Cannot read how the samples were clustered: clusters/stage.json holds no number for ${name}`,
      REMEDY,
    );
  };
  const { samples, spaces: names } = parameters;
  if (samples !== "test" && samples !== "all") {
    throw new InputError(
      "Cannot read how the samples were clustered: samples in clusters/stage.json should be test or all",
      REMEDY,
    );
  }
  if (!Array.isArray(names)) {
    throw new InputError(
      "Cannot read how the samples were clustered: clusters/stage.json holds no list of spaces",
      REMEDY,
    );
  }
  return {
    samples,
    spaces: chooseNamed("clusters.spaces", names.map(String), spaces)
      .map(({ name }) => name),
    k: count("k"),
    "n-init": count("n-init"),
    "wide-n-init": count("wide-n-init"),
    "max-iterations": count("max-iterations"),
    neighbours: count("neighbours"),
    "min-dist": count("min-dist"),
    components: count("components"),
  };
}
