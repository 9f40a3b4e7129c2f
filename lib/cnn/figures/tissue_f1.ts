/** F1 of each tissue, for the CNN and the simple classifiers. */

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
import { mean } from "../../statistics/describe.ts";
import type { TestScores } from "../metrics.ts";
import type { RivalName } from "../rivals.ts";

/** The data of the figure. */
export type TissueF1 = Pick<TestScores, "tissues"> & {
  readonly baselines: Readonly<
    Record<RivalName, Pick<TestScores["baselines"][RivalName], "tissues">>
  >;
};

const TITLE = "F1 by tissue: the CNN and simple classifiers";

/** The classifiers, the one drawn on top last. */
const CLASSIFIERS: readonly (KeyEntry & {
  scoresOf(data: TissueF1): TestScores["tissues"];
})[] = [
  {
    scoresOf: ({ baselines }) => baselines.five_nearest_neighbors.tissues,
    label: "5 nearest neighbors",
    color: INK.quiet,
    symbol: "diamond",
    hollow: true,
  },
  {
    scoresOf: ({ baselines }) => baselines.nearest_centroid.tissues,
    label: "nearest centroid",
    color: HUES[3],
    symbol: "triangle",
    hollow: true,
  },
  {
    scoresOf: ({ baselines }) => baselines.ridge.tissues,
    label: "ridge regression",
    color: HUES[2],
    symbol: "square",
    hollow: true,
  },
  {
    scoresOf: ({ baselines }) => baselines.logistic_regression.tissues,
    label: "logistic regression",
    color: HUES[5],
    symbol: "circle",
    hollow: true,
  },
  {
    scoresOf: ({ tissues }) => tissues,
    label: "CNN",
    color: HUES[0],
    symbol: "circle",
  },
];

/**
 * Draws F1 of each tissue as dots, best tissue of the CNN first.
 *
 * @returns An SVG text.
 */
export function drawTissueF1(data: TissueF1): string {
  const { tissues } = data;
  if (tissues.length === 0) return renderNothing(TITLE, "there is no tissue");
  const order = [...tissues.keys()].sort((first, second) =>
    tissues[second].f1 - tissues[first].f1 ||
    byCodeUnit(tissues[first].tissue, tissues[second].tissue)
  );
  const names = rowNames(
    order.map((index) => {
      const { tissue, support } = tissues[index];
      return withRemark(tissue, withCommas(support), 210, 12);
    }),
  );
  const classifiers = CLASSIFIERS.map(({ scoresOf, ...look }) => {
    const scores = scoresOf(data);
    return { ...look, f1: order.map((index) => scores[index].f1) };
  });
  const spans = order.map((_, row) => {
    const scores = classifiers.map(({ f1 }) => f1[row]);
    return { row, low: Math.min(...scores), high: Math.max(...scores) };
  }).filter(({ low, high }) => low < high);
  const key = drawKey(classifiers.toReversed(), CONTENT_WIDTH);
  const height = order.length * 19 + 60;
  const rows = [...order.keys()];
  const support = tissues.reduce((sum, { support }) => sum + support, 0);
  const means = classifiers.toReversed()
    .map(({ label, f1 }) => `${label} ${mean(f1).toFixed(3)}`).join(", ");
  return renderFigure({
    title: TITLE,
    facts: `${countOf(support, "test sample")} of ${
      countOf(order.length, "tissue")
    } (samples in brackets). Mean F1: ${means}.`,
    description:
      `Dot chart of F1 by tissue for the CNN and four simple classifiers. Mean F1: ${means}.`,
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
          y: { type: "band", domain: rows },
          marks: [
            ...valueAxisX({
              label: "F1 (harmonic mean of precision and recall, 0 to 1)",
              ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
            }),
            names.axis,
            Plot.ruleY(rows, { stroke: INK.grid }),
            Plot.ruleY(spans, {
              y: "row",
              x1: "low",
              x2: "high",
              stroke: INK.gray,
              strokeWidth: 1.5,
            }),
            ...classifiers.map(({ f1, color, symbol, hollow }) =>
              Plot.dot(rows, {
                x: f1,
                y: rows,
                // The CNN's is filled: smaller than an outline around it.
                r: hollow ? 5 : 3.5,
                symbol: symbol as Plot.SymbolType,
                ...(hollow
                  ? { stroke: color, strokeWidth: 1.8 }
                  : { fill: color }),
              })
            ),
          ],
        },
      },
    ],
  });
}
