/** What is said of stability in the verdict and below it. */

import { fixed } from "../../cli/numbers.ts";
import { countOf, joined } from "../../cli/text.ts";
import { escapeText } from "../../report/markdown.ts";
import { SHAP } from "../shap_rankings.ts";
import { EXCELLENT_INDEX, POOR_INDEX } from "../stability/levels.ts";
import type { StabilitySummary } from "../stability/outputs.ts";

/** Rankings that a sentence names. */
const NAMED = 5;

/** One method of the summary. */
export type MethodSummary = StabilitySummary["methods"][number];

/** A method whose index could be computed. */
type Measured = MethodSummary & { readonly index: number };

/**
 * How often a gene of the most stable simple ranking comes again, and one of
 * SHAP's; empty if neither is known.
 */
export function stabilityClause(stability: StabilitySummary | null): string {
  if (stability === null) return "";
  const [first, ...others] = simpleMethods(stability);
  const own = shapStability(stability);
  const counts = [
    ...first === undefined ? [] : [mostStable(first, others)],
    ...own === null ? [] : [{ recovered: own.recovered, by: "SHAP" }],
  ].map(({ recovered, by }, index) =>
    index === 0
      ? `${by} names ${fixed(recovered, 0)} of a tissue's first ` +
        `${firstGenes(stability)} again`
      : `${by} ${fixed(recovered, 0)}`
  );
  return counts.length === 0
    ? ""
    : `from half of the samples ${counts.join(", ")}`;
}

function mostStable(first: Measured, others: readonly Measured[]) {
  const { recovered, title } = others.reduce(
    (best, each) => each.index > best.index ? each : best,
    first,
  );
  return { recovered, by: title };
}

/** SHAP's own, if networks were trained on halves and have lists. */
export function shapStability(
  stability: StabilitySummary | null,
): Measured | null {
  return stability === null
    ? null
    : measuredMethods(stability).find(({ method }) => method === SHAP) ?? null;
}

/**
 * The paragraph below the verdict.
 *
 * @returns None if nothing was measured.
 */
export function stabilityDetails(stability: StabilitySummary | null): string[] {
  if (stability === null) return [];
  const simple = simpleMethods(stability);
  const own = shapStability(stability);
  const told = simple.length === 0 && own !== null ? [own] : simple;
  if (told.length === 0) return [];
  const shown = told.length <= NAMED ? told : extremes(told);
  const genes = joined(
    shown.map(({ recovered, title }) =>
      `${fixed(recovered, 0)} by ${escapeText(title)}`
    ),
  );
  const indices = joined(shown.map(({ index }) => fixed(index, 2)));
  return [
    `${judge(measuredMethods(stability))} Of a tissue's first ` +
    `${firstGenes(stability)} on all samples, a random half of the samples ` +
    `names again ${genes}` +
    (shown.length < told.length
      ? `, the most and the least stable of ${told.length} simple rankings`
      : "") +
    ` (stability index ${indices}; 1 is always the same genes, 0 is chance). ` +
    (own === null
      ? "SHAP's own stability over samples was not measured."
      : (simple.length === 0
        ? ""
        : `By SHAP it names again ${fixed(own.recovered, 0)} (index ${
          fixed(own.index, 2)
        }). `) +
        "SHAP's lists are those of single networks, each trained on another " +
        "half."),
  ];
}

/** The most stable method and the least. */
function extremes(measured: readonly Measured[]): Measured[] {
  const [most, ...others] = measured.toSorted((a, b) => b.index - a.index);
  return [most, ...others.slice(-1)];
}

/** Without SHAP. */
function simpleMethods(stability: StabilitySummary): Measured[] {
  return measuredMethods(stability).filter(({ method }) => method !== SHAP);
}

/** The methods whose index could be computed. */
export function measuredMethods({ methods }: StabilitySummary): Measured[] {
  return methods.flatMap((each) =>
    each.index === null ? [] : [{ ...each, index: each.index }]
  );
}

/** How many genes a list has: the set's ranks, or fewer where it ends before. */
export function firstGenes({ first, methods }: StabilitySummary): string {
  const most = Math.max(...methods.map(({ listed }) => listed));
  return countOf(Math.min(first, Math.ceil(most)), "gene");
}

function judge(measured: readonly Measured[]): string {
  const poor = measured.filter(({ index }) => index < POOR_INDEX);
  if (poor.length > 0) {
    return `**The genes of ${
      joined(poor.map(({ title }) => escapeText(title)))
    } depend on which samples were taken.**`;
  }
  return measured.every(({ index }) => index > EXCELLENT_INDEX)
    ? "**The lists of the rankings hardly depend on which samples were taken.**"
    : "**The lists of the rankings depend in part on which samples were taken.**";
}
