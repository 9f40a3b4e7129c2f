/** What the report says of SHAP's vote in the consensus. */

import { countOf } from "../../cli/text.ts";
import { code, escapeText } from "../../report/markdown.ts";
import { consensusGenes } from "../../shap/outputs.ts";
import { nameFew } from "./few_tissues.ts";
import { RANK_CONSENSUS } from "../consensus/names.ts";
import type { RankingMethod } from "../ranking_method.ts";

/**
 * Why the consensus is none of the simple rankings: SHAP has a vote in it.
 *
 * @param methods The rankings of the run.
 * @param tissues How many tissues have a consensus.
 * @param withoutShap Those in which SHAP has no vote; all of them if it
 * explained test samples alone.
 * @returns Empty without a consensus.
 */
export function consensusPart(
  methods: readonly RankingMethod[],
  tissues: number,
  withoutShap: readonly string[],
): string {
  const combined = methods.find(({ name }) => name === RANK_CONSENSUS);
  if (combined === undefined) return "";
  const title = escapeText(combined.title);
  return `${
    withoutShap.length < tissues
      ? withVote(title, withoutShap)
      : `SHAP has no vote in the ${title}, because it explained test samples ` +
        "alone: here simple rankings alone make it. As SHAP votes in it in " +
        "other runs, it is none of those that SHAP is compared with."
  } The ${title} is not the same list as the SHAP consensus ` +
    `(${code(consensusGenes.file)}), the genes that most networks agree on.`;
}

function withVote(title: string, withoutShap: readonly string[]): string {
  return `The ${title} is the exception: SHAP has half of the vote in it` +
    (withoutShap.length === 0
      ? ""
      : `, but none in ${countOf(withoutShap.length, "tissue")} (${
        nameFew(withoutShap)
      }), ` +
        "where it has no list") +
    ". So it is none of the simple rankings that SHAP is compared with.";
}
