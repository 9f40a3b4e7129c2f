/** F1 of each tissue, for the CNN and two simple baselines. */

import * as Plot from "@observablehq/plot";
import { rowNames, valueAxisX } from "../../report/figures/axes.ts";
import { drawKey, type KeyEntry } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { HUES, INK } from "../../report/figures/palette.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import { byCodeUnit, withRemark } from "../../report/figures/words.ts";

/** The scores of one tissue on the test samples; F1 in [0, 1]. */
export interface TissueScore {
  tissue: string;
  f1: number;
  /** Test samples of the tissue. */
  support: number;
  /** F1 of the nearest-centroid classifier. */
  centroidF1: number;
  /** F1 of the 5-nearest-neighbors classifier. */
  neighborsF1: number;
}

/** The data of the figure. */
export interface TissueF1 {
  rows: readonly TissueScore[];
}

const TITLE = "F1 by tissue: the CNN and two baselines";

/** The classifiers, the one drawn on top last. */
const CLASSIFIERS: readonly (KeyEntry & {
  score: "f1" | "centroidF1" | "neighborsF1";
})[] = [
  {
    score: "neighborsF1",
    label: "5 nearest neighbors",
    color: INK.quiet,
    symbol: "diamond",
    hollow: true,
  },
  {
    score: "centroidF1",
    label: "nearest centroid",
    color: HUES[3],
    symbol: "triangle",
    hollow: true,
  },
  { score: "f1", label: "CNN", color: HUES[0], symbol: "circle" },
];

/** The mean of the finite values, or NaN. */
function meanOf(values: readonly number[]): number {
  const finite = values.filter(Number.isFinite);
  return finite.reduce((sum, value) => sum + value, 0) / finite.length;
}

/**
 * Draws F1 of each tissue as dots, best tissue of the CNN first.
 *
 * @returns An SVG text.
 */
export function drawTissueF1({ rows }: TissueF1): string {
  if (rows.length === 0) return renderNothing(TITLE, "there is no tissue");
  const rank = (row: TissueScore) => Number.isFinite(row.f1) ? row.f1 : -1;
  const sorted = [...rows].sort((first, second) =>
    rank(second) - rank(first) || byCodeUnit(first.tissue, second.tissue)
  ).map((row, index) => ({ ...row, index }));
  const names = rowNames(
    sorted.map(({ tissue, support }) =>
      withRemark(tissue, withCommas(support), 210, 12)
    ),
  );
  const spans = sorted.map((row) => {
    const scores = CLASSIFIERS.map(({ score }) => row[score])
      .filter(Number.isFinite);
    return {
      index: row.index,
      low: Math.min(...scores),
      high: Math.max(...scores),
    };
  }).filter(({ low, high }) => low < high);
  const key = drawKey([...CLASSIFIERS].reverse(), CONTENT_WIDTH);
  const height = sorted.length * 19 + 60;
  const support = sorted.map((row) => row.support).filter(Number.isFinite)
    .reduce((sum, count) => sum + count, 0);
  const means = [...CLASSIFIERS].reverse().map(({ score, label }) => {
    const mean = meanOf(sorted.map((row) => row[score]));
    return `${label} ${Number.isFinite(mean) ? mean.toFixed(3) : "unknown"}`;
  });
  return renderFigure({
    title: TITLE,
    facts: `${countOf(support, "test sample")} of ${
      countOf(sorted.length, "tissue")
    } (samples in brackets). Mean F1: ${means.join(", ")}.`,
    description:
      `Dot chart of F1 by tissue for the CNN, the nearest centroid and the 5 nearest neighbors. Mean F1: ${
        means.join(", ")
      }.`,
    height: key.height + height + 6,
    panels: [
      { left: 0, top: 4, options: key.options },
      {
        left: 0,
        top: key.height + 6,
        options: {
          width: CONTENT_WIDTH,
          height,
          marginTop: 8,
          marginLeft: names.margin,
          marginRight: 14,
          marginBottom: 46,
          // Room for a symbol at 0 and at 1 beside the names and the edge.
          x: { domain: [-0.015, 1.015] },
          y: { type: "band", domain: sorted.map(({ index }) => index) },
          marks: [
            ...valueAxisX({
              label: "F1 (harmonic mean of precision and recall, 0 to 1)",
              ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
            }),
            names.axis,
            Plot.ruleY(sorted, { y: "index", stroke: INK.grid }),
            Plot.ruleY(spans, {
              y: "index",
              x1: "low",
              x2: "high",
              stroke: INK.gray,
              strokeWidth: 1.5,
            }),
            ...CLASSIFIERS.map(({ score, color, symbol, hollow }) =>
              Plot.dot(
                sorted.filter((row) => Number.isFinite(row[score])),
                {
                  x: score,
                  y: "index",
                  r: 4.5,
                  symbol: symbol as Plot.SymbolType,
                  ...(hollow
                    ? { stroke: color, strokeWidth: 1.8 }
                    : { fill: color }),
                },
              )
            ),
          ],
        },
      },
    ],
  });
}
