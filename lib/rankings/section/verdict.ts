/** The verdict: is SHAP better than a simple ranking? */

import { fixed, percent } from "../../cli/numbers.ts";
import { code, escapeText } from "../../report/markdown.ts";
import type { Opening } from "../../report/section.ts";
import {
  shapStability,
  stabilityClause,
  stabilityDetails,
} from "./stability_words.ts";
import { specificGenesClause } from "./specific_genes.ts";
import type { GenesetsFindings, ListTest } from "./findings.ts";

/** How often a gene comes again. */
export function genesetsOpening(
  { summary: { stability } }: GenesetsFindings,
): Opening {
  return { again: stabilityClause(stability) };
}

/** How many of the listed genes are specific, and how many are known. */
export function genesetsClauses({ lists, summary }: GenesetsFindings): string {
  return [
    specificGenesClause(summary),
    lists === null ? "" : knownClause(lists),
  ]
    .filter((clause) => clause !== "").join("; ");
}

function knownClause({ k, shap, best, shap_is }: ListTest): string {
  return `of each tissue's first ${k} genes ${percent(shap.mean)} are known ` +
    `ones by SHAP and ${percent(best.mean)} by ${
      escapeText(best.title)
    }, the best simple ranking: SHAP is ${
      shap_is === "not different" ? "not better" : shap_is
    }`;
}

/** What was not looked at, for the last point. */
export function genesetsNotLookedAt(
  { lists, summary: { stability } }: GenesetsFindings,
): string[] {
  return [
    ...lists === null ? [`known genes (${code("--truth FILE")})`] : [],
    ...stabilityClause(stability) === ""
      ? ["how often a gene comes again"]
      : shapStability(stability) === null
      ? ["SHAP's own stability over samples"]
      : [],
  ];
}

/** A paragraph on the lists and one on their stability. */
export function genesetsDetails(
  { lists, summary }: GenesetsFindings,
): string[] {
  const { stability } = summary;
  return [
    ...lists ? [listVerdict(lists)] : [],
    ...stabilityDetails(stability),
  ];
}

function listVerdict(
  { k, shap, best, difference, chance, best_possible, shap_is }: ListTest,
): string {
  const said = {
    better: "SHAP finds more known genes than the simple rankings",
    worse: "SHAP finds fewer known genes than a simple ranking",
    "not different":
      "SHAP does not find more known genes than a simple ranking",
  }[shap_is];
  return `**${said}.** Of each tissue's first ${k} genes ` +
    `${percent(shap.mean)}${between(shap)} are known ones by SHAP and ` +
    `${percent(best.mean)}${between(best)} by ${escapeText(best.title)}, the ` +
    `best of the simple rankings; ${percent(best_possible)} is possible, and ` +
    `of random genes ${percent(chance)} would be` +
    (shap.low !== null && shap.low <= chance
      ? ": **SHAP is not shown to find more than chance**. "
      : ". ") +
    `The difference is ` +
    `${points(difference.mean)} percentage points` +
    (difference.low === null
      ? "; with one tissue it is not known how certain that is."
      : ` (95 % interval ${points(difference.low)} to ${
        points(difference.high)
      }, over the tissues).`);
}

/** A 95 % interval in brackets; empty where there is none. */
function between(
  { low, high }: { readonly low: number | null; readonly high: number | null },
): string {
  return low === null ? "" : ` (${percent(low)} to ${percent(high)})`;
}

/** A difference of shares in percentage points, with its sign. */
function points(value: number | null): string {
  const text = fixed(value === null ? null : 100 * value, 1);
  return Number(text) > 0 ? `+${text}` : text;
}
