/** Tissues whose genes all have the same score: nothing can be ranked there. */

import { rerun, RunError } from "../cli/errors.ts";
import { countOf, quote } from "../cli/text.ts";
import type { StageContext } from "../pipeline/stage.ts";
import {
  DEFAULT_OUTPUT,
  type ExplainedOutput,
} from "../shap/explained_output.ts";
import { tissueMedians } from "./tissue_medians.ts";

/** A tenth of the default, for networks that have got stuck. */
const CAREFUL_RATE = 0.00003;

/** The scores to look at. */
export interface ScoresToCheck {
  /** samples x genes, row after row. */
  readonly scores: Float32Array;
  /** Each row's tissue, or null if it is not ranked. */
  readonly tissueOf: readonly (string | null)[];
  readonly tissues: readonly string[];
  readonly output: ExplainedOutput;
}

/**
 * Leaves out the tissues in which all genes have one median score: their order
 * would be that of the ids.
 *
 * @returns The samples' tissues without those, and their names.
 * @throws {RunError} If there is no other tissue.
 */
export function checkScores(
  context: Pick<StageContext, "warn">,
  { scores, tissueOf, tissues, output }: ScoresToCheck,
): {
  tissueOf: readonly (string | null)[];
  withoutScores: readonly string[];
} {
  const medians = tissueMedians(scores, tissueOf, tissues);
  const flat = medians.filter(({ medians }) =>
    medians.every((score) => score === medians[0]) &&
    (medians.length > 1 || medians[0] === 0)
  );
  if (flat.length === 0) return { tissueOf, withoutScores: [] };
  const allZero = flat.every(({ medians }) => medians[0] === 0);
  if (flat.length === medians.length) {
    throw new RunError(
      `Cannot rank the genes: in every tissue all median SHAP values are ${
        allZero ? "0" : "equal"
      }, and they should differ from gene to gene; the network's output does ` +
        "not depend on the genes",
      output === DEFAULT_OUTPUT
        ? rerun("cnn", { "learning-rate": CAREFUL_RATE })
        : rerun("shap", { output: DEFAULT_OUTPUT }),
    );
  }
  const names = flat.map(({ tissue }) => tissue);
  const shown = names.slice(0, 5).map(quote).join(", ");
  context.warn(
    `No genes for ${shown}${
      names.length > 5 ? ` and ${names.length - 5} more` : ""
    }: all median SHAP values of ${countOf(names.length, "tissue")} are ${
      allZero ? "0" : "equal"
    }, so that nothing can be ranked there.`,
  );
  return {
    tissueOf: tissueOf.map((tissue) =>
      tissue === null || names.includes(tissue) ? null : tissue
    ),
    withoutScores: names,
  };
}
