/** How many samples of each tissue are in each part of the split. */

import * as Plot from "@observablehq/plot";
import { rowNames, valueAxisX } from "../../report/figures/axes.ts";
import { drawKey } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { HUES } from "../../report/figures/palette.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import { byCodeUnit } from "../../report/figures/words.ts";
import { sum } from "../../statistics/sum.ts";

/** The samples of one tissue. */
export interface TissueSamples {
  tissue: string;
  train: number;
  validation: number;
  test: number;
}

/** The data of the figure. */
export interface SamplesPerTissue {
  rows: readonly TissueSamples[];
}

const TITLE = "Samples per tissue";
const PARTS = [
  { part: "train", label: "training", color: HUES[0] },
  { part: "validation", label: "validation", color: HUES[4] },
  { part: "test", label: "test", color: HUES[1] },
] as const;

/** A count that can be drawn. */
function drawable(count: number): number {
  return Number.isFinite(count) && count > 0 ? count : 0;
}

/** Draws the samples of each tissue as stacked bars, the commonest first. */
export function drawSamplesPerTissue({ rows }: SamplesPerTissue): string {
  if (rows.length === 0) return renderNothing(TITLE, "there is no tissue");
  const sorted = rows.map((row) => {
    const counts = PARTS.map(({ part }) => drawable(row[part]));
    return { tissue: row.tissue, counts, total: sum(counts) };
  }).sort((first, second) =>
    second.total - first.total || byCodeUnit(first.tissue, second.tissue)
  ).map((row, index) => ({ ...row, index }));
  const bars = sorted.flatMap(({ counts, index }) =>
    PARTS.map(({ color }, part) => {
      const from = sum(counts.slice(0, part));
      return { index, from, to: from + counts[part], color };
    }).filter((bar) => bar.to > bar.from)
  );
  const sums = PARTS.map((_, part) =>
    sum(sorted.map(({ counts }) => counts[part]))
  );
  const names = rowNames(sorted.map(({ tissue }) => tissue));
  const key = drawKey(
    PARTS.map(({ label, color }, index) => ({
      label: `${label} (${withCommas(sums[index])})`,
      color,
      symbol: "square",
    })),
    CONTENT_WIDTH,
  );
  const height = sorted.length * 18 + 60;
  return renderFigure({
    title: TITLE,
    facts: `${countOf(sum(sums), "sample")} of ${
      countOf(sorted.length, "tissue")
    }; the number behind a bar is the tissue's total.`,
    description: `Stacked bars of samples per tissue: ${
      PARTS.map(({ label }, index) => `${label} ${sums[index]}`).join(", ")
    }.`,
    height: key.height + height + 4,
    panels: [
      { left: 0, top: 4, options: key.options },
      {
        left: 0,
        top: key.height + 4,
        options: {
          width: CONTENT_WIDTH,
          height,
          marginTop: 8,
          marginLeft: names.margin,
          marginRight: 48,
          marginBottom: 46,
          x: { domain: [0, Math.max(1, sorted[0].total)] },
          y: {
            type: "band",
            domain: sorted.map(({ index }) => index),
            padding: 0.25,
          },
          marks: [
            ...valueAxisX({
              label: "Samples",
              ticks: sorted[0].total <= 5
                ? Array.from({ length: sorted[0].total + 1 }, (_, n) => n)
                : 6,
            }),
            names.axis,
            Plot.barX(bars, {
              x1: "from",
              x2: "to",
              y: "index",
              fill: "color",
            }),
            Plot.text(sorted, {
              x: "total",
              y: "index",
              dx: 6,
              textAnchor: "start",
              text: (row: { total: number }) => withCommas(row.total),
              fontSize: 11.5,
            }),
          ],
        },
      },
    ],
  });
}
