/** How well small panels tell unseen samples apart, beside random genes. */

import * as Plot from "@observablehq/plot";
import { countOf } from "../../cli/text.ts";
import { paddedRange, valueAxisY } from "../../report/figures/axes.ts";
import { drawKey } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  type Panel,
  renderFigure,
  renderNothing,
  TEXT_SIZE,
} from "../../report/figures/page.ts";
import { INK } from "../../report/figures/palette.ts";
import type { PanelRow, PanelsSummary } from "../outputs.ts";
import type { ScoreName } from "../scores.ts";
import { lookOf } from "./looks.ts";

/** The data of the figure: the stage's table and summary. */
export interface PanelCurves {
  readonly rows: readonly PanelRow[];
  readonly summary: Pick<
    PanelsSummary,
    "rankings" | "samples" | "sets" | "sizes"
  >;
}

const TITLE = "Small panels on samples that no step has seen";
/** If the first ranking's genes were ranked on these samples. */
const SEEN_TITLE = "Small panels on the test samples";
const HEIGHT = 300;
/** Between the two charts. */
const GAP = 16;
const CHARTS: readonly { score: ScoreName; title: string }[] = [
  { score: "centroid_macro_f1", title: "Macro F1 of nearest centroid" },
  { score: "ami", title: "AMI of k-means" },
];

/**
 * Draws two charts: the score of each ranking's panels by genes a tissue, and
 * the middle 95 % of the random panels that the first ranking is compared with.
 *
 * @returns An SVG text.
 */
export function drawPanelCurves({ rows, summary }: PanelCurves): string {
  const { rankings, samples, sets, sizes } = summary;
  if (rows.length === 0) return renderNothing(TITLE, "no panel was judged");
  const [first] = rankings;
  const shown = rankings.filter(({ ranking }) =>
    rows.some((row) => row.ranking === ranking)
  );
  const key = drawKey([
    ...shown.map(({ ranking, title }) => ({
      label: title,
      symbol: "line",
      ...lookOf(ranking),
    })),
    {
      label: "random genes, middle 95 %",
      color: INK.missing,
      symbol: "square",
    },
  ], CONTENT_WIDTH);
  const width = (CONTENT_WIDTH - GAP) / CHARTS.length;
  const charts = CHARTS.map(({ score, title }, index): Panel => ({
    left: index * (width + GAP),
    top: key.height + 10,
    options: chart(rows.filter((row) => row.score === score), {
      title,
      sizes,
      rankings: shown.map(({ ranking }) => ranking),
      compared: first.ranking,
      width,
    }),
  }));
  return renderFigure({
    title: first.seen ? SEEN_TITLE : TITLE,
    facts: `${countOf(samples, "test sample")}. By genes a tissue; at the ` +
      `right the whole set. Gray: ${
        countOf(sets, "random panel")
      } of as many ` +
      `genes as the panel of ${first.title}, and their mean. A large point is ` +
      "better than random genes (adjusted p < 0.05).",
    description: describe(rows, shown, sizes),
    height: key.height + 10 + HEIGHT,
    panels: [{ left: 0, top: 4, options: key.options }, ...charts],
  });
}

interface ChartLook {
  readonly title: string;
  readonly sizes: readonly number[];
  readonly rankings: readonly string[];
  /** The ranking whose random panels are drawn. */
  readonly compared: string;
  readonly width: number;
}

function chart(
  rows: readonly PanelRow[],
  { title, sizes, rankings, compared, width }: ChartLook,
): Plot.PlotOptions {
  const place = (row: PanelRow) => sizes.indexOf(row.size);
  const band = rows.filter((row) =>
    row.ranking === compared && row.null_mean !== null
  );
  const [low] = paddedRange(
    rows.flatMap(({ value, null_low }) => [value, null_low ?? value]),
    0.08,
    { highest: 1 },
  );
  return {
    width,
    height: HEIGHT,
    marginTop: 34,
    marginLeft: 40,
    marginRight: 12,
    marginBottom: 44,
    x: { type: "linear", domain: [-0.3, sizes.length - 0.7] },
    y: { domain: [low, 1] },
    marks: [
      Plot.axisX({
        ticks: [...sizes.keys()] as unknown as number,
        tickFormat: (index: number) =>
          sizes[index] === 0 ? "set" : String(sizes[index]),
        label: "genes a tissue",
        labelAnchor: "center",
        labelArrow: "none",
        labelOffset: 36,
        tickSize: 4,
        fontSize: TEXT_SIZE,
      }),
      ...valueAxisY({ label: "", ticks: 5 }),
      Plot.areaY(band, {
        x: place,
        y1: "null_low",
        y2: "null_high",
        fill: INK.missing,
        fillOpacity: 0.6,
      }),
      Plot.line(band, {
        x: place,
        y: "null_mean",
        stroke: INK.gray,
        strokeWidth: 1.5,
      }),
      // The first ranking is drawn on top.
      ...rankings.toReversed().flatMap((ranking) => {
        const own = rows.filter((row) => row.ranking === ranking);
        const { color, dashes } = lookOf(ranking);
        const isFirst = ranking === compared;
        return [
          Plot.line(own, {
            x: place,
            y: "value",
            stroke: color,
            strokeWidth: isFirst ? 2.4 : 1.8,
            strokeDasharray: dashes,
          }),
          Plot.dot(own, {
            x: place,
            y: "value",
            r: (row: PanelRow) => (row.adjusted_p ?? 1) < 0.05 ? 4 : 2,
            fill: color,
          }),
        ];
      }),
      Plot.text([title], {
        frameAnchor: "top",
        dy: -24,
        text: (each: string) => each,
        fontSize: 12,
        fontWeight: "bold",
      }),
    ],
    r: { type: "identity" },
  };
}

function describe(
  rows: readonly PanelRow[],
  rankings: PanelsSummary["rankings"],
  sizes: readonly number[],
): string {
  return rankings.map(({ ranking, title }) => {
    const own = rows.filter((row) =>
      row.ranking === ranking && row.score === "centroid_macro_f1"
    );
    return `${title}: ${
      own.map(({ size, value, null_mean }) =>
        `${size === 0 ? "set" : size} ${value.toFixed(3)} (random ${
          null_mean?.toFixed(3)
        })`
      ).join(", ")
    }`;
  }).join(". ") +
    `. Macro F1 of nearest centroid at ${countOf(sizes.length, "size")}.`;
}
