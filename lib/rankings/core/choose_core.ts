/** Which rankings a core gene is in: what the flag says, and what there is. */

import { InputError } from "../../cli/errors.ts";
import { SHAP } from "../shap_rankings.ts";
import { TREE_GAIN } from "../trees/names.ts";

/** As in the study of maize: limma, boosted trees, and the network with SHAP. */
export const DEFAULT_CORE: readonly string[] = [SHAP, "limma", TREE_GAIN];

/** The word for no core genes. */
export const NO_CORE = "none";

/** The names of the rankings that a run makes and that the flag may name. */
export function coreCandidates(
  ...methods: readonly (readonly { readonly name: string }[])[]
): string[] {
  return [SHAP, ...methods.flat().map(({ name }) => name)];
}

/**
 * The rankings that the flag names, each once and in the order of the rankings.
 * One of the default that this run does not make is left out; one that the user
 * names is an error.
 *
 * @param wanted Names, or `none` alone.
 * @param made The names of the rankings of this run.
 * @returns None, or at least two.
 * @throws {InputError} If one is not made, or fewer than two are named.
 */
export function chooseCore(
  wanted: readonly string[],
  made: readonly string[],
): string[] {
  if (wanted.length === 1 && wanted[0] === NO_CORE) return [];
  const chosen = made.filter((name) => wanted.includes(name));
  const missing = wanted.find((name) => !made.includes(name));
  if (wanted.join() === DEFAULT_CORE.join()) {
    return chosen.length < 2 ? [] : chosen;
  }
  if (missing !== undefined || chosen.length < 2) {
    throw new InputError(
      `Cannot read --genesets.core: it is ${
        missing ?? (wanted.join(",") || "empty")
      } and should be ${NO_CORE}, or two or more of ${made.join(", ")}` +
        "; --genesets.methods adds others",
    );
  }
  return chosen;
}
