/** Which ranking is best at what, from all that the stages measured. */

import { fixed } from "../../cli/numbers.ts";
import { countOf, joined } from "../../cli/text.ts";
import {
  escapeText,
  numberColumns,
  paragraphs,
  table,
} from "../../report/markdown.ts";
import type { Standing } from "../../report/standings.ts";
import { RANK_CONSENSUS } from "../consensus/names.ts";
import { SHAP } from "../shap_rankings.ts";

/** A consensus this far below the best is no worse in practice. */
const NEAR = 0.02;

/**
 * A table of all measures and a paragraph; empty if nothing was measured.
 *
 * @param titles Of the rankings, by name, in the order of the table.
 */
export function bestPart(
  standings: readonly Standing[],
  titles: ReadonlyMap<string, string>,
): string {
  const shown = standings.filter(({ values }) =>
    [...titles.keys()].filter((name) => values.has(name)).length > 1
  );
  if (shown.length === 0) return "";
  const rows = [...titles].filter(([name]) =>
    shown.some(({ values }) => values.has(name))
  );
  return paragraphs(
    "### Which ranking is best at what",
    table(
      [
        { title: "ranking" },
        ...numberColumns(...shown.map(({ measure }) => measure)),
      ],
      rows.map(([name, title]) => [
        escapeText(title),
        ...shown.map((standing) => cell(standing, name, titles)),
      ]),
    ),
    `${bestSentence(shown, titles)} ${consensusSentence(shown, titles)}` +
      "In bold: the best of a column, to the digits shown; an empty cell was " +
      "not measured, or not on all of the tissues. With few tissues or " +
      "samples such differences are uncertain, and the best of many rankings " +
      "is best by luck, too: the sections on each measure give intervals.",
  );
}

/** The names of the rankings of the largest value, to the digits shown. */
function bestOf(
  { values, digits }: Standing,
  titles: ReadonlyMap<string, string>,
): { readonly names: string[]; readonly value: number } {
  const known = [...titles.keys()].filter((name) => values.has(name));
  const value = Math.max(...known.map((name) => values.get(name)!));
  return {
    names: known.filter((name) =>
      fixed(values.get(name)!, digits) === fixed(value, digits)
    ),
    value,
  };
}

function cell(
  standing: Standing,
  name: string,
  titles: ReadonlyMap<string, string>,
): string {
  const value = standing.values.get(name);
  if (value === undefined) return "";
  const text = fixed(value, standing.digits);
  return bestOf(standing, titles).names.includes(name) ? `**${text}**` : text;
}

/** What each measure says, and how often SHAP is among the best. */
function bestSentence(
  shown: readonly Standing[],
  titles: ReadonlyMap<string, string>,
): string {
  const best = shown.map((standing) => {
    const { names } = bestOf(standing, titles);
    const who = names.length > 3
      ? `${names.length} rankings alike`
      : joined(names.map((name) => escapeText(titles.get(name)!)));
    return `at ${standing.best_at}, ${who}`;
  });
  const ofShap = shown.filter(({ values }) => values.has(SHAP));
  const wins =
    ofShap.filter((standing) => bestOf(standing, titles).names.includes(SHAP))
      .length;
  return `Best ${best.join("; ")}. ` + (ofShap.length === 0 ? "" : (
    wins > 0
      ? `SHAP is the best ranking, alone or with others, by ${wins} of the ` +
        `${countOf(ofShap.length, "measure")} that judge it.`
      : ofShap.length === 1
      ? "**By the only measure that judges SHAP it is not the best ranking.**"
      : `**By none of the ${ofShap.length} measures that judge SHAP is it the best ranking.**`
  ));
}

/** How far the consensus stays behind the best other ranking. */
function consensusSentence(
  shown: readonly Standing[],
  titles: ReadonlyMap<string, string>,
): string {
  const others = new Map(
    [...titles].filter(([name]) => name !== RANK_CONSENSUS),
  );
  const gaps = shown.flatMap((standing) => {
    const own = standing.values.get(RANK_CONSENSUS);
    const known = [...others.keys()].some((name) => standing.values.has(name));
    return own === undefined || !known
      ? []
      : [bestOf(standing, others).value - own];
  });
  if (gaps.length === 0) return "";
  const near = gaps.filter((gap) => gap <= NEAR).length;
  const most = Math.max(...gaps);
  return `The ${escapeText(titles.get(RANK_CONSENSUS)!)} is at most ${
    fixed(NEAR, 2)
  } below the best other ranking by ${near} of ${gaps.length} measures` +
    (most > NEAR
      ? `, and ${fixed(most, 2)} below it where it is worst. `
      : ". ");
}
