/** The SHAP set among random gene sets of its size. */

import * as Plot from "@observablehq/plot";
import {
  paddedRange,
  valueAxisX,
  valueAxisY,
} from "../../report/figures/axes.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { HUES, INK } from "../../report/figures/palette.ts";
import { countOf } from "../../cli/text.ts";
import { textWidth } from "../../report/figures/words.ts";
import { formatP } from "../../statistics/format_p.ts";

/** The data of the figure. */
export interface NullDistribution {
  /** The mean V-measure of each random gene set. */
  nullMeans: readonly number[];
  /** The mean V-measure of the SHAP set. */
  statistic: number;
  /** (1 + random sets that score as high) / (sets + 1). */
  pEmpirical: number;
  /** The p-value of the one-tailed t-test; `null` where it has none. */
  pT: number | null;
  /** Genes in each set. */
  genes: number;
}

const TITLE = "The SHAP set against random gene sets of its size";
const HEIGHT = 310;
const MARGIN_LEFT = 48;
const MARGIN_RIGHT = 18;

/** A bar of the histogram. */
interface Bin {
  from: number;
  to: number;
  count: number;
}

/**
 * Counts values in bins of equal width (as many as the square root of the
 * values asks for, between 5 and 30) from the least to the greatest.
 */
function countInBins(values: readonly number[]): Bin[] {
  const low = values.reduce((least, value) => Math.min(least, value));
  const high = values.reduce((most, value) => Math.max(most, value));
  const spread = high - low;
  if (spread === 0) {
    const half = Math.abs(low) * 0.005 || 0.005;
    return [{ from: low - half, to: low + half, count: values.length }];
  }
  const bins = Math.max(
    5,
    Math.min(30, Math.ceil(1.6 * Math.sqrt(values.length))),
  );
  const counted = Array.from({ length: bins }, (_, bin) => ({
    from: low + (bin * spread) / bins,
    to: low + ((bin + 1) * spread) / bins,
    count: 0,
  }));
  for (const value of values) {
    const bin = Math.floor(((value - low) / spread) * bins);
    counted[Math.min(bins - 1, bin)].count++;
  }
  return counted;
}

/** The place of the SHAP set in words. */
function verdict(nullMeans: readonly number[], statistic: number): string {
  const asHigh = nullMeans.filter((mean) => mean >= statistic).length;
  const sets = countOf(nullMeans.length, "random set");
  return asHigh === 0
    ? `none of ${sets} scores as high as the SHAP set`
    : `${asHigh} of ${sets} ${asHigh === 1 ? "scores" : "score"} as high as ` +
      `the SHAP set or higher`;
}

/**
 * Draws the histogram of the random sets' mean V-measures, a line a set below
 * it, and the SHAP set's mean, and says in words what that means.
 *
 * @returns An SVG text.
 */
export function drawNullDistribution(data: NullDistribution): string {
  const means = data.nullMeans.filter(Number.isFinite);
  if (means.length === 0) {
    return renderNothing(TITLE, "no random set was scored");
  }
  if (!Number.isFinite(data.statistic)) {
    return renderNothing(TITLE, "the SHAP set has no score");
  }
  const bins = countInBins(means);
  const tallest = bins.reduce((most, { count }) => Math.max(most, count), 0);
  const range = paddedRange(
    [data.statistic, bins[0].from, bins[bins.length - 1].to],
    0.06,
  );
  const label = `SHAP set: ${data.statistic.toFixed(3)}`;
  const place = MARGIN_LEFT +
    ((data.statistic - range[0]) / (range[1] - range[0])) *
      (CONTENT_WIDTH - MARGIN_LEFT - MARGIN_RIGHT);
  const fits = place + textWidth(label, 13) + 14 < CONTENT_WIDTH;
  const words = verdict(means, data.statistic);
  const facts = words[0].toUpperCase() + words.slice(1) +
    ` (${countOf(data.genes, "gene")} each). Empirical ${
      unbroken(`p ${formatP(data.pEmpirical)}`)
    }; ${
      data.pT === null || !Number.isFinite(data.pT)
        ? "no t-test"
        : `one-tailed t-test ${unbroken(`p ${formatP(data.pT)}`)}`
    }. Ticks below the bars: one random set each.`;
  return renderFigure({
    title: TITLE,
    facts,
    description:
      `Histogram of the mean V-measures of random gene sets with a line at the SHAP set's ${
        data.statistic.toFixed(3)
      }. ${facts}`,
    height: HEIGHT,
    panels: [{
      left: 0,
      top: 0,
      options: {
        width: CONTENT_WIDTH,
        height: HEIGHT,
        marginTop: 40,
        marginLeft: MARGIN_LEFT,
        marginRight: MARGIN_RIGHT,
        marginBottom: 46,
        x: { domain: range },
        y: { domain: [-0.07 * tallest, tallest * 1.06] },
        marks: [
          ...valueAxisX({ label: "Mean V-measure of a gene set", ticks: 6 }),
          ...valueAxisY({
            label: "Number of random gene sets",
            ticks: wholeTicks(tallest),
            tickFormat: (count) => String(count),
          }),
          Plot.rect(bins, {
            x1: "from",
            x2: "to",
            y1: 0,
            y2: "count",
            fill: "#b4bcc5",
            stroke: INK.card,
            strokeWidth: 0.8,
          }),
          Plot.ruleY([0], { stroke: INK.quiet }),
          Plot.ruleX(means, {
            x: (mean: number) => mean,
            y1: -0.02 * tallest,
            y2: -0.06 * tallest,
            stroke: INK.quiet,
            strokeOpacity: 0.7,
          }),
          Plot.ruleX([data.statistic], { stroke: HUES[3], strokeWidth: 2.4 }),
          Plot.text([data.statistic], {
            x: (value: number) => value,
            frameAnchor: "top",
            lineAnchor: "bottom",
            dy: -5,
            dx: fits ? -2 : 2,
            textAnchor: fits ? "start" : "end",
            text: () => label,
            fontSize: 13,
            fontWeight: "bold",
            fill: "#a84a00",
          }),
        ],
      },
    }],
  });
}

/** Keeps a p-value on one line. */
function unbroken(words: string): string {
  return words.replaceAll(" ", "\u00a0");
}

/** About five whole numbers from 0 to `most`. */
function wholeTicks(most: number): number[] {
  const rough = Math.max(1, most / 5);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power)
    .find((candidate) => candidate >= rough) ?? power;
  const ticks: number[] = [];
  for (let tick = 0; tick <= most; tick += step) ticks.push(tick);
  return ticks;
}
