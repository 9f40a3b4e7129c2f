/** Spaces, null models and outcomes of tests in words. */

import { countOf } from "../../cli/text.ts";
import type { Space } from "../../clusters/spaces/space.ts";
import { escapeText } from "../../report/markdown.ts";
import { formatP } from "../../statistics/format_p.ts";
import type { NullModel } from "../null_models/null_model.ts";
import { isSignificant } from "../null_tests.ts";
import type { SpaceTest } from "../outputs.ts";

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

/** In how many of the tests the gene set is significant. */
export function formatCount(tests: readonly SpaceTest[]): string {
  const significant = tests.filter(isSignificant).length;
  const all = countOf(tests.length, "test");
  return significant === 0
    ? `none of ${all}`
    : significant === tests.length && significant > 1
    ? `all ${all}`
    : `${significant} of ${all}`;
}

/** The outcome in all tests of a gene set, as: against ..., in ... */
export function formatOutcomes(
  tests: readonly SpaceTest[],
  { spaces, nullModels }: Known,
): string {
  const models = [...Map.groupBy(tests, ({ null_model }) => null_model)];
  const phrase = ({ space }: SpaceTest) => phraseOf(spaces, space);
  const against = (name: string) => phraseOf(nullModels, name);
  if (new Set(tests.map(isSignificant)).size === 1) {
    return `in ${listed([...new Set(tests.map(phrase))])}, against ` +
      listed(models.map(([name]) => against(name)));
  }
  return models.map(([name, own]) => {
    const yes = own.filter(isSignificant).map(phrase);
    const no = own.filter((test) => !isSignificant(test)).map(phrase);
    const where = [
      ...(yes.length > 0 ? [`in ${listed(yes)}`] : []),
      ...(no.length > 0 ? [`not in ${listed(no, "disjunction")}`] : []),
    ];
    return `against ${against(name)}, ${where.join(" but ")}`;
  }).join("; ");
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
      `Genes with similar ${keeps} do as well: the set may have nothing else ` +
        "that random genes have not.",
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
