/** Charts of lines by rank or by genes a tissue, one line a ranking. */

import * as Plot from "@observablehq/plot";
import { valueAxisX, valueAxisY } from "./axes.ts";
import type { KeyEntry } from "./keys.ts";
import { HUES, INK } from "./palette.ts";

/** The only line without dashes, and the only one of its color: SHAP's. */
const FIRST = { color: HUES[0], dashes: undefined };
/** The other lines differ in color and in dashes. */
const COLORS = [3, 2, 7, 5, 6, 1, 4].map((hue) => HUES[hue]);
/** Neighbors are the most different: lines of one color have two of them. */
const DASHES = ["7,3", "2,3", "9,3,2,3", "4,2", "13,3", "6,2,2,2,2,2"];

/**
 * The line of a ranking. Of 43 lines no two are the same, of 8 no two have a
 * color in common; 7 colors and 6 kinds of dashes have no common divisor.
 *
 * @param index Of the ranking among those of the figure; SHAP is the first.
 */
export function lookOf(label: string, index: number): KeyEntry {
  const other = index - 1;
  return {
    label,
    symbol: "line",
    ...index === 0 ? FIRST : {
      color: COLORS[other % COLORS.length],
      dashes: DASHES[other % DASHES.length],
    },
  };
}

/** The gray, dotted line of what chance or all genes give. */
export function chanceLook(label: string): KeyEntry {
  return { label, color: INK.gray, symbol: "line", dashes: "1,3" };
}

/** How that line is drawn. */
export const CHANCE_LINE = {
  stroke: INK.gray,
  strokeDasharray: "1,3",
  strokeWidth: 1.5,
} as const;

/** A ranking's line. */
export interface Curve {
  readonly look: KeyEntry;
  readonly points: readonly {
    readonly x: number;
    readonly y: number;
    /** The radius of a dot in pixels; by default there is none. */
    readonly dot?: number;
  }[];
}

/** One chart of a figure. */
export interface CurveChart {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** Whether the axes are named; small charts beside a named one are not. */
  readonly hasAxisNames?: boolean;
  readonly x: {
    readonly type: "log" | "linear";
    readonly domain: readonly [number, number];
    readonly label: string;
    readonly ticks: readonly number[];
    readonly tickFormat?: (value: number) => string;
  };
  readonly y: {
    /** By default 0 to 1. */
    readonly domain?: readonly [number, number];
    readonly label: string;
    /** By default 0, 0.2, ... 1. */
    readonly ticks?: number | readonly number[];
  };
  /** The first is drawn on top, and thicker. */
  readonly curves: readonly Curve[];
  /** What is drawn below the lines. */
  readonly below?: readonly Plot.Markish[];
}

/** A rank axis from 1 to the last rank, with a tick at each power of ten. */
export function rankAxis(last: number): CurveChart["x"] {
  return {
    type: "log",
    domain: [1, Math.max(2, last)],
    label: "rank (log scale)",
    ticks: [1, 10, 100, 1000].filter((tick) => tick <= last),
  };
}

/** What Plot draws. */
export function curveChart(
  { width, height, title, hasAxisNames = true, x, y, curves, below = [] }:
    CurveChart,
): Plot.PlotOptions {
  const ticks = y.ticks ?? [0, 0.2, 0.4, 0.6, 0.8, 1];
  return {
    width,
    height,
    marginTop: hasAxisNames ? 40 : 26,
    marginLeft: 36,
    marginRight: 12,
    marginBottom: hasAxisNames ? 44 : 24,
    x: { type: x.type, domain: x.domain },
    y: { domain: y.domain ?? [0, 1] },
    // Dots have radii in pixels.
    r: { type: "identity" },
    marks: [
      ...valueAxisX({
        label: hasAxisNames ? x.label : "",
        ticks: x.ticks,
        tickFormat: x.tickFormat ?? String,
      }),
      ...valueAxisY({ label: hasAxisNames ? y.label : "", ticks }),
      ...below,
      ...curves.map(({ look, points }, index) => [
        Plot.line(points, {
          x: "x",
          y: "y",
          stroke: look.color,
          strokeWidth: index === 0 ? 2.4 : 1.8,
          strokeDasharray: look.dashes,
        }),
        // Plot's markers have ids, which differ from drawing to drawing.
        Plot.dot(points.filter(({ dot }) => dot !== undefined), {
          x: "x",
          y: "y",
          r: "dot",
          fill: look.color,
        }),
      ]).reverse(),
      Plot.text([title], {
        frameAnchor: "top",
        dy: hasAxisNames ? -28 : -16,
        text: (each: string) => each,
        fontSize: 12,
        fontWeight: "bold",
      }),
    ],
  };
}

/** The points of a line that has a value at each rank. */
export function pointsAt(
  ranks: readonly number[],
  values: readonly number[],
): Curve["points"] {
  return ranks.map((x, index) => ({ x, y: values[index] }));
}
