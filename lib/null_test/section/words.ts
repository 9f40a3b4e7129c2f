/** Spaces, null models and outcomes of tests in words. */

import type { Space } from "../../clusters/spaces/space.ts";
import { escapeText } from "../../report/markdown.ts";
import { formatP } from "../../statistics/format_p.ts";
import type { NullModel } from "../null_models/null_model.ts";
import { isSignificant } from "../significance.ts";
import type { SpaceTest } from "../outputs.ts";
import { formatTail } from "../t_test.ts";

export interface Known {
  readonly spaces: readonly Space[];
  readonly nullModels: readonly NullModel[];
}

/** A space or null model as it stands in a sentence. */
export function phraseOf(
  known: readonly { readonly name: string; readonly phrase: string }[],
  name: string,
): string {
  return escapeText(known.find((each) => each.name === name)!.phrase);
}

/** `a`, `a and b` or `a, b and c`; a disjunction has `or`. */
export function listed(
  names: readonly string[],
  type: "conjunction" | "disjunction" = "conjunction",
): string {
  return new Intl.ListFormat("en-GB", { type }).format(names);
}

export function byGeneSet(tests: readonly SpaceTest[]): SpaceTest[][] {
  return [...Map.groupBy(tests, ({ gene_set }) => gene_set).values()];
}

export function byNullModel(
  tests: readonly SpaceTest[],
): [string, SpaceTest[]][] {
  return [...Map.groupBy(tests, ({ null_model }) => null_model)];
}

/** Tests by what they compare with and where: `against A in B and C`. */
export function namesOf(
  tests: readonly SpaceTest[],
  { spaces, nullModels }: Known,
): string {
  return listed(
    byNullModel(tests).map(([name, own]) =>
      `against ${phraseOf(nullModels, name)} in ${
        listed(own.map(({ space }) => phraseOf(spaces, space)))
      }`
    ),
  );
}

/** The spaces and null models that no test has. */
export function notTested(
  tests: readonly SpaceTest[],
  { spaces, nullModels }: Known,
) {
  return [
    ...spaces.filter(({ name }) => tests.every(({ space }) => space !== name)),
    ...nullModels.filter(({ name }) =>
      tests.every(({ null_model }) => null_model !== name)
    ),
  ];
}

/** The outcome in all tests of a gene set, with the adjusted p. */
export function formatOutcomes(
  tests: readonly SpaceTest[],
  { spaces, nullModels }: Known,
): string {
  const phrase = ({ space, p_adjusted }: SpaceTest) =>
    `${phraseOf(spaces, space)} (${formatCell(p_adjusted)})`;
  return byNullModel(tests).map(([name, own]) => {
    const yes = own.filter(isSignificant).map(phrase);
    const no = own.filter((test) => !isSignificant(test)).map(phrase);
    const against = `against ${phraseOf(nullModels, name)}, `;
    if (yes.length === 0) {
      return `${against}not shown to be better in ${listed(no, "disjunction")}`;
    }
    return `${against}better in ${listed(yes)}` +
      (no.length === 0 ? "" : ` but not in ${listed(no, "disjunction")}`);
  }).join("; ");
}

/**
 * The same, shorter where it is the same in several spaces and against all
 * random sets.
 */
export function formatOutcomesInShort(
  tests: readonly SpaceTest[],
  known: Known,
): string {
  const spaces = new Set(tests.map(({ space }) => space)).size;
  const significant = tests.filter(isSignificant).length;
  if (spaces < 2 || (significant > 0 && significant < tests.length)) {
    return formatOutcomes(tests, known);
  }
  const models = byNullModel(tests).map(([name]) =>
    phraseOf(known.nullModels, name)
  );
  const all = tests.map(({ p_adjusted }) => p_adjusted);
  return significant > 0
    ? `better in all ${spaces} spaces against ${listed(models)} (p at most ` +
      `${formatCell(Math.max(...all))})`
    : `not shown to be better in any of ${spaces} spaces against ${
      listed(models, "disjunction")
    } (p at least ${formatCell(Math.min(...all))})`;
}

/**
 * What it means that only some tests of a gene set are significant.
 *
 * @returns Sentences after a space; empty if all tests agree.
 */
export function explainDifferences(
  tests: readonly SpaceTest[],
  { spaces, nullModels }: Known,
): string {
  const significant = tests.filter(isSignificant);
  if (significant.length === 0 || significant.length === tests.length) {
    return "";
  }
  const isNonlinear = ({ space }: SpaceTest) =>
    spaces.find(({ name }) => name === space)!.nonlinear;
  const reasons: string[] = [];
  if (significant.every(isNonlinear) && !tests.every(isNonlinear)) {
    const used = new Set(significant.map(({ space }) => space));
    reasons.push(
      `A result in ${
        listed([...used].map((space) => phraseOf(spaces, space)))
      } only is weak: the layout may cause it, not the genes.`,
    );
  }
  const looser = significant.filter(({ null_model }) =>
    nullModels.find(({ name }) => name === null_model)!.keeps === null
  );
  for (const { name, keeps } of nullModels) {
    const isLost = ({ space }: SpaceTest) =>
      tests.some((test) =>
        test.null_model === name && test.space === space && !isSignificant(test)
      );
    if (keeps === null || looser.length === 0 || !looser.every(isLost)) {
      continue;
    }
    reasons.push(
      `Genes with similar ${keeps} may do as well: the set is not shown to ` +
        "have anything else that random genes have not.",
    );
  }
  if (reasons.length === 0) {
    reasons.push(
      "The result depends on the representation, so it is not robust.",
    );
  }
  return reasons.map((reason) => ` ${reason}`).join("");
}

/** A p-value as a table's cell. */
export function formatCell(p: number | null, log10P?: number | null): string {
  return formatP(p, log10P).replace(/^= /, "").replace("<", "&lt;");
}

/** The p of t as a table's cell. */
export function formatTailCell({ p_t, sets }: SpaceTest): string {
  return formatTail(p_t, sets).replace(/^= /, "").replace("<", "&lt;");
}
