/** Stability of the rankings over halves of the samples, by tissue. */

import * as Plot from "@observablehq/plot";
import { countOf, withCommas } from "../../cli/text.ts";
import { rowNames, valueAxisX } from "../../report/figures/axes.ts";
import { drawKey } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { HUES, INK } from "../../report/figures/palette.ts";
import { byCodeUnit, withRemark } from "../../report/figures/words.ts";

type Interval = readonly [number, number] | null;

/** The data of the figure. */
export interface StabilityData {
  readonly halves: number;
  /** Halves on which networks were trained; null if SHAP is not shown. */
  readonly shapHalves: number | null;
  /** How many of a tissue's first genes were compared. */
  readonly first: number;
  readonly methods: readonly {
    readonly title: string;
    /** Mean over the tissues. */
    readonly index: number | null;
    readonly interval: Interval;
    /** The same tissues for each method. */
    readonly tissues: readonly {
      readonly tissue: string;
      readonly samples: number;
      /** Null where nothing was measured. */
      readonly index: number | null;
      readonly interval: Interval;
    }[];
  }[];
}

const TITLE = "Stability of the rankings over the samples";
/** Lines of different methods lie this far apart, in pixels. */
const STEP = 8;
/** Room between two tissues. */
const GAP = 8;
const SYMBOLS = ["circle", "diamond", "triangle", "square", "star", "times"];
const SHAP_SYMBOL = "wye";
/** The first three as the rankings have them in the figure of known genes. */
const COLORS = [HUES[3], HUES[2], HUES[7], HUES[5], HUES[6], HUES[0]];

/**
 * Draws the index of each method in each tissue as a dot with its interval;
 * the mean over the tissues first, then the most stable tissue.
 *
 * @returns An SVG text.
 */
export function drawStability(
  { halves, shapHalves, first, methods }: StabilityData,
): string {
  const tissues = orderTissues(methods);
  if (tissues.length === 0) {
    return renderNothing(
      TITLE,
      "no tissue was halved, or none has a list of genes",
    );
  }
  const hasMean = tissues.length > 1;
  const names = rowNames([
    ...hasMean ? [`mean of ${countOf(tissues.length, "tissue")}`] : [],
    ...tissues.map(({ tissue, samples }) =>
      withRemark(tissue, withCommas(samples), 210, 12)
    ),
  ]);
  const rows = Array.from(
    { length: tissues.length + Number(hasMean) },
    (_, row) => row,
  );
  // The simple rankings look the same whether SHAP is there or not.
  const before = shapHalves === null ? 0 : 1;
  const looks = methods.map(({ title }, at) => ({
    label: title,
    color: at < before ? HUES[0] : COLORS[(at - before) % COLORS.length],
    symbol: at < before ? SHAP_SYMBOL : SYMBOLS[(at - before) % SYMBOLS.length],
  }));
  const marks = methods.map((method, at) => {
    const found = [
      ...hasMean ? [method] : [],
      ...tissues.map(({ tissue }) =>
        method.tissues.find((own) => own.tissue === tissue)!
      ),
    ];
    return {
      look: looks[at],
      dy: (at - (methods.length - 1) / 2) * STEP,
      dots: found.flatMap(({ index, interval }, row) =>
        index === null || interval === null
          ? []
          : [{ row, index, low: interval[0], high: interval[1] }]
      ),
    };
  });
  const ends = marks.flatMap(({ dots }) =>
    dots.flatMap(({ low, high }) => [low, high])
  );
  const key = drawKey(looks, CONTENT_WIDTH);
  const height = rows.length * (methods.length * STEP + GAP) + 54;
  const means = methods.map(({ title, index }) =>
    `${title} ${index === null ? "not measured" : index.toFixed(3)}`
  ).join(", ");
  return renderFigure({
    title: TITLE,
    facts:
      `Each tissue's first ${countOf(first, "gene")} on ${
        countOf(halves, "half sample")
      }${
        shapHalves === null || shapHalves === halves
          ? ""
          : ` (SHAP ${withCommas(shapHalves)})`
      }; samples in parentheses. 1: always the same genes; 0: as random genes. ` +
      "Line: 95 % interval, for so many halves.",
    description: `Dot chart of the stability index by tissue. Mean over ${
      countOf(tissues.length, "tissue")
    }: ${means}.`,
    height: key.height + height + 6,
    panels: [
      { left: 0, top: 4, options: key.options },
      {
        left: 0,
        top: key.height + 6,
        options: {
          width: CONTENT_WIDTH,
          height,
          marginTop: 4,
          marginLeft: names.margin,
          marginRight: 14,
          marginBottom: 46,
          x: {
            domain: [
              Math.min(0, ...ends) - 0.015,
              Math.max(1, ...ends) + 0.015,
            ],
          },
          y: { type: "band", domain: rows },
          marks: [
            ...valueAxisX({ label: "stability index", ticks: 6 }),
            names.axis,
            // Between the rows, for a row has several lines.
            Plot.ruleY(rows.slice(1), {
              stroke: INK.grid,
              dy: -(methods.length * STEP + GAP) / 2,
            }),
            ...marks.flatMap(({ look: { color, symbol }, dy, dots }) => [
              Plot.ruleY(dots, {
                y: "row",
                x1: "low",
                x2: "high",
                dy,
                stroke: color,
                strokeWidth: 1.6,
              }),
              Plot.dot(dots, {
                x: "index",
                y: "row",
                dy,
                r: 3.6,
                symbol: symbol as Plot.SymbolType,
                fill: color,
              }),
            ]),
          ],
        },
      },
    ],
  });
}

/** The tissues that were measured by some method, the most stable first. */
function orderTissues(methods: StabilityData["methods"]) {
  return (methods[0]?.tissues ?? []).flatMap(({ tissue, samples }) => {
    const known = methods.flatMap(({ tissues }) =>
      tissues.find((own) => own.tissue === tissue)?.index ?? []
    );
    return known.length === 0 ? [] : [{
      tissue,
      samples,
      mean: known.reduce((sum, index) => sum + index, 0) / known.length,
    }];
  }).sort((a, b) => b.mean - a.mean || byCodeUnit(a.tissue, b.tissue));
}
