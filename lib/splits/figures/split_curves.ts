/** Small panels over repeated splits, and SHAP's compared with the others. */

import * as Plot from "@observablehq/plot";
import { countOf } from "../../cli/text.ts";
import { SHAP, WHOLE_SET } from "../../panels/ranked_lists.ts";
import { paddedRange, valueAxisY } from "../../report/figures/axes.ts";
import { lookOf } from "../../report/figures/curves.ts";
import { drawKey, type KeyEntry } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  type Panel,
  renderFigure,
  renderNothing,
  TEXT_SIZE,
} from "../../report/figures/page.ts";
import { INK } from "../../report/figures/palette.ts";
import type { RepeatedSplits } from "../outputs.ts";

/** The data of the figure. */
export interface SplitCurves {
  readonly splits: number;
  readonly repeated: Pick<
    RepeatedSplits,
    "rankings" | "sizes" | "panels" | "panel_differences" | "ensemble"
  >;
}

type Interval = RepeatedSplits["panels"][number];

const TITLE = "Small panels over random splits";
const HEIGHT = 300;
/** Between the two charts. */
const GAP = 16;
/** From one ranking's interval to the next at a size, in places of a size. */
const STEP = 0.14;

/**
 * Draws two charts by genes a tissue: the mean macro F1 of each ranking's
 * panels with its interval, and the mean of SHAP's less that of each other.
 *
 * @returns An SVG text.
 */
export function drawSplitCurves({ splits, repeated }: SplitCurves): string {
  const { rankings, sizes, panels, panel_differences: gains } = repeated;
  if (panels.length === 0) return renderNothing(TITLE, "no panel was judged");
  // SHAP is the first, here as in other figures.
  const looks = new Map(
    rankings.map(({ ranking, title }, index) => [
      ranking,
      lookOf(title, index),
    ]),
  );
  const key = drawKey([...looks.values()], CONTENT_WIDTH);
  const width = (CONTENT_WIDTH - GAP) / 2;
  const top = key.height + 10;
  const left: Panel = {
    left: 0,
    top,
    options: chart(panels, {
      title: "Macro F1 of nearest centroid",
      range: rangeOf(panels, { lowest: 0, highest: 1 }),
      looks,
      sizes,
      width,
    }),
  };
  const right: Panel = {
    left: width + GAP,
    top,
    options: chart(gains, {
      title: "SHAP's less that of the other",
      range: rangeOf([...gains, ...NO_GAIN], { lowest: -1, highest: 1 }),
      looks: new Map([...looks].filter(([name]) => name !== SHAP)),
      sizes,
      width,
      zero: true,
    }),
  };
  return renderFigure({
    title: TITLE,
    facts:
      `${
        countOf(splits, "random split")
      } of the same samples; in each, networks ` +
      "and rankings are made from training samples and judged on test samples. " +
      "By genes a tissue; at the right the whole set. Bars: 95 % intervals.",
    description: describe(panels, rankings),
    height: top + HEIGHT,
    panels: [
      { left: 0, top: 4, options: key.options },
      left,
      ...gains.length === 0 ? [] : [right],
    ],
  });
}

/** Keeps 0 in the range of the differences. */
const NO_GAIN = [{ low: 0, high: 0 }];

/** Intervals of few splits may be far wider than what a score can be. */
function rangeOf(
  rows: readonly Pick<Interval, "low" | "high">[],
  bounds: { readonly lowest: number; readonly highest: number },
): [number, number] {
  const { lowest, highest } = bounds;
  const cut = (value: number) => Math.min(highest, Math.max(lowest, value));
  return paddedRange(
    rows.flatMap(({ low, high }) => [cut(low), cut(high)]),
    0.06,
    bounds,
  );
}

interface ChartLook {
  readonly title: string;
  readonly range: [number, number];
  /** By ranking; the first is drawn on top. */
  readonly looks: ReadonlyMap<string, KeyEntry>;
  readonly sizes: readonly number[];
  readonly width: number;
  /** Whether a line stands at 0. */
  readonly zero?: boolean;
}

function chart(
  rows: readonly Interval[],
  { title, range, looks, sizes, width, zero = false }: ChartLook,
): Plot.PlotOptions {
  const names = [...looks.keys()];
  const shift = (name: string) =>
    STEP * (names.indexOf(name) - (names.length - 1) / 2);
  const [lowest, highest] = range;
  const shown = rows.map((row) => ({
    ...row,
    x: sizes.indexOf(row.size) + shift(row.ranking),
    from: Math.max(lowest, row.low),
    to: Math.min(highest, row.high),
  }));
  return {
    width,
    height: HEIGHT,
    marginTop: 34,
    marginLeft: 44,
    marginRight: 12,
    marginBottom: 44,
    x: { type: "linear", domain: [-0.4, sizes.length - 0.6] },
    y: { domain: range },
    marks: [
      Plot.axisX({
        ticks: [...sizes.keys()] as unknown as number,
        tickFormat: (index: number) =>
          sizes[index] === WHOLE_SET ? "set" : String(sizes[index]),
        label: "genes a tissue",
        labelAnchor: "center",
        labelArrow: "none",
        labelOffset: 36,
        tickSize: 4,
        fontSize: TEXT_SIZE,
      }),
      ...valueAxisY({ label: "", ticks: 5 }),
      ...zero ? [Plot.ruleY([0], { stroke: INK.gray, strokeWidth: 1.5 })] : [],
      ...[...looks].toReversed().flatMap(([name, { color, dashes }]) => {
        const own = shown.filter(({ ranking }) => ranking === name);
        return [
          Plot.ruleX(own, {
            x: "x",
            y1: "from",
            y2: "to",
            stroke: color,
            strokeWidth: 1.4,
          }),
          Plot.line(own, {
            x: "x",
            y: "mean",
            stroke: color,
            strokeWidth: name === SHAP ? 2.2 : 1.6,
            strokeDasharray: dashes,
          }),
          Plot.dot(own, { x: "x", y: "mean", r: 3, fill: color }),
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
  panels: readonly Interval[],
  rankings: RepeatedSplits["rankings"],
): string {
  return rankings.map(({ ranking, title }) =>
    `${title}: ${
      panels.filter((row) => row.ranking === ranking)
        .map(({ size, mean, low, high }) =>
          `${size === WHOLE_SET ? "set" : size} ${mean.toFixed(3)} (${
            low.toFixed(3)
          } to ${high.toFixed(3)})`
        ).join(", ")
    }`
  ).join(". ") + ".";
}
