/** How the stage `clusters` clustered, so that `ttest` does the same. */

import type { ClusterChoices } from "../clusters/clustering_inputs.ts";
import { chooseNamed, spaces } from "../clusters/spaces/spaces.ts";
import { InputError } from "../cli/errors.ts";

const REMEDY = "deno task clusters --force";

/**
 * Reads the choices out of the record of the stage `clusters`.
 *
 * @param text `clusters/stage.json`.
 * @throws {InputError} If one is missing.
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
    neighbors: count("neighbors"),
    "min-dist": count("min-dist"),
    components: count("components"),
  };
}
