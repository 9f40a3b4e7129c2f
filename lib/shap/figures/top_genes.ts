/** A heat map of the top genes' expression, tissue by tissue. */

import * as Plot from "@observablehq/plot";
import { rowNames } from "../../report/figures/axes.ts";
import { drawRamp } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { differenceRamp } from "../../report/figures/palette.ts";
import { countOf } from "../../cli/text.ts";
import { textWidth } from "../../report/figures/words.ts";
import { shortenLabels } from "./gene_labels.ts";

/** The data of the figure. */
export interface TopGenes {
  tissues: readonly string[];
  /** Columns, those of one best tissue side by side. */
  genes: readonly string[];
  /** Tissues x genes: differences from a mean, such as z-scores. */
  values: readonly (readonly number[])[];
  /** What the values are, with their unit. */
  label: string;
  /** A sentence on the genes' direction. */
  note?: string;
}

const TITLE = "Top genes of each tissue";

/** A number with the digits a legend needs. */
function shortNumber(value: number): string {
  return String(Number(value.toPrecision(2))).replace("-", "−");
}

/** The value at the ramp's upper end; at the lower one it is negative. */
function chooseBound(values: readonly number[]): number {
  const sorted = values.toSorted((first, second) => first - second);
  const sizeAt = (share: number) =>
    Math.abs(sorted[Math.round(share * (sorted.length - 1))]);
  // The outermost hundredth is clamped, so that one cell does not pale the
  // others.
  return Math.max(sizeAt(0.005), sizeAt(0.995)) ||
    Math.max(sizeAt(0), sizeAt(1)) || 1;
}

/**
 * All cells of one color in one path: a tenth of the bytes that a rectangle
 * a cell would take.
 *
 * @param colors Rows x columns.
 */
function cellsByColor(
  colors: readonly (readonly string[])[],
  cellWidth: number,
  cellHeight: number,
  left: number,
  top: number,
): Plot.Markish {
  const paths = new Map<string, string>();
  colors.forEach((line, row) =>
    line.forEach((color, column) => {
      const from = `M${left + column * cellWidth},${top + row * cellHeight}`;
      paths.set(
        color,
        (paths.get(color) ?? "") +
          `${from}h${cellWidth}v${cellHeight}h${-cellWidth}z`,
      );
    })
  );
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
 * Draws a heat map of genes by tissues.
 *
 * @returns An SVG text.
 */
export function drawTopGenes(
  { tissues, genes, values, label, note }: TopGenes,
): string {
  const columns = genes.length;
  if (columns === 0) return renderNothing(TITLE, "there is no gene");
  const bound = chooseBound(values.flat());
  const names = rowNames(tissues, 12, 180);
  const cellWidth = Math.min(
    24,
    (CONTENT_WIDTH - names.margin - 10) / columns,
  );
  // A paper's reader wants rows as tall as text; many tissues want a page.
  const cellHeight = tissues.length <= 16 ? 20 : 16;
  const geneSize = Math.min(11, cellWidth - 0.5);
  const named = geneSize >= 7.5;
  const geneNames = shortenLabels(genes, () => 120, geneSize);
  const nameRoom = named
    ? Math.max(...geneNames.map((name) => textWidth(name, geneSize))) + 10
    : 10;
  const legend = drawRamp({
    label,
    ticks: [-bound, 0, bound].map((value, index) => ({
      place: index / 2,
      text: shortNumber(value),
    })),
    colorAt: differenceRamp,
  }, CONTENT_WIDTH);
  const colors = values.map((line) =>
    line.map((value) =>
      // 64 colors are as many as an eye tells apart, and keep paths long.
      differenceRamp(Math.round((0.5 + value / (2 * bound)) * 63) / 63)
    )
  );
  const marginBottom = nameRoom + 22;
  const height = 4 + tissues.length * cellHeight + marginBottom;
  return renderFigure({
    title: TITLE,
    facts: `${countOf(columns, "gene")} (columns, those of one tissue side ` +
      `by side) in ${countOf(tissues.length, "tissue")} (rows).` +
      (note === undefined ? "" : ` ${note}`),
    description: `Heat map of ${countOf(columns, "gene")} by ` +
      `${countOf(tissues.length, "tissue")}; color: ${label}.`,
    height: legend.height + height + 4,
    panels: [
      { left: 0, top: 4, options: legend.options },
      {
        left: 0,
        top: legend.height + 4,
        options: {
          width: names.margin + columns * cellWidth + 10,
          height,
          marginTop: 4,
          marginLeft: names.margin,
          marginRight: 10,
          marginBottom,
          padding: 0,
          round: false,
          axis: null,
          x: { type: "band", domain: genes.map((_, index) => index) },
          y: { type: "band", domain: tissues.map((_, index) => index) },
          marks: [
            names.axis,
            cellsByColor(colors, cellWidth, cellHeight, names.margin, 4),
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
