/** Keys: what a symbol, a line or a color of a figure means. */

import * as Plot from "@observablehq/plot";
import { INK } from "./palette.ts";
import { shorten, textWidth } from "./words.ts";

export interface KeyEntry {
  label: string;
  color: string;
  /** `line`, or one of Plot's symbols; by default a filled circle. */
  symbol?: string;
  /** An outline instead of a filled symbol. */
  hollow?: boolean;
  /** The dashes of a line, such as `5,3`. */
  dashes?: string;
}

/** A key ready to be put into a figure. */
export interface KeyPanel {
  options: Plot.PlotOptions;
  height: number;
}

const ROW_HEIGHT = 18;

/** A panel that is drawn in pixels, with neither scales nor axes. */
export function pixelPanel(
  width: number,
  height: number,
  marks: Plot.Markish[],
): Plot.PlotOptions {
  return {
    width,
    height,
    margin: 0,
    axis: null,
    x: { type: "identity" },
    y: { type: "identity" },
    marks,
  };
}

/**
 * A key in as many columns as fit, filled column by column.
 *
 * @param width The room in pixels.
 * @param size The font size in pixels.
 */
export function drawKey(
  entries: readonly KeyEntry[],
  width: number,
  size = 12,
): KeyPanel {
  const limit = Math.min(240, width - 24);
  const labels = entries.map((entry) => shorten(entry.label, limit, size));
  const widest = Math.max(0, ...labels.map((label) => textWidth(label, size)));
  const most = Math.max(1, Math.floor(width / (widest + 36)));
  const rows = Math.ceil(entries.length / most);
  const columns = Math.ceil(entries.length / Math.max(1, rows));
  const step = columns <= 3 ? widest + 36 : width / columns;
  const flowing = rows === 1;
  let flow = 10;
  const lefts = labels.map((label) => {
    const here = flow;
    flow += textWidth(label, size) + 40;
    return here;
  });
  const placed = entries.map((entry, index) => ({
    entry,
    label: labels[index],
    x: flowing ? lefts[index] : Math.floor(index / rows) * step + 10,
    y: (index % rows) * ROW_HEIGHT + ROW_HEIGHT / 2,
  }));
  const lines = placed.filter(({ entry }) => entry.symbol === "line");
  const dots = placed.filter(({ entry }) => entry.symbol !== "line");
  const height = Math.max(1, rows) * ROW_HEIGHT;
  return {
    height,
    options: pixelPanel(width, height, [
      ...lines.map(({ entry, x, y }) =>
        Plot.ruleY([y], {
          x1: x - 9,
          x2: x + 9,
          stroke: entry.color,
          strokeWidth: 2.2,
          strokeDasharray: entry.dashes,
        })
      ),
      ...[false, true].map((hollow) =>
        Plot.dot(dots.filter(({ entry }) => !!entry.hollow === hollow), {
          x: "x",
          y: "y",
          r: 4.5,
          symbol: ({ entry }: { entry: KeyEntry }) => entry.symbol ?? "circle",
          ...(hollow
            ? {
              stroke: ({ entry }) => entry.color,
              fill: INK.card,
              strokeWidth: 1.8,
            }
            : { fill: ({ entry }) => entry.color }),
        })
      ),
      Plot.text(placed, {
        x: (place) => place.x + (place.entry.symbol === "line" ? 14 : 10),
        y: "y",
        text: "label",
        textAnchor: "start",
        fontSize: size,
      }),
    ]),
  };
}

/** What a color ramp means. */
export interface RampMeaning {
  label: string;
  /** The values at the ramp's left end, at places between and at its right. */
  ticks: readonly { place: number; text: string }[];
  colorAt: (place: number) => string;
}

/**
 * A color ramp as a row of rectangles: the continuous legend of Plot needs a
 * canvas, which only browsers have.
 *
 * @param width The room in pixels.
 */
export function drawRamp(meaning: RampMeaning, width: number): KeyPanel {
  const steps = 40;
  const length = Math.min(240, width - 30);
  const left = 1;
  const cells = Array.from({ length: steps }, (_, step) => ({
    from: left + (step * length) / steps,
    to: left + ((step + 1) * length) / steps,
    color: meaning.colorAt((step + 0.5) / steps),
  }));
  return {
    height: 46,
    options: pixelPanel(width, 46, [
      Plot.text([meaning.label], {
        x: left,
        y: 8,
        text: (label: string) => label,
        textAnchor: "start",
        fontSize: 12,
      }),
      Plot.rect(cells, {
        x1: "from",
        x2: "to",
        y1: 18,
        y2: 29,
        fill: "color",
        shapeRendering: "crispEdges",
      }),
      ...(["start", "middle", "end"] as const).map((textAnchor, third) =>
        Plot.text(
          // The outer numbers stay within the ramp, so that they are not cut off.
          meaning.ticks.filter(({ place }) =>
            place <= 0 ? third === 0 : place >= 1 ? third === 2 : third === 1
          ),
          {
            x: (tick) => left + tick.place * length,
            y: 38,
            text: "text",
            textAnchor,
            fontSize: 11,
            fill: INK.quiet,
          },
        )
      ),
    ]),
  };
}
