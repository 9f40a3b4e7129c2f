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
import { squareMatrix } from "../../report/figures/square_matrix.ts";
import { sum } from "../../statistics/sum.ts";
import type { TestScores } from "../metrics.ts";

const TITLE = "Test samples: true and predicted tissue";

/**
 * Draws a confusion matrix: the count in each cell, its color the share of
 * the true tissue's samples.
 *
 * @returns An SVG text.
 */
export function drawConfusionMatrix(
  { tissues, counts }: TestScores["confusion"],
): string {
  const samples = sum(counts.flat());
  if (samples === 0) return renderNothing(TITLE, "no sample was predicted");
  const cells = counts.flatMap((own, row) =>
    own.map((count, column) => {
      const color = amountRamp(count === 0 ? 0 : count / sum(own));
      return { row, column, count, color, ink: inkOn(color) };
    })
  );
  const diagonal = cells.filter(({ row, column }) => row === column);
  const right = sum(diagonal.map(({ count }) => count));
  const size = tissues.length;
  const nameSize = size > 36 ? 11 : 12;
  const names = rowNames(tissues, nameSize, 150);
  const marginLeft = names.margin + 22;
  const room = CONTENT_WIDTH - marginLeft - 8;
  const cell = Math.min(56, Math.max(17, Math.floor(room / size)));
  const most = Math.max(...counts.map((own) => Math.max(...own)));
  const longest = withCommas(most).length;
  const countSize = Math.min(13, cell * 0.62, (cell * 1.5) / longest);
  const matrix = squareMatrix({
    names: tissues,
    nameSize,
    rows: names,
    marginLeft,
    below: 28,
    cell,
    cells,
    marks: (marginBottom) => [
      Plot.cell(diagonal, {
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
        text: ({ count }: { count: number }) => withCommas(count),
        fill: "ink",
        fontSize: countSize,
      }),
      Plot.text(["Predicted tissue"], {
        frameAnchor: "bottom",
        dy: marginBottom - 8,
      }),
      Plot.text(["True tissue"], {
        frameAnchor: "left",
        dx: -marginLeft + 8,
        rotate: -90,
        textAnchor: "middle",
      }),
    ],
  });
  const ramp = drawRamp({
    label: "Share of the true tissue's samples",
    ticks: [0, 0.5, 1].map((place) => ({ place, text: `${100 * place} %` })),
    colorAt: amountRamp,
  }, 300);
  return renderFigure({
    title: TITLE,
    facts: `${countOf(samples, "sample")} of ${
      countOf(size, "tissue")
    }; ${right} of ${samples} (${
      (100 * right / samples).toFixed(1)
    } %) predicted right, on the diagonal. Empty cell: 0.`,
    description: `Confusion matrix of ${
      countOf(size, "tissue")
    }: rows are true tissues, columns predicted tissues; ${right} of ${
      countOf(samples, "sample")
    } predicted right.`,
    width: Math.max(FIGURE_WIDTH, matrix.width + 2 * CARD_PADDING),
    height: ramp.height + matrix.height + 4,
    panels: [
      { left: 0, top: 4, options: ramp.options },
      {
        left: 0,
        top: ramp.height + 4,
        options: matrix.options,
      },
    ],
  });
}
