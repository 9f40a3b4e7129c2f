/** The verdict: is SHAP better than a simple ranking, and than ridge? */

import { fixed } from "../../cli/numbers.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import { escapeText } from "../../report/markdown.ts";
import { formatP } from "../../statistics/format_p.ts";
import type { GenesetsFindings, ListTest, NetworkTest } from "./findings.ts";

/** The clause of the report's first sentence; empty if no genes are known. */
export function genesetsHeadline({ lists }: GenesetsFindings): string {
  if (lists === null) return "";
  const { k, shap, best, shap_is } = lists;
  return `of each tissue's first ${k} genes SHAP has ${fixed(shap.mean, 2)} ` +
    `known ones, the best simple ranking (${best.title}) ` +
    `${fixed(best.mean, 2)}` +
    {
      better: ": SHAP is better",
      worse: ": SHAP is worse",
      "not different": ": SHAP is not better",
    }[shap_is];
}

/** A paragraph on the lists and one on the predictions. */
export function genesetsVerdict(
  { lists, network }: GenesetsFindings,
): string[] {
  return [
    ...lists ? [listVerdict(lists)] : [],
    ...network ? [networkVerdict(network)] : [],
  ];
}

function listVerdict(
  { k, shap, best, difference, chance, best_possible, shap_is }: ListTest,
): string {
  const said = {
    better: "SHAP finds the known genes better than the simple rankings",
    worse: "SHAP finds the known genes worse than a simple ranking",
    "not different":
      "SHAP does not find the known genes better than a simple ranking",
  }[shap_is];
  return `**${said}.** Of each tissue's first ${k} genes ` +
    `${fixed(shap.mean, 2)}${formatInterval(shap)} are known ones by SHAP ` +
    `and ${fixed(best.mean, 2)}${formatInterval(best)} by ` +
    `${escapeText(best.title)}, the best of the simple rankings; ` +
    `${fixed(best_possible, 2)} is possible, and random genes would have ` +
    `${fixed(chance, 3)}. The difference is ${signed(difference.mean)}` +
    (difference.low === null
      ? "; with one tissue it is not known how certain that is."
      : ` (95 % interval ${signed(difference.low)} to ${
        signed(difference.high)
      }, over the tissues).`);
}

function networkVerdict(
  { samples, network_right, ridge_right, p, network_is, ...only }: NetworkTest,
): string {
  const said = {
    better: "The network predicts better than a ridge classifier",
    worse: "The network predicts **worse** than a ridge classifier",
    "not different":
      "The network does **not** predict better than a ridge classifier",
  }[network_is];
  const discordant = only.only_network_right + only.only_ridge_right;
  return `${said}: of ${countOf(samples, "test sample")} it gets ` +
    `${withCommas(network_right)} right, ridge ${withCommas(ridge_right)}` +
    (discordant === 0
      ? ", the same samples."
      : `; ${countOf(only.only_network_right, "sample")} only the network, ` +
        `${countOf(only.only_ridge_right, "sample")} only ridge (exact ` +
        `McNemar test, p ${formatP(p)}).`);
}

/** In brackets; empty where there is none. */
export function formatInterval(
  { low, high }: { readonly low: number | null; readonly high: number | null },
): string {
  return low === null ? "" : ` (${fixed(low, 2)} to ${fixed(high, 2)})`;
}

function signed(value: number | null): string {
  const text = fixed(value, 2);
  return value !== null && Number(text) > 0 ? `+${text}` : text;
}
