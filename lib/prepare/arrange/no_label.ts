/** Why nothing says of which tissue the samples are, and what to do about it. */

import { type Remedy, rerun } from "../../cli/errors.ts";
import { countOf, escapeControls, quote, withCommas } from "../../cli/text.ts";
import type { Annotation } from "../input/raw_matrix.ts";
import type { MatchedSheet } from "../sheets/matched_sheet.ts";
import { unreadable } from "../input/unreadable.ts";
import { joinNames } from "../labels/named.ts";
import type { LabelSearch } from "./label.ts";
import { isOtherSampleWord, tissueRank } from "./usual_names.ts";
import { countWords, isGrouping, isNumberGrouping } from "./words.ts";

/** What is wrong, and what to do about it. */
type Fault = readonly [what: string, remedy: Remedy];

/** A sheet with a smaller part of the samples is hardly that of the matrix. */
const ENOUGH = 0.5;

/**
 * Refuses a matrix without a label.
 *
 * @param own The matrix's texts about the samples.
 * @param groupings Those of them that could be it, none of them clear.
 * @throws {InputError}
 */
export function refuseNoLabel(
  search: LabelSearch,
  own: readonly Annotation[],
  groupings: readonly Annotation[],
): never {
  const { sheet } = search;
  const [what, remedy] = groupings.length > 0
    ? amongWords(search, groupings)
    : sheet !== undefined
    ? withSheet(search, sheet)
    : withoutSheet(search, own);
  throw unreadable(search.choices.input, what, remedy);
}

/** Several columns of words, or one that is hardly meant. */
function amongWords(
  { sides: { factNoun }, choices }: LabelSearch,
  groupings: readonly Annotation[],
): Fault {
  const names = likelyLast(groupings.map(({ name }) => name));
  const ignore = [...choices.ignore, ...names.slice(0, -1)];
  return [
    groupings.length === 1
      ? `the only ${factNoun} with words that repeat, ${quote(names[0])}, is ` +
        "not named like tissues; it must be clear that they are meant"
      : `${factNoun}s ${joinNames(groupings.map(({ name }) => name))} hold ` +
        "words, and it must be clear which are the tissues",
    rerun("prepare", {
      label: names.at(-1)!,
      ...ignore.length === 0 ? {} : { ignore },
    }),
  ];
}

/** Names of columns, those of sex, donor and the like in front. */
function likelyLast(names: readonly string[]): string[] {
  return [
    ...names.filter(isOtherSampleWord),
    ...names.filter((name) => !isOtherSampleWord(name)),
  ];
}

function withSheet(
  { sides: { samples }, unlabeled }: LabelSearch,
  sheet: MatchedSheet,
): Fault {
  const path = escapeControls(sheet.path);
  const known = sheet.matched.filter((has) => has).length;
  if (known < ENOUGH * samples.ids.length) {
    return [
      `${path} has only ${withCommas(known)} of the matrix's ${
        countOf(samples.ids.length, "sample")
      } in column ${quote(sheet.idColumn)}, and no column of words that repeat`,
      "Give the sheet of these samples, with a row for each of them",
    ];
  }
  const unusable = sheet.unusable.find(({ name }) =>
    tissueRank(name) < Infinity
  );
  if (unusable !== undefined) {
    return [
      `column ${
        quote(unusable.name)
      } of ${path} cannot be the label: ${unusable.why}`,
      "Correct the sheet, or name another of its columns with --label",
    ];
  }
  const none = `neither the matrix nor ${path} has a column 'tissue'`;
  const words = namesOf(sheet, isGrouping);
  if (words.length > 0) {
    return [
      `${none}; ${
        words.length === 1
          ? "the sheet's column with words that repeat is"
          : "the sheet's columns with words that repeat are"
      } ${joinNames(words)}`,
      rerun("prepare", {
        label: words.find((name) => !isOtherSampleWord(name)) ?? words[0],
      }),
    ];
  }
  if (unlabeled !== undefined) return [unlabeled.what, unlabeled.remedy];
  const numbers = namesOf(sheet, isNumberGrouping);
  const named = numbers.find((name) => tissueRank(name) < Infinity);
  const label = named ?? (numbers.length === 1 ? numbers[0] : undefined);
  return [
    `${
      named === undefined ? `${none}, and ` : ""
    }the sheet has no column of words that repeat${
      numbers.length === 0
        ? ""
        : `; of numbers that repeat it has ${joinNames(numbers)}`
    }`,
    label !== undefined
      ? rerun("prepare", { label })
      : numbers.length > 0
      ? "Name the column of tissues with --label COLUMN"
      : "Add a column of tissues to the sheet and name it with --label",
  ];
}

/** The sheet's columns of that kind. */
function namesOf(
  { facts }: MatchedSheet,
  fits: typeof isGrouping,
): string[] {
  return facts.filter((fact) => fits(countWords(fact))).map(({ name }) => name);
}

function withoutSheet(
  { sides, orientation, unlabeled, describeLast }: LabelSearch,
  own: readonly Annotation[],
): Fault {
  if (unlabeled !== undefined) return [unlabeled.what, unlabeled.remedy];
  const useless = describeUseless(own, sides.factNoun);
  const likely = sides.genes.ids.find((id) => tissueRank(id) < Infinity);
  if (sides.genesIn === "rows") {
    const { ids } = sides.samples;
    const count = ids.length;
    const names = new Set(ids).size;
    if (count > 1 && names * 2 <= count) {
      return [
        `the ${withCommas(count)} samples have only ${
          countOf(names, "name")
        } in the header (${
          joinNames([...new Set(ids)], 3)
        }), and each should have its own`,
        "Give each sample its own id in the header, and write these names " +
        "into a row below it: tissue, ...",
      ];
    }
    return [
      `the genes are in rows ${orientation.reason}, and nothing says which ` +
      `tissue ${
        count === 1 ? "the sample is" : `the ${countOf(count, "sample")} are`
      } of${useless}`,
      likely !== undefined
        ? rerun("prepare", { label: likely })
        : "Give a sample sheet: --samples FILE --label COLUMN; or add a row " +
          "of tissues to the matrix and name it: --label ROW",
    ];
  }
  const last = describeLast === undefined ? "" : `; ${describeLast()}`;
  return [
    `it has no column of words that could be the tissues${useless || last}`,
    likely !== undefined
      ? rerun("prepare", { label: likely })
      : "Name the column of tissues with --label COLUMN, or give a sample " +
        "sheet: --samples FILE --label COLUMN",
  ];
}

/** Says of the texts of the matrix why they are none. */
function describeUseless(
  own: readonly Annotation[],
  factNoun: string,
): string {
  const useless = own.map((own) => ({ own, counts: countWords(own) }))
    .find(({ counts }) => counts.distinct > 0);
  if (useless === undefined) return "";
  const { own: { name }, counts } = useless;
  const holds = counts.numbers * 2 >= counts.filled
    ? "holds numbers"
    : counts.distinct === 1
    ? `holds nothing but ${quote(counts.first)}`
    : `holds ${withCommas(counts.distinct)} different texts for ${
      countOf(counts.filled, "sample")
    }`;
  return ` (${factNoun} ${quote(name)} ${holds})`;
}
