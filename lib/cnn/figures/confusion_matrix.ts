/** Which tissues are predicted as which. */

import * as Plot from "@observablehq/plot";
import { rowNames } from "../../report/figures/axes.ts";
import { drawRamp } from "../../report/figures/keys.ts";
import {
  CARD_PADDING,
  CONTENT_WIDTH,
  FIGURE_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { amountRamp, INK, inkOn } from "../../report/figures/palette.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import { shorten, textWidth } from "../../report/figures/words.ts";

/** The data of the figure. */
export interface ConfusionMatrix {
  tissues: readonly string[];
  /** Samples: rows the true tissue, columns the predicted one. */
  counts: readonly (readonly number[])[];
  title: string;
}

/** One cell of the matrix. */
interface Cell {
  row: number;
  column: number;
  count: number;
  color: string;
  ink: string;
}

/** The cells with their colors: the share of the row's samples. */
function colorCells(matrix: ConfusionMatrix): Cell[] {
  return matrix.tissues.flatMap((_, row) => {
    const counts = matrix.tissues.map((_, column) => {
      const count = matrix.counts[row]?.[column] ?? 0;
      return Number.isFinite(count) && count > 0 ? count : 0;
    });
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count, column) => {
      const color = amountRamp(total === 0 ? 0 : count / total);
      return { row, column, count, color, ink: inkOn(color) };
    });
  });
}

/**
 * Draws a confusion matrix: the count in each cell, its color the share of
 * the true tissue's samples.
 *
 * @returns An SVG text.
 */
export function drawConfusionMatrix(matrix: ConfusionMatrix): string {
  const size = matrix.tissues.length;
  if (size === 0) return renderNothing(matrix.title, "there is no tissue");
  const cells = colorCells(matrix);
  const total = cells.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) {
    return renderNothing(matrix.title, "no sample was predicted");
  }
  const right = cells.filter(({ row, column }) => row === column)
    .reduce((sum, { count }) => sum + count, 0);
  const nameSize = size > 36 ? 11 : 12;
  const names = rowNames(matrix.tissues, nameSize, 150);
  const marginLeft = names.margin + 22;
  const room = CONTENT_WIDTH - marginLeft - 8;
  const cell = Math.min(56, Math.max(17, Math.floor(room / size)));
  const longest = cells.reduce(
    (most, { count }) => Math.max(most, withCommas(count).length),
    1,
  );
  const countSize = Math.min(13, cell * 0.62, (cell * 1.5) / longest);
  const columnNames = matrix.tissues.map((name) =>
    shorten(name, 150, nameSize)
  );
  const marginBottom = 28 + columnNames
    .reduce((most, name) => Math.max(most, textWidth(name, nameSize)), 0);
  const width = marginLeft + size * cell + 8;
  const height = 6 + size * cell + marginBottom;
  const figureWidth = Math.max(FIGURE_WIDTH, width + 2 * CARD_PADDING);
  const ramp = drawRamp({
    label: "Share of the true tissue's samples",
    ticks: [0, 0.5, 1].map((place) => ({ place, text: `${100 * place} %` })),
    colorAt: amountRamp,
  }, 300);
  const indices = matrix.tissues.map((_, index) => index);
  return renderFigure({
    title: matrix.title,
    facts: `${countOf(total, "sample")} of ${
      countOf(size, "tissue")
    }; ${right} of ${total} (${
      (100 * right / total).toFixed(1)
    } %) predicted right, on the diagonal. Empty cell: 0.`,
    description: `Confusion matrix of ${
      countOf(size, "tissue")
    }: rows are true tissues, columns predicted tissues; ${right} of ${
      countOf(total, "sample")
    } predicted right.`,
    width: figureWidth,
    height: ramp.height + height + 4,
    panels: [
      { left: 0, top: 4, options: ramp.options },
      {
        left: 0,
        top: ramp.height + 4,
        options: {
          width,
          height,
          marginTop: 6,
          marginRight: 8,
          marginLeft,
          marginBottom,
          padding: 0,
          x: { type: "band", domain: indices },
          y: { type: "band", domain: indices },
          marks: [
            names.axis,
            Plot.axisX({
              label: null,
              tickSize: 0,
              tickRotate: -90,
              fontSize: nameSize,
              tickFormat: (column: number) => columnNames[column],
            }),
            Plot.cell(cells, {
              x: "column",
              y: "row",
              fill: "color",
              stroke: INK.card,
              strokeWidth: 1,
            }),
            Plot.cell(cells.filter(({ row, column }) => row === column), {
              x: "column",
              y: "row",
              fill: "none",
              stroke: INK.gray,
              strokeWidth: 1,
              inset: 0.5,
            }),
            Plot.text(cells.filter(({ count }) => count > 0), {
              x: "column",
              y: "row",
              text: ({ count }: Cell) => withCommas(count),
              fill: "ink",
              fontSize: countSize,
            }),
            Plot.text(["Predicted tissue"], {
              frameAnchor: "bottom",
              dy: marginBottom - 8,
              text: (label: string) => label,
            }),
            Plot.text(["True tissue"], {
              frameAnchor: "left",
              dx: -marginLeft + 8,
              rotate: -90,
              textAnchor: "middle",
              text: (label: string) => label,
            }),
          ],
        },
      },
    ],
  });
}
