/** A heat map of the top genes' expression, tissue by tissue. */

import * as Plot from "@observablehq/plot";
import { rowNames } from "../../report/figures/axes.ts";
import { drawRamp, type RampMeaning } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import {
  amountRamp,
  differenceRamp,
  INK,
} from "../../report/figures/palette.ts";
import { countOf } from "../../cli/text.ts";
import { shorten, textWidth } from "../../report/figures/words.ts";

/** The data of the figure. */
export interface TopGenes {
  tissues: readonly string[];
  /** Columns, those of one best tissue side by side. */
  genes: readonly string[];
  /** Tissues x genes. */
  values: readonly (readonly number[])[];
  /** What the values are, with their unit. */
  label: string;
}

const TITLE = "Top genes of each tissue";

/** A cell and its color. */
interface Cell {
  row: number;
  column: number;
  color: string;
}

/** A number with the digits a legend needs. */
function shortNumber(value: number): string {
  return String(Number(value.toPrecision(2))).replace("-", "−");
}

/** The ramp that fits the values, and the position of a value on it. */
function chooseRamp(
  values: readonly number[],
  label: string,
): RampMeaning & { positionOf: (value: number) => number } {
  const sorted = values.toSorted((first, second) => first - second);
  const atShare = (share: number) =>
    sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const low = sorted[0] ?? 0;
  if (low < 0) {
    // The outermost hundredth is clamped, so that one cell does not pale the
    // others.
    const clamped = Math.max(
      Math.abs(atShare(0.005)),
      Math.abs(atShare(0.995)),
    );
    const bound = clamped || Math.max(-low, sorted[sorted.length - 1]);
    return {
      label,
      ticks: [-bound, 0, bound].map((value, index) => ({
        place: index / 2,
        text: shortNumber(value),
      })),
      colorAt: differenceRamp,
      positionOf: (value) => 0.5 + value / (2 * bound),
    };
  }
  const high = atShare(0.995) > low
    ? atShare(0.995)
    : sorted[sorted.length - 1] ?? low;
  const spread = high - low;
  return {
    label,
    ticks: (spread > 0 ? [0, 0.5, 1] : [0]).map((place) => ({
      place,
      text: shortNumber(low + place * spread),
    })),
    colorAt: amountRamp,
    positionOf: (value) => spread > 0 ? (value - low) / spread : 0,
  };
}

/**
 * All cells of one color in one path: a tenth of the bytes that a rectangle
 * a cell would take.
 */
function cellsByColor(
  cells: readonly Cell[],
  cellWidth: number,
  cellHeight: number,
  left: number,
  top: number,
): Plot.Markish {
  const paths = new Map<string, string>();
  for (const { row, column, color } of cells) {
    const from = `M${left + column * cellWidth},${top + row * cellHeight}`;
    paths.set(
      color,
      (paths.get(color) ?? "") +
        `${from}h${cellWidth}v${cellHeight}h${-cellWidth}z`,
    );
  }
  return (_index, _scales, _values, _dimensions, context) => {
    const page = (context as unknown as {
      document: {
        createElementNS(space: string, name: string): {
          setAttribute(name: string, value: string): void;
          appendChild(child: unknown): void;
        };
      };
    }).document;
    const space = "http://www.w3.org/2000/svg";
    const group = page.createElementNS(space, "g");
    group.setAttribute("aria-label", "cell");
    group.setAttribute("shape-rendering", "crispEdges");
    for (const [color, outline] of paths) {
      const path = page.createElementNS(space, "path");
      path.setAttribute("fill", color);
      path.setAttribute("d", outline);
      group.appendChild(path);
    }
    return group as never;
  };
}

/**
 * Draws a heat map of genes by tissues with a color ramp of its own: values
 * below zero call for a ramp with two ends, others for one from pale to dark.
 *
 * @returns An SVG text.
 */
export function drawTopGenes(top: TopGenes): string {
  const rows = top.tissues.length;
  const columns = top.genes.length;
  if (rows === 0) return renderNothing(TITLE, "there is no tissue");
  if (columns === 0) return renderNothing(TITLE, "there is no gene");
  const values = top.tissues.map((_, row) =>
    top.genes.map((_, column) => top.values[row]?.[column] ?? NaN)
  );
  const finite = values.flat().filter(Number.isFinite);
  if (finite.length === 0) return renderNothing(TITLE, "no value is finite");
  const ramp = chooseRamp(finite, top.label);
  const names = rowNames(top.tissues, 12, 180);
  const cellWidth = Math.min(
    24,
    (CONTENT_WIDTH - names.margin - 10) / columns,
  );
  // A paper's reader wants rows as tall as text; many tissues want a page.
  const cellHeight = rows <= 16 ? 20 : 16;
  const geneSize = Math.min(11, cellWidth - 0.5);
  const named = geneSize >= 7.5;
  const geneNames = top.genes.map((gene) => shorten(gene, 120, geneSize));
  const nameRoom = named
    ? geneNames.reduce(
      (most, name) => Math.max(most, textWidth(name, geneSize)),
      0,
    ) + 10
    : 10;
  const legend = drawRamp(ramp, CONTENT_WIDTH);
  const cells = values.flatMap((line, row) =>
    line.map((value, column) => ({
      row,
      column,
      color: Number.isFinite(value)
        // 64 colors are as many as an eye tells apart, and keep paths long.
        ? ramp.colorAt(Math.round(ramp.positionOf(value) * 63) / 63)
        : INK.missing,
    }))
  );
  const missing = rows * columns - finite.length;
  const width = names.margin + columns * cellWidth + 10;
  const marginBottom = nameRoom + 22;
  const height = 4 + rows * cellHeight + marginBottom;
  return renderFigure({
    title: TITLE,
    facts: `${countOf(columns, "gene")} (columns, those of one tissue side ` +
      `by side) in ${countOf(rows, "tissue")} (rows).${
        missing > 0 ? ` Gray: no value (${countOf(missing, "cell")}).` : ""
      }`,
    description: `Heat map of ${countOf(columns, "gene")} by ${
      countOf(rows, "tissue")
    }; color: ${top.label}.`,
    height: legend.height + height + 4,
    panels: [
      { left: 0, top: 4, options: legend.options },
      {
        left: 0,
        top: legend.height + 4,
        options: {
          width,
          height,
          marginTop: 4,
          marginLeft: names.margin,
          marginRight: 10,
          marginBottom,
          padding: 0,
          round: false,
          axis: null,
          x: { type: "band", domain: top.genes.map((_, index) => index) },
          y: { type: "band", domain: top.tissues.map((_, index) => index) },
          marks: [
            names.axis,
            cellsByColor(cells, cellWidth, cellHeight, names.margin, 4),
            ...(named
              ? [Plot.axisX({
                label: null,
                tickSize: 0,
                tickPadding: 5,
                tickRotate: -90,
                fontSize: geneSize,
                tickFormat: (column: number) => geneNames[column],
              })]
              : []),
            Plot.text([named ? "Gene" : "Gene (too many to name)"], {
              frameAnchor: "bottom",
              dy: marginBottom - 8,
              text: (label: string) => label,
            }),
          ],
        },
      },
    ],
  });
}
