/** The best terms of each tissue: how sure, and of how many genes. */

import * as Plot from "@observablehq/plot";
import { countOf } from "../../cli/text.ts";
import { valueAxisX } from "../../report/figures/axes.ts";
import { drawKey } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
  TEXT_SIZE,
} from "../../report/figures/page.ts";
import { HUES, INK } from "../../report/figures/palette.ts";
import { shorten, textWidth } from "../../report/figures/words.ts";
import { ENRICHED } from "../levels.ts";

/** A term's genes in one list. */
export interface Dot {
  readonly k: number;
  readonly adjusted: number;
}

/** The terms of one tissue. */
export interface DotGroup {
  readonly tissue: string;
  readonly terms: readonly {
    readonly label: string;
    /** By ranking; null where its list has no gene of the term. */
    readonly dots: readonly (Dot | null)[];
  }[];
}

/** The data of one page. */
export interface DotRows {
  /** What each ranking is called. */
  readonly rankings: readonly string[];
  readonly groups: readonly DotGroup[];
  /** First genes of each tissue that were looked at. */
  readonly top: number;
  readonly page: number;
  readonly pages: number;
}

const TITLE = "The best enriched terms of each tissue";
/** Pixels of a term, of a tissue's heading, and above a heading. */
const ROW = 22;
const HEADING = 19;
const GAP = 7;
const MARGIN = { top: 6, bottom: 46, right: 20 } as const;
/** Pixels that a term's dots are spread over, so that all are seen. */
const SPREAD = 13;
/** The most room of a term's name. */
const LONGEST_LABEL = 330;
/** Radius of the largest dot. */
const LARGEST = 9;

/**
 * Draws a row a term, below its tissue, with a dot a ranking: across is the
 * adjusted p-value, and the dot's area is the number of genes.
 *
 * @returns An SVG text.
 */
export function drawDots(data: DotRows): string {
  const { rankings, groups, top, page, pages } = data;
  const title = pages > 1 ? `${TITLE} (${page} of ${pages})` : TITLE;
  if (groups.length === 0) return renderNothing(title, "no term is enriched");
  const headings: { y: number; text: string }[] = [];
  const labels: { y: number; text: string }[] = [];
  const dots: { x: number; y: number; k: number; ranking: number }[] = [];
  let y: number = MARGIN.top;
  for (const { tissue, terms } of groups) {
    y += GAP;
    headings.push({
      y: y + HEADING / 2,
      text: shorten(tissue, LONGEST_LABEL, TEXT_SIZE),
    });
    y += HEADING;
    for (const { label, dots: own } of terms) {
      const middle = y + ROW / 2;
      labels.push({
        y: middle,
        text: shorten(label, LONGEST_LABEL, TEXT_SIZE),
      });
      own.forEach((dot, ranking) => {
        if (dot === null) return;
        // A p of 1 gives -0.
        const x = Math.abs(Math.log10(Math.max(dot.adjusted, 1e-320)));
        const shift = (ranking - (own.length - 1) / 2) * SPREAD / own.length;
        dots.push({ x, y: middle + shift, k: dot.k, ranking });
      });
      y += ROW;
    }
  }
  const height = y + MARGIN.bottom;
  const left = Math.ceil(
    Math.max(
      ...labels.map(({ text }) => textWidth(text, TEXT_SIZE)),
      ...headings.map(({ text }) => 1.1 * textWidth(text, TEXT_SIZE)),
    ),
  ) + 16;
  const most = Math.max(1, ...dots.map(({ k }) => k));
  const far = Math.max(2, ...dots.map(({ x }) => x)) * 1.04;
  const colorOf = (ranking: number) => HUES[ranking % HUES.length];
  const key = drawKey(
    rankings.map((label, index) => ({ label, color: colorOf(index) })),
    CONTENT_WIDTH,
  );
  return renderFigure({
    title,
    facts:
      `Terms that the first ${
        countOf(top, "gene")
      } of a tissue have more of: the best of each ranking. Across: adjusted ` +
      `p; dashed: ${ENRICHED}. A dot's area is the number of these genes in ` +
      `the term, at most ${most}.`,
    description: groups.map(({ tissue, terms }) =>
      `${tissue}: ${
        terms.map(({ label, dots }) =>
          `${label} (${
            rankings.map((ranking, index) =>
              `${ranking} ${dots[index]?.k ?? 0}`
            ).join(", ")
          })`
        ).join("; ")
      }`
    ).join(". ") + ".",
    height: key.height + 8 + height,
    panels: [
      { left: 0, top: 4, options: key.options },
      {
        left: 0,
        top: key.height + 8,
        options: {
          width: CONTENT_WIDTH,
          height,
          marginTop: MARGIN.top,
          marginBottom: MARGIN.bottom,
          marginLeft: left,
          marginRight: MARGIN.right,
          x: { domain: [0, far] },
          y: { type: "identity", axis: null },
          r: { domain: [0, most], range: [0, LARGEST] },
          marks: [
            ...valueAxisX({
              label: "-log10 of the adjusted p-value",
              ticks: 6,
            }),
            Plot.ruleX([-Math.log10(ENRICHED)], {
              stroke: INK.quiet,
              strokeDasharray: "4,4",
              y1: MARGIN.top,
              y2: height - MARGIN.bottom,
            }),
            Plot.text(headings, {
              x: 0,
              y: "y",
              text: "text",
              textAnchor: "end",
              dx: -8,
              fontWeight: "bold",
              fontSize: TEXT_SIZE,
            }),
            Plot.text(labels, {
              x: 0,
              y: "y",
              text: "text",
              textAnchor: "end",
              dx: -8,
              fontSize: TEXT_SIZE,
            }),
            Plot.ruleY(labels, {
              y: "y",
              stroke: INK.grid,
              strokeOpacity: 1,
            }),
            Plot.dot(dots, {
              x: "x",
              y: "y",
              r: "k",
              fill: ({ ranking }) =>
                colorOf(ranking),
              fillOpacity: 0.8,
              stroke: INK.card,
              strokeWidth: 0.7,
            }),
          ],
        },
      },
    ],
  });
}
