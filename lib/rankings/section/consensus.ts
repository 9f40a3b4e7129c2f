/** What the report says of SHAP's vote in the consensus. */

import { countOf } from "../../cli/text.ts";
import { code, escapeText } from "../../report/markdown.ts";
import { consensusGenes } from "../../shap/outputs.ts";
import { RANK_CONSENSUS } from "../consensus/names.ts";
import type { RankingMethod } from "../ranking_method.ts";

/** Tissues that a sentence names. */
const NAMED = 5;

/**
 * Why the consensus is none of the simple rankings: SHAP has a vote in it.
 *
 * @param methods The rankings of the run.
 * @param withoutShap Tissues in which SHAP has no vote.
 * @returns Empty without a consensus.
 */
export function consensusPart(
  methods: readonly RankingMethod[],
  withoutShap: readonly string[],
): string {
  const combined = methods.find(({ name }) => name === RANK_CONSENSUS);
  if (combined === undefined) return "";
  const shown = withoutShap.slice(0, NAMED).map(escapeText).join(", ") +
    (withoutShap.length > NAMED ? ", ..." : "");
  return `The ${escapeText(combined.title)} is the exception: SHAP has half ` +
    "of the vote in it, so it is none of the simple rankings that SHAP is " +
    "compared with." +
    (withoutShap.length === 0
      ? ""
      : ` SHAP has no vote in ${
        countOf(withoutShap.length, "tissue")
      } (${shown}): it has no list there, or explained test samples alone.`) +
    ` The ${escapeText(combined.title)} is not` +
    " the same list as the SHAP consensus " +
    `(${code(consensusGenes.file)}), the genes that most networks agree on.`;
}
