/** The rows of the comparison of classifiers. */

import { assumed, type TestRow } from "./test_row.ts";

const together = "240 test samples, those of a study and tissue right together";
const fewTogether =
  "240 test samples, those of each of 6 studies right together";

/** By id, in the order of the page. */
export const classifierRows = {
  mcnemar_small: mcnemar(equal("about 48 test samples")),
  mcnemar_large: mcnemar(equal("240 test samples")),
  mcnemar_holm: found(
    "McNemar, any of four classifiers by adjusted p",
    "five classifiers equally good, 240 test samples",
  ),
  mcnemar_clustered: assumed(mcnemar(equal(together))),
  groups_clustered: byGroups(equal(together)),
  shown_clustered: found(
    "both tests, any of four classifiers by adjusted p",
    `five classifiers equally good, ${together}`,
  ),
  mcnemar_few_groups: assumed(mcnemar(equal(fewTogether))),
  groups_few: byGroups(equal(fewTogether)),
  shown_few_groups: assumed(found(
    "too few groups: McNemar, any of four classifiers by adjusted p, with the reservation",
    `five classifiers equally good, ${fewTogether}`,
  )),
  mcnemar_halves: mcnemar(
    "nearest centroids trained on two halves of the training samples",
  ),
  f1_small: interval(equal("about 48 test samples")),
  f1_large: interval(equal("240 test samples")),
  f1_few_tissues: interval(equal("3 tissues of 6 test samples")),
  f1_many_tissues: interval(
    equal("30 tissues of 10 test samples"),
  ),
  f1_hard: interval(
    equal("60 % right of about 48 test samples"),
  ),
  f1_easy: interval(equal("95 % right of 240 test samples")),
  f1_clustered: interval(equal(together)),
  f1_few_groups: interval(equal(fewTogether)),
  guess: row(
    "better than naming the largest tissue (binomial)",
    "right as often as that guess, about 48 test samples",
    "p",
  ),
} satisfies Record<string, TestRow>;

function equal(samples: string): string {
  return `two classifiers equally good, ${samples}`;
}

function mcnemar(situation: string): TestRow {
  return row("McNemar, p", situation, "p");
}

function byGroups(situation: string): TestRow {
  return row("by groups, p", situation, "p");
}

function interval(situation: string): TestRow {
  const test = "95 % interval of the macro F1 difference that leaves out 0";
  return row(test, situation, "event");
}

function found(test: string, situation: string): TestRow {
  return row(test, situation, "event");
}

/** All of these are exact tests, or intervals from one. */
function row(
  test: string,
  situation: string,
  kind: TestRow["kind"],
): TestRow {
  return { part: "classifiers", test, situation, kind, isBound: true };
}
