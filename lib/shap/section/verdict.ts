/** The verdict on the gene set: its size, and how robust it is. */

import { countOf, withCommas } from "../../cli/text.ts";
import { percent } from "../../cli/numbers.ts";
import { TIMES_CHANCE } from "../../selection/section/networks.ts";
import { knockoffVerdict } from "../../selection/section/knockoffs.ts";
import { noiseVerdict } from "../../selection/section/noise.ts";
import { code } from "../../report/markdown.ts";
import type { Opening } from "../../report/section.ts";
import type { RunReport } from "../../report/run_report.ts";
import { absentGenes, tissueGenes } from "../outputs.ts";
import { type ShapFindings, SPECIFIC_SHARE } from "./findings.ts";
import {
  consensusSentence,
  firstGenes,
  hasConsensus,
  leftOutSentence,
} from "./gene_tables.ts";
import {
  additivityClause,
  additivityVerdict,
  setWarnings,
  sizeClause,
  withoutScoresSentence,
} from "./trust.ts";

/** The heading of the parts on it. */
export const ROBUSTNESS = "Robustness of the gene set";

/** The size of the set, after what makes its scores worthless. */
export function shapOpening(found: ShapFindings): Opening {
  return { warning: additivityClause(found), found: sizeClause(found) };
}

/** How noisy the ranking is; empty without decoys, or if all genes are taken. */
export function noiseClause({ decoys, share }: ShapFindings): string {
  return decoys && share < 1
    ? `the noise rate of SHAP's ranking, which is not the share of wrong genes, ` +
      `is ${percent(decoys.noise_rate)}`
    : "";
}

/** What makes the lists worthless; empty if nothing does. */
export function shapWarning(found: ShapFindings, run: RunReport): string {
  return [additivityVerdict(found, run), withoutScoresSentence(found)]
    .filter((sentence) => sentence !== "").join(" ");
}

/** Each tissue's genes, how large the set is, and how robust. */
export function shapDetails(found: ShapFindings): string[] {
  return [
    consensusSentence(found),
    firstGenes(found).trimEnd(),
    lists(found),
    leftOutSentence(found),
    size(found),
    robustness(found),
  ].filter((paragraph) => paragraph !== "");
}

/** Where each tissue's genes are, and what is not among them. */
function lists(found: ShapFindings): string {
  const { summary, tissueLists, absentTop } = found;
  const absent = tissueLists.reduce((sum, list) => sum + list.absent, 0);
  const share = absent / (tissueLists.length * absentTop);
  const genes = "ach tissue's genes";
  return (hasConsensus(found) ? `E${genes}` : `**E${genes}**`) +
    ` down to the cutoff are in ${code(tissueGenes.file)}` +
    (summary.direction === "up"
      ? ": those that are higher there than elsewhere. "
      : ", whatever the direction in which they change. ") +
    `Of the ${withCommas(absentTop)} genes with the largest SHAP values of ` +
    `each tissue ${percent(share)} are lower there than elsewhere: they mark ` +
    `the tissue by their absence (${code(absentGenes.file)}).`;
}

/** How large the set is, and whether it can be called specific. */
function size(found: ShapFindings): string {
  const { summary, matrixGenes, share } = found;
  const warnings = setWarnings(found);
  const listed = summary.cutoff_rule === "stable"
    ? "The genes of each tissue that come again on halves of the samples, at " +
      `most ${withCommas(summary.listed_ranks)},`
    : summary.cutoff_rule === "knockoff"
    ? "The genes of each tissue that score higher than their knockoffs, at " +
      `most ${withCommas(summary.listed_ranks)},`
    : `The ${
      countOf(summary.listed_ranks, "best gene")
    } of each tissue, down ` +
      "to the cutoff,";
  return `${listed} make a set of ${countOf(summary.genes, "gene")} of ` +
    `${withCommas(matrixGenes)} (${percent(share)}).` +
    (share > SPECIFIC_SHARE && share < 1
      ? " That is more than half of all genes: such a set is hardly specific."
      : "") +
    (warnings === "" ? "" : ` ${warnings}`);
}

/** Noise, other networks or draws. */
function robustness(found: ShapFindings): string {
  const anchor = ROBUSTNESS.toLowerCase().replaceAll(" ", "-");
  const section = `[${ROBUSTNESS}](#${anchor})`;
  const absent = [
    ...(found.decoys || found.summary.knockoffs ? [] : ["decoys"]),
    ...(found.summary.networks_stability ? [] : ["an ensemble of networks"]),
  ];
  return [
    found.summary.knockoffs
      ? knockoffVerdict(found.summary.knockoffs)
      : noiseVerdict(found),
    stability(found),
    absent.length === 0
      ? `More under ${section}.`
      : `**Not done in this run:** ${absent.join(", ")}; ${section} names ` +
        `the flags.`,
  ].filter((sentence) => sentence !== "").join(" ");
}

/** How many of the best genes another network, or other draws, would name. */
function stability({ summary }: ShapFindings): string {
  const { networks_stability: networks, draws_stability: draws } = summary;
  if (networks) {
    return `Two networks that differ only in their random numbers share ` +
      `${percent(networks.overlap)} of each tissue's ` +
      `${withCommas(networks.top)} best genes (by chance ` +
      `${percent(networks.chance_overlap)}).` +
      (networks.overlap > TIMES_CHANCE * networks.chance_overlap
        ? ""
        : " **One network's best genes hardly predict another's.**");
  }
  return draws === null
    ? ""
    : `The same network explained with other random draws is expected to ` +
      `name ${percent(draws.expected_overlap)} of each tissue's ` +
      `${withCommas(draws.top)} best genes again; another network may name ` +
      `others.`;
}
