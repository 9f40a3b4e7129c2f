/** The verdict on the other spaces and the other random sets. */

import { significanceLevel } from "../findings/levels.ts";
import type { SpaceTest, TestFindings } from "../findings/ttest.ts";
import { escapeText } from "../markdown.ts";
import { count, counted } from "../numbers.ts";
import { spaceName } from "../space_names.ts";

/** What a null's random sets are, in words. */
const nullNames = new Map([
  ["uniform", "random genes"],
  ["matched", "random genes of like mean and spread"],
]);

/**
 * What a kind of random gene sets is made of.
 *
 * @param name As in `ttest/nulls.csv`.
 */
export function nullName(name: string): string {
  return nullNames.get(name) ?? name;
}

/**
 * In which spaces, and against which random sets, the result holds: where
 * both p-values are below the level. Says nothing where one test was made.
 */
export function spacesVerdict({ tests = [] }: TestFindings): string[] {
  if (tests.length < 2) return [];
  const nulls = [...new Set(tests.map((test) => test.null))];
  const alike = tests.every(({ holds }) => holds === tests[0].holds);
  const spaces = new Set(tests.map(({ space }) => spaceName(space)));
  const each = alike
    ? `in ${listed([...spaces].map(escapeText), "and")}, against ` +
      listed(nulls.map((name) => escapeText(nullName(name))), "and")
    : nulls.map((name) =>
      `against ${escapeText(nullName(name))}, ` +
      whereItHolds(tests.filter((test) => test.null === name))
    ).join("; ");
  return [
    `**It holds in ${heldInWords(tests)}** (both p below ` +
    `${significanceLevel}): ${each}.${meaning(tests)}`,
  ];
}

/**
 * In how many of the tests the result holds.
 */
export function heldInWords(tests: readonly SpaceTest[]): string {
  const held = tests.filter(({ holds }) => holds).length;
  const all = counted(tests.length, "test");
  return held === 0
    ? `none of ${all}`
    : held === tests.length && held > 1
    ? `all ${all}`
    : `${count(held)} of ${all}`;
}

/** The spaces in which the tests of one null hold. */
function whereItHolds(tests: readonly SpaceTest[]): string {
  const names = (wanted: boolean) =>
    tests.filter(({ holds }) => holds === wanted)
      .map(({ space }) => escapeText(spaceName(space)));
  const held = names(true);
  const failed = names(false);
  if (failed.length === 0) return `in ${listed(held, "and")}`;
  if (held.length === 0) return `not in ${listed(failed, "or")}`;
  return `in ${listed(held, "and")} but not in ${listed(failed, "or")}`;
}

/**
 * What it means where the result holds in some of the tests only.
 *
 * @returns Empty, or sentences after a space.
 */
export function meaning(tests: readonly SpaceTest[]): string {
  const held = tests.filter(({ holds }) => holds);
  const spaces = new Set(tests.map(({ space }) => space));
  if (held.length === 0 || held.length === tests.length) return "";
  const onlyUmap = spaces.size > 1 &&
    held.every(({ space }) => space === "umap");
  const uniform = held.filter((test) => test.null === "uniform");
  const lostWhenMatched = uniform.filter(({ space }) =>
    tests.some((test) =>
      test.null === "matched" && test.space === space && !test.holds
    )
  );
  const reasons = [
    onlyUmap
      ? " A result in UMAP space alone is weak: the picture may make it, not " +
        "the genes."
      : "",
    uniform.length > 0 && lostWhenMatched.length === uniform.length
      ? " Genes that are expressed as strongly and as variably do as well: " +
        "what the set has over random genes may be no more than that."
      : "",
  ].join("");
  return reasons ||
    " The result depends on the way one looks, so it is not a firm one.";
}

/** `a`, `a and b` or `a, b and c`. */
function listed(names: readonly string[], joint: "and" | "or"): string {
  const last = names[names.length - 1];
  return names.length < 2
    ? names.join("")
    : `${names.slice(0, -1).join(", ")} ${joint} ${last}`;
}
