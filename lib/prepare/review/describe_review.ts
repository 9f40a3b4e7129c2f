/** What was found out about the samples, in words for terminal and report. */

import { percent } from "../../cli/numbers.ts";
import { countOf } from "../../cli/text.ts";
import { listFew } from "../labels/named.ts";
import type { Row } from "../../store/fields.ts";
import type { review } from "../outputs.ts";
import type { ConfounderFinding } from "./finding_names.ts";

/** What `prepare/review.json` holds. */
export type Review = Row<typeof review.fields>;
type Finding = Review["confounders"][number];

/** Columns that a sentence names. */
const NAMED = 4;

/** Makes a column's name fit the text around. */
type Show = (name: string) => string;

/**
 * Says what predicts the tissue, so that the two cannot be kept apart: the
 * library size, and all such columns in one sentence.
 */
export function formatPredicting(found: Review, show: Show): string[] {
  const predicting = withFinding(found, "predicts");
  const [size] = predicting.filter(({ column }) => column === null);
  const columns = predicting.filter(({ column }) => column !== null);
  const sentences: string[] = [];
  if (size !== undefined) {
    sentences.push(
      `The library size alone predicts the tissue of ${formatShare(size)}: ` +
        "tissue and library size cannot be told apart, and normalization " +
        "does not take all of it away",
    );
  }
  if (columns.length === 1) {
    const [only] = columns;
    const name = show(only.column!);
    sentences.push(
      `The column ${name} alone predicts the tissue of ${formatShare(only)}: ` +
        `unless ${name} is another name of the tissue, the two cannot be told ` +
        `apart, and genes of the tissue may be genes of ${name}`,
    );
  } else if (columns.length > 1) {
    sentences.push(
      `${columns.length} columns predict the tissue, each alone: ` +
        `${listShares(columns, show)}; unless they are other names of the ` +
        "tissue, it cannot be told apart from them, and genes of the tissue " +
        "may be theirs",
    );
  }
  return sentences;
}

/** Says that the samples of a tissue have mostly one value of a column. */
export function formatShared(found: Review, show: Show): string[] {
  const shared = withFinding(found, "shared");
  if (shared.length === 0) return [];
  if (shared.length === 1) {
    const [{ column, reverse }] = shared;
    const name = show(column!);
    return [
      `Tissue and ${name} go together: in a tissue, most samples (` +
      `${formatRight(reverse!)}) have the same ${name}; a difference between ` +
      `tissues may be one of ${name}`,
    ];
  }
  const named = listFew(
    shared.map(({ column, reverse }) =>
      `${show(column!)} (${formatRight(reverse!)})`
    ),
    NAMED,
  );
  return [
    `${shared.length} columns go together with the tissue: in a tissue, most ` +
    `samples have the same ${named}; a difference between tissues may be one ` +
    "of these columns",
  ];
}

/** Says which columns have values that lie within one tissue each. */
export function formatWithin(found: Review, show: Show): string[] {
  const within = withFinding(found, "within")
    .filter(({ is_group }) => !is_group);
  if (within.length === 0) return [];
  const [first] = within;
  const one = within.length === 1;
  return [
    `Samples with the same value of ${
      one ? "the column" : `one of ${within.length} columns`
    } ${listShares(within, show)} are mostly of one tissue. Where such ` +
    "samples are more alike than others, scores look too good unless " +
    "the split keeps them together: " +
    `${one ? "" : "such as "}--group ${show(first.column!)}`,
  ];
}

/** All that was found about what goes with the tissue. */
export function formatConfounders(found: Review, show: Show): string[] {
  return [
    ...formatPredicting(found, show),
    ...formatShared(found, show),
    ...formatWithin(found, show),
  ];
}

/** Says how many samples have equal values, if any have. */
export function formatTwins({ twins }: Review): string {
  if (twins.samples === 0) return "";
  return `${countOf(twins.samples, "sample")} ${
    twins.samples === 1 ? "has" : "have"
  } the same values as another one (${countOf(twins.sets, "set")})` +
    (twins.of_several_tissues === 0
      ? ""
      : `, ${twins.of_several_tissues} of them as one of another tissue`);
}

function withFinding(
  { confounders }: Review,
  finding: ConfounderFinding,
): Finding[] {
  return confounders.filter((each) => each.finding === finding)
    .sort((a, b) => b.tissue.right - a.tissue.right);
}

function listShares(found: readonly Finding[], show: Show): string {
  return listFew(
    found.map(({ column, tissue }) =>
      `${show(column!)} (${formatRight(tissue)})`
    ),
    NAMED,
  );
}

/** `96 % of the samples (25 % by guessing)`. */
function formatShare({ tissue, measure }: Finding): string {
  return `${percent(tissue.right)} of the samples ${
    measure === "numbers" ? "(mean of the tissues; " : "("
  }${percent(tissue.guessed)} by guessing)`;
}

function formatRight({ right, guessed }: Finding["tissue"]): string {
  return `${percent(right)}, by guessing ${percent(guessed)}`;
}
