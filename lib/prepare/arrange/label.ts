/** Finds the column or row that names the tissue of each sample. */

import type { Annotation, RawMatrix } from "../input/raw_matrix.ts";
import { isMissingLabel } from "../labels/label_key.ts";
import { areMergedCells } from "../labels/merged_cells.ts";
import type { MatchedSheet } from "../sheets/matched_sheet.ts";
import { joinNames } from "../labels/named.ts";
import { isOtherSampleWord, tissueRank } from "./usual_names.ts";
import { LabelRefusals } from "./label_refusals.ts";
import { refuseNoLabel } from "./no_label.ts";
import type { Orientation } from "./orientation.ts";
import type { ArrangeChoices } from "./reading.ts";
import type { Sides } from "./sides.ts";
import { countWords, isGrouping } from "./words.ts";

/** The tissues, and what else is known of the samples. */
export interface Label {
  /** What the file calls it. */
  readonly name: string;
  readonly from: "matrix" | "sheet";
  /** One per id of the samples' side, trimmed; "" where there is none. */
  readonly texts: readonly string[];
  /** The other texts about the samples, of the sheet and of the matrix. */
  readonly facts: readonly Annotation[];
  readonly notes: readonly string[];
}

/** What the label is looked for in. */
export interface LabelSearch {
  readonly sides: Sides;
  readonly orientation: Orientation;
  readonly choices: Pick<ArrangeChoices, "input" | "label" | "ignore">;
  readonly sheet?: MatchedSheet;
  /** What the reader says of a matrix of this format without tissues. */
  readonly unlabeled?: RawMatrix["unlabeled"];
  /** Says what the last column of numbers holds. */
  describeLast?(): string;
}

/**
 * Finds the tissues: where `--label` says; or in the matrix's column (or row)
 * that is named like tissues, or else in that of the sheet, or else in the only
 * one of the matrix that holds words of which some repeat.
 *
 * @throws {InputError} If there is none, if several could be it, or if the
 * matrix and the sheet disagree.
 */
export function findLabel(search: LabelSearch): Label {
  const { sides: { samples: { annotations: own } }, choices } = search;
  const refusals = new LabelRefusals(search, own);
  return choices.label === ""
    ? defaultLabel(search, own, refusals)
    : namedLabel(search, own, refusals);
}

function namedLabel(
  search: LabelSearch,
  own: readonly Annotation[],
  refusals: LabelRefusals,
): Label {
  const { choices: { label: name }, sheet } = search;
  const inMatrix = own.filter((annotation) => annotation.name === name);
  const inSheet = sheet?.facts.find((fact) => fact.name === name);
  if (inMatrix.length > 1) refusals.twice(name, inMatrix.length);
  const found = inMatrix[0] ?? inSheet;
  if (found === undefined) refusals.unknown(name);
  if (inMatrix.length > 0 && inSheet !== undefined) {
    refusals.checkAgreement(inMatrix[0], inSheet);
  }
  refusals.checkRepeats(found);
  return labelFrom(found, own, search);
}

function defaultLabel(
  search: LabelSearch,
  own: readonly Annotation[],
  refusals: LabelRefusals,
): Label {
  const { sheet } = search;
  const groupings = own.filter((each) => isGrouping(countWords(each)));
  const found = bestNamed(groupings) ??
    bestNamed(sheet?.facts.filter((each) => isGrouping(countWords(each)))) ??
    onlyOne(groupings) ??
    // To be refused with what is to be done about it.
    bestNamed([...own, ...sheet?.facts ?? []].filter(isMerged));
  if (found === undefined) refuseNoLabel(search, own, groupings);
  const twins = own.filter(({ name }) => name === found.name);
  if (twins.length > 1) refusals.twice(found.name, twins.length);
  const inSheet = sheet?.facts.find(({ name }) => name === found.name);
  if (inSheet !== undefined && inSheet !== found) {
    refusals.checkAgreement(found, inSheet);
  }
  return labelFrom(found, own, search);
}

/**
 * One note for all columns of words that are not the tissues. Numbers about the
 * samples are known as such, or the format would not have told them.
 */
function othersNote(
  found: Annotation,
  own: readonly Annotation[],
  factNoun: string,
): string[] {
  const others = own.filter((each) => {
    const { filled, numbers } = countWords(each);
    const isBlank = each.texts.every((text) => text.trim() === "");
    // Without this note, a gene of such words would be gone without a trace.
    const saysNothing = filled === 0 && !isBlank;
    return each !== found && (numbers < filled || saysNothing);
  }).map(({ name }) => name);
  if (others.length === 0) return [];
  const [one, here] = [others.length === 1, own.includes(found)];
  return [
    `The tissues are those of ${
      here ? factNoun : "the sample sheet's column"
    } ${joinNames([found.name])}; ${factNoun}${one ? "" : "s"} ${
      joinNames(others)
    } ${one ? "holds" : "hold"} words, too, and ${
      one ? "is no gene" : "are no genes"
    }`,
  ];
}

const isMerged = ({ texts }: Annotation) => areMergedCells(texts);

/** The one whose name is most likely that of tissues. */
function bestNamed(
  annotations: readonly Annotation[] = [],
): Annotation | undefined {
  let best: Annotation | undefined;
  for (const each of annotations) {
    const rank = tissueRank(each.name);
    if (rank < (best === undefined ? Infinity : tissueRank(best.name))) {
      best = each;
    }
  }
  return best;
}

/** The only one, unless it is named like sex or donor. */
function onlyOne(groupings: readonly Annotation[]): Annotation | undefined {
  const likely = groupings.filter(({ name }) => !isOtherSampleWord(name));
  return likely.length === 1 ? likely[0] : undefined;
}

function labelFrom(
  found: Annotation,
  own: readonly Annotation[],
  { sides, sheet }: LabelSearch,
): Label {
  const from = own.includes(found) ? "matrix" : "sheet";
  const facts = (sheet?.facts ?? []).filter(({ name }) => name !== found.name);
  const taken = new Set(facts.map(({ name }) => name));
  const more = own.filter(({ name }) => name !== found.name).map((fact) => {
    if (!taken.has(fact.name)) return fact;
    return { ...fact, name: `${fact.name} (matrix)` };
  });
  const inSheet = sheet?.facts.find(({ name }) => name === found.name);
  return {
    name: found.name,
    from,
    texts: found.texts.map((text, index) =>
      // The sheet may know what the matrix leaves open.
      isMissingLabel(text) && from === "matrix"
        ? inSheet?.texts[index].trim() || text.trim()
        : text.trim()
    ),
    facts: [...facts, ...more],
    notes: othersNote(found, own, sides.factNoun),
  };
}
