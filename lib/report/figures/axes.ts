/** Ranges and axes that the figures share. */

import * as Plot from "@observablehq/plot";
import { INK } from "./palette.ts";
import { TEXT_SIZE } from "./page.ts";
import { shorten, textWidth } from "./words.ts";

export interface RangeBounds {
  lowest?: number;
  highest?: number;
}

/**
 * A range that holds all finite values with a margin on both sides, and that
 * has some length even where all values are equal or none is finite.
 *
 * @param share The margin, as a share of the values' spread.
 */
export function paddedRange(
  values: Iterable<number>,
  share = 0.05,
  bounds: RangeBounds = {},
): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (low > high) return [bounds.lowest ?? 0, bounds.highest ?? 1];
  const spread = high - low;
  const margin = spread > 0 ? spread * share : Math.abs(low) * 0.05 || 0.5;
  return [
    Math.max(bounds.lowest ?? -Infinity, low - margin),
    Math.min(bounds.highest ?? Infinity, high + margin),
  ];
}

export interface AxisLook {
  label: string;
  ticks?: number | readonly number[];
  tickFormat?: (value: number) => string;
}

/** A horizontal value axis below the panel, its name centered, with a grid. */
export function valueAxisX(look: AxisLook): Plot.Markish[] {
  return [
    Plot.gridX(gridOptions(look)),
    Plot.axisX({
      ...axisOptions(look),
      labelAnchor: "center",
      labelOffset: 36,
    }),
  ];
}

/** A vertical value axis at the left, its name above it, with a grid. */
export function valueAxisY(look: AxisLook): Plot.Markish[] {
  return [Plot.gridY(gridOptions(look)), Plot.axisY(axisOptions(look))];
}

function gridOptions({ ticks }: AxisLook) {
  return { ticks: ticks as number, stroke: INK.grid, strokeOpacity: 1 };
}

function axisOptions({ label, ticks, tickFormat }: AxisLook) {
  return {
    label,
    labelArrow: "none",
    ticks: ticks as number,
    ...(tickFormat && { tickFormat }),
    tickSize: 4,
    fontSize: TEXT_SIZE,
  } as const;
}

/** The names of a chart's rows, at its left. */
export interface RowNames {
  axis: Plot.Markish;
  /** The room the names take, in pixels. */
  margin: number;
}

/**
 * Names for rows 0, 1, 2 ... of a band scale. Rows are counted, not named, so
 * that equal names and names that look like numbers or dates stay apart.
 *
 * @param limit The most room a name may take; longer ones are cut.
 */
export function rowNames(
  names: readonly string[],
  size: number = TEXT_SIZE,
  limit = 210,
): RowNames {
  const shown = names.map((name) => shorten(name, limit, size));
  const widest = Math.max(0, ...shown.map((name) => textWidth(name, size)));
  return {
    axis: Plot.axisY({
      label: null,
      tickSize: 0,
      tickPadding: 6,
      fontSize: size,
      tickFormat: (row: number) => shown[row],
    }),
    margin: Math.ceil(widest) + 10,
  };
}
