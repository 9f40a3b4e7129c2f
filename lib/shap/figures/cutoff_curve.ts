/** The cutoff of the gene set: the share of unique genes by rank. */

import * as Plot from "@observablehq/plot";
import { valueAxisX, valueAxisY } from "../../report/figures/axes.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { HUES, INK } from "../../report/figures/palette.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import { textWidth } from "../../report/figures/words.ts";

/** The data of the figure. */
export interface CutoffCurve {
  /** Unique genes / genes listed down to rank 1, 2, 3 ..., in (0, 1]. */
  shares: readonly number[];
  /** The last rank of the set. */
  cutoffRank: number;
  /** Genes in the set. */
  genes: number;
  /** The share at which the ranks end; null with another rule. */
  threshold: number | null;
  /** That other rule in words, after "The cutoff is". */
  rule?: string;
  /** Noise rate down to rank 1, 2, 3 ..., in [0, 1]. */
  noiseRates?: readonly number[];
  /** A sentence on the genes that are ranked. */
  note?: string;
}

const TITLE = "Cutoff: share of unique genes by rank";
const HEIGHT = 330;
const MARGIN_LEFT = 48;
const MARGIN_RIGHT = 18;

/**
 * Thins a long curve for a logarithmic axis: of the ranks in one narrow strip,
 * only those with the lowest and the highest share stay, and those listed in
 * `kept`. No peak and no dip is lost.
 *
 * @param strips Strips over the axis; at most twice as many points remain,
 * and those of `kept`.
 */
export function thinCurve(
  shares: readonly number[],
  strips: number,
  kept: readonly number[],
): { rank: number; share: number }[] {
  const perStrip = strips / Math.log(Math.max(2, shares.length + 1));
  const byStrip = Map.groupBy(
    shares.keys(),
    (index) => Math.floor(Math.log(index + 1) * perStrip),
  );
  const chosen = new Set(kept.map((rank) => rank - 1));
  for (const strip of byStrip.values()) {
    chosen.add(strip.reduce((a, b) => shares[b] < shares[a] ? b : a));
    chosen.add(strip.reduce((a, b) => shares[b] > shares[a] ? b : a));
  }
  return [...chosen].sort((first, second) => first - second)
    .map((index) => ({ rank: index + 1, share: shares[index] }));
}

/**
 * Draws the share of unique genes among the genes listed down to each rank,
 * all tissues side by side, and the rank of the cutoff.
 *
 * @returns An SVG text.
 */
export function drawCutoffCurve(
  data: CutoffCurve,
): string {
  const { shares, cutoffRank, genes, threshold, rule, noiseRates } = data;
  const ranks = shares.length;
  if (ranks === 0) return renderNothing(TITLE, "no gene was ranked");
  const points = thinCurve(shares, 700, [1, cutoffRank, ranks]);
  const rates = noiseRates ? thinCurve(noiseRates, 700, [1, ranks]) : [];
  const cutoff = [{ rank: cutoffRank, share: shares[cutoffRank - 1] }];
  const last = Math.max(2, ranks);
  const set = countOf(genes, "gene");
  const label = `rank ${withCommas(cutoffRank)}: ${set}`;
  const x = MARGIN_LEFT +
    (Math.log(cutoffRank) / Math.log(last)) *
      (CONTENT_WIDTH - MARGIN_LEFT - MARGIN_RIGHT);
  const width = textWidth(label, 13) + 16;
  // Rates rise to the right of the cutoff, where the label would be else.
  const fits = x + width < CONTENT_WIDTH &&
    !(rates.length > 0 && x - width > MARGIN_LEFT);
  const rate = noiseRates
    ? " Noise rate there, by decoys: " +
      `${noiseRates[cutoffRank - 1].toFixed(2)}.`
    : "";
  const ticks = last < 10
    ? points.map(({ rank }) => rank)
    : [1, 10, 100, 1000, 10_000, 100_000, 1_000_000]
      .filter((power) => power <= last);
  return renderFigure({
    title: TITLE,
    facts: (threshold !== null
      ? `Ranks are taken while the share is above ${threshold}: ` +
        `${withCommas(cutoffRank)} of ${withCommas(ranks)}, with ${set}.`
      : `${countOf(ranks, "rank")}; the set holds ${set}. The cutoff is ` +
        `${rule}.`) + rate + (data.note === undefined ? "" : ` ${data.note}`),
    description:
      "Line chart of unique genes divided by genes listed, over ranks 1 to " +
      `${withCommas(ranks)}. The cutoff is at ` +
      `rank ${withCommas(cutoffRank)} with ${set}.${rate}`,
    height: HEIGHT,
    panels: [{
      left: 0,
      top: 0,
      options: {
        width: CONTENT_WIDTH,
        height: HEIGHT,
        marginTop: 30,
        marginLeft: MARGIN_LEFT,
        marginRight: MARGIN_RIGHT,
        marginBottom: 46,
        x: { type: "log", domain: [1, last] },
        y: { domain: [0, 1] },
        marks: [
          ...valueAxisX({
            label: "Rank within each tissue (log scale)",
            ticks,
            tickFormat: withCommas,
          }),
          ...valueAxisY({
            label: rates.length === 0
              ? "Unique genes / genes listed"
              : "Line: unique genes / genes listed; dots: noise rate",
            ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
          }),
          ...(threshold === null ? [] : [
            Plot.ruleY([threshold], {
              stroke: INK.quiet,
              strokeDasharray: "5,4",
            }),
            Plot.text([`threshold ${threshold}`], {
              frameAnchor: "left",
              y: threshold,
              dx: 6,
              dy: 9,
              text: (words: string) =>
                words,
              fill: INK.quiet,
            }),
          ]),
          ...(rates.length === 0 ? [] : [
            Plot.line(rates, {
              x: "rank",
              y: "share",
              stroke: HUES[7],
              strokeWidth: 2,
              strokeDasharray: "1.5,3.5",
              strokeLinecap: "round",
            }),
          ]),
          Plot.line(points, {
            x: "rank",
            y: "share",
            stroke: HUES[0],
            strokeWidth: 2,
          }),
          ...(points.length <= 12
            ? [Plot.dot(points, { x: "rank", y: "share", fill: HUES[0] })]
            : []),
          Plot.ruleX(cutoff, { x: "rank", stroke: HUES[3], strokeWidth: 1.5 }),
          Plot.dot(cutoff, { x: "rank", y: "share", fill: HUES[3], r: 5 }),
          Plot.text(cutoff, {
            x: "rank",
            y: labelHeight(fits, noiseRates?.[cutoffRank - 1]),
            dx: fits ? 8 : -8,
            textAnchor: fits ? "start" : "end",
            text: () => label,
            fontSize: 13,
            fontWeight: "bold",
            stroke: INK.card,
            strokeWidth: 4,
            fill: INK.text,
          }),
        ],
      },
    }],
  });
}

/**
 * Where the label is clear of the curves: that of the shares falls, that of the
 * rates falls over the first ranks and rises to the cutoff.
 *
 * @param fits Whether it stands right of the cutoff.
 * @param rate At the cutoff; undefined without rates.
 */
function labelHeight(fits: boolean, rate: number | undefined): number {
  if (fits) return 0.75;
  if (rate === undefined) return 0.15;
  return rate > 0.25 ? 0.06 : 0.4;
}
