/** What the numbers say, sentence by sentence, in Markdown. */

import { fixed, percent } from "../../cli/numbers.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import { listFew } from "../../prepare/labels/named.ts";
import { formatP, SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import { code, escapeText } from "../../report/markdown.ts";
import {
  FEWEST_HELD_OUT,
  FEWEST_IN_TISSUE,
  LOSS,
  TOGETHER,
} from "../levels.ts";
import type { ConfoundingSummary } from "../outputs.ts";

/** Tissues that a sentence names. */
const NAMED = 6;
/** A loss of macro F1 that is in bold. */
const LARGE_LOSS = 0.1;

/** The sentence on why nothing was measured; empty if it was. */
export function obstacleSentence(
  { obstacle, column, studies, single_sample_studies }: ConfoundingSummary,
): string {
  const name = code(column ?? "");
  switch (obstacle) {
    case null:
      return "";
    case "no column":
      return "How much of the answer is the study and not the tissue could " +
        "not be looked at, because no column names the study of each sample: " +
        "`--batch COLUMN` or `--group COLUMN` would.";
    case "one study":
      return `All samples are of one study (column ${name}), so what belongs ` +
        "to it and not to the tissues cannot be told.";
    case "single samples":
      return `Of the ${withCommas(studies)} values of the column ${name} ` +
        `${withCommas(single_sample_studies)} have a single sample, which ` +
        "cannot be told from its study, so how much of the answer is the " +
        "study could not be looked at; `--batch COLUMN` names another column.";
  }
}

/** What was not looked at, for the last point of the verdict. */
export function studiesNotLookedAt(
  { obstacle }: ConfoundingSummary,
): string[] {
  return obstacle === null
    ? []
    : obstacle === "one study"
    ? ["what is the only study's and not the tissues'"]
    : [`what is the study's and not the tissue's (${code("--batch COLUMN")})`];
}

/**
 * The clauses of the verdict: how far tissue and study go together and what is
 * lost when a whole study is held out.
 */
export function confoundingClause(found: ConfoundingSummary): string {
  const lost = heldOutSentence(found).replace(/\.$/, "");
  return [togetherClause(found), lost]
    .map((text) => text[0].toLowerCase() + text.slice(1)).join("; ");
}

/** Whether tissue and study go together, and which tissues cannot be told. */
export function designSentences(found: ConfoundingSummary): string {
  return [
    `${togetherClause(found)}.`,
    aloneSentence(found),
    besideSentence(found),
  ].filter(Boolean).join(" ");
}

function togetherClause(found: ConfoundingSummary): string {
  const v = found.corrected_v ?? found.cramers_v;
  const how = v === null
    ? "cannot be compared"
    : v >= TOGETHER.mostly
    ? "go together"
    : v >= TOGETHER.partly
    ? "partly go together"
    : "hardly go together";
  return `Tissue and study ${how} (Cramér's V ${fixed(v, 2)}; 0 is ` +
    "not at all, 1 completely)";
}

type SingleStudyTissues = ConfoundingSummary["single_study_tissues"];

function nameTissues(tissues: SingleStudyTissues): string {
  return listFew(tissues.map(({ tissue }) => escapeText(tissue)), NAMED);
}

/** The tissues from a study of their own; empty if there are none. */
export function aloneSentence(
  { single_study_tissues }: ConfoundingSummary,
): string {
  const alone = single_study_tissues
    .filter(({ other_tissues }) => other_tissues === 0);
  if (alone.length === 0) return "";
  return `**All samples of ${nameTissues(alone)} are from ${
    alone.length === 1 ? "a study of its own" : "studies of their own"
  }:** nothing that is said of ${
    alone.length === 1
      ? "this tissue can be told from its study"
      : "these tissues can be told from their studies"
  }.`;
}

/** The tissues of a single study that has others, too; empty without. */
export function besideSentence(
  { single_study_tissues }: ConfoundingSummary,
): string {
  const beside = single_study_tissues
    .filter(({ other_tissues }) => other_tissues > 0);
  return beside.length === 0
    ? ""
    : `All samples of ${nameTissues(beside)} are from a single study${
      beside.length === 1 ? ": this tissue" : " each: these tissues"
    } can be told from it only by comparison with its other tissues.`;
}

/** What is lost when a whole study is held out. */
export function heldOutSentence(
  { held_out, shared_tissues }: ConfoundingSummary,
): string {
  if (held_out === null) {
    return "What is lost when a whole study is held out could not be " +
      `measured: ${
        shared_tissues < 2
          ? `${
            shared_tissues === 0 ? "no tissue is" : "a single tissue is"
          } in more than one study`
          : "fewer than two studies have " +
            `${FEWEST_HELD_OUT} samples of tissues that others have, too`
      }.`;
  }
  const [set, all] = (["set", "all"] as const).map((choice) =>
    held_out.scores.find(({ classifier, genes }) =>
      classifier === "ridge" && genes === choice
    )!
  );
  const loss = ({ random_macro_f1, macro_f1 }: typeof set) =>
    random_macro_f1 - macro_f1;
  const numbers = (each: typeof set) =>
    `from ${fixed(each.random_macro_f1, 2)} to ${fixed(each.macro_f1, 2)}`;
  const of = "macro F1 of a ridge classifier with the set's genes";
  const others = ` (with all genes ${numbers(all)})`;
  if (
    loss(set) <= LOSS || set.p >= SIGNIFICANCE_LEVEL ||
    set.only_random_right < set.only_whole_right
  ) {
    return `When a whole study is held out, ${of} does not clearly fall: ` +
      `${numbers(set)}${others}; exact McNemar test of the samples, p ${
        formatP(set.p)
      }.`;
  }
  const said = `${of} falls ${numbers(set)}`;
  return `When a whole study is held out, ${
    loss(set) >= LARGE_LOSS ? `**${said}**` : said
  }${others}.`;
}

/** Whether the study can be told within a tissue. */
export function withinSentence(
  { within }: ConfoundingSummary,
): string {
  if (within === null) {
    return "Whether the study can be told within a tissue could not be " +
      "looked at: no tissue has two studies of " +
      `${FEWEST_IN_TISSUE} samples.`;
  }
  const { tissues, told_by_set, told_by_random } = within;
  if (tissues === 1) {
    return "Within the only tissue that several studies have, the set's genes " +
      `${told_by_set === 1 ? "tell" : "do not tell"} the study of a sample; ` +
      `random genes ${told_by_random === 1 ? "do" : "do not"}.` +
      networksSentence(within);
  }
  const number = (told: number) =>
    told === 0 ? "none" : told === tissues ? "all" : withCommas(told);
  return "The set's genes tell the study of a sample within " +
    `${number(told_by_set)} of the ${withCommas(tissues)} tissues that ` +
    `several studies have; random genes within ${number(told_by_random)}.` +
    networksSentence(within);
}

/** Whether the networks' own outputs tell it, after a blank. */
function networksSentence(
  { tissues_of_networks: tissues, told_by_networks: told }: NonNullable<
    ConfoundingSummary["within"]
  >,
): string {
  if (tissues === 0) {
    return " Whether the networks' outputs tell it could not be looked at: no " +
      `fold trained on two studies of ${FEWEST_IN_TISSUE} samples of a tissue.`;
  }
  const which = tissues === 1
    ? told === 1 ? "the one tissue" : "not within the one tissue"
    : told === 0
    ? `none of the ${withCommas(tissues)} tissues`
    : told === tissues
    ? `all ${withCommas(tissues)} tissues`
    : `${withCommas(told)} of the ${withCommas(tissues)} tissues`;
  return " The networks' outputs for the samples that trained them tell it " +
    `${which.startsWith("not") ? which : `within ${which}`} that could be ` +
    "looked at.";
}

/** How many genes of the set vary more by study than by tissue. */
export function varianceSentence({ variance }: ConfoundingSummary): string {
  if (variance === null) {
    return "Which genes vary by study rather than by tissue could not be " +
      "looked at: the samples' tissues and studies cannot be told apart.";
  }
  const { set, all } = variance;
  const share = percent(all.more_by_study / Math.max(1, all.genes));
  return `Of the set's ${countOf(set.genes, "gene")}, ${
    set.more_by_study === 0
      ? "none"
      : `${withCommas(set.more_by_study)} (${
        percent(set.more_by_study / Math.max(1, set.genes))
      })`
  } ${
    set.more_by_study > 1 ? "vary" : "varies"
  } more by study than by tissue (of all genes ${share}).`;
}
