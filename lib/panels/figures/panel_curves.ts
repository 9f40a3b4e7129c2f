/** How well small panels tell the test samples apart, beside random genes. */

import * as Plot from "@observablehq/plot";
import { countOf } from "../../cli/text.ts";
import { paddedRange } from "../../report/figures/axes.ts";
import { curveChart, lookOf } from "../../report/figures/curves.ts";
import { drawKey, type KeyEntry } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  type Panel,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { HUES, INK } from "../../report/figures/palette.ts";
import { SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import type { PanelRow, PanelsSummary } from "../outputs.ts";
import { SHAP_TEST, WHOLE_SET } from "../ranked_lists.ts";
import type { ScoreName } from "../scores.ts";

/** The data of the figure: the stage's table and summary. */
export interface PanelCurves {
  readonly rows: readonly PanelRow[];
  readonly summary: Pick<
    PanelsSummary,
    "rankings" | "samples" | "sets" | "sizes"
  >;
}

const TITLE = "Small panels of genes on the test samples";
const HEIGHT = 306;
/** Between the two charts. */
const GAP = 16;
/** Of genes that were ranked on these samples. */
const SEEN = { color: HUES[4], dashes: "5,3" };

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
  const looks = looksOf(shown);
  const key = drawKey([
    ...looks.values(),
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
      looks,
      compared: first.ranking,
      width,
    }),
  }));
  return renderFigure({
    title: TITLE,
    facts: `${countOf(samples, "test sample")}; ${
      shown.some(({ seen }) => seen)
        ? `genes marked "seen" were ranked on them, the others on training ` +
          "samples"
        : "the genes were ranked on training samples"
    }. By genes a tissue; at the right the whole set. Gray: ${
      countOf(sets, "random panel")
    } of as many genes as the panel of ${first.title}, and their mean. A large ` +
      "point is better than random genes (adjusted p < " +
      `${SIGNIFICANCE_LEVEL}).`,
    description: describe(rows, shown, sizes),
    height: key.height + 10 + HEIGHT,
    panels: [{ left: 0, top: 4, options: key.options }, ...charts],
  });
}

/** Each ranking's line; SHAP's and the simple ones' as in other figures. */
function looksOf(
  rankings: PanelsSummary["rankings"],
): ReadonlyMap<string, KeyEntry> {
  const others = rankings.filter(({ ranking }) => ranking !== SHAP_TEST);
  // SHAP's own line is not given to another ranking where it is missing.
  const first = rankings[0].ranking === SHAP_TEST ? 1 : 0;
  return new Map(
    rankings.map((each): [string, KeyEntry] => {
      const { ranking, title, seen } = each;
      const label = seen ? `${title} (seen)` : title;
      const look = lookOf(label, first + others.indexOf(each));
      return [ranking, ranking === SHAP_TEST ? { ...look, ...SEEN } : look];
    }),
  );
}

interface ChartLook {
  readonly title: string;
  readonly sizes: readonly number[];
  /** By ranking; the first is drawn on top. */
  readonly looks: ReadonlyMap<string, KeyEntry>;
  /** The ranking whose random panels are drawn. */
  readonly compared: string;
  readonly width: number;
}

function chart(
  rows: readonly PanelRow[],
  { title, sizes, looks, compared, width }: ChartLook,
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
  return curveChart({
    width,
    height: HEIGHT,
    title,
    x: {
      type: "linear",
      domain: [-0.3, sizes.length - 0.7],
      label: "genes a tissue",
      ticks: [...sizes.keys()],
      tickFormat: (index) =>
        sizes[index] === WHOLE_SET ? "set" : String(sizes[index]),
    },
    y: { domain: [low, 1], label: "", ticks: 5 },
    below: [
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
    ],
    curves: [...looks].map(([ranking, look]) => ({
      look,
      points: rows.filter((row) => row.ranking === ranking).map((row) => ({
        x: place(row),
        y: row.value,
        dot: (row.adjusted_p ?? 1) < SIGNIFICANCE_LEVEL ? 4 : 2,
      })),
    })),
  });
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
