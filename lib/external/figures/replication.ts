/** How many of the first genes are up in the other cohort, for each ranking. */

import * as Plot from "@observablehq/plot";
import { countOf } from "../../cli/text.ts";
import { valueAxisX, valueAxisY } from "../../report/figures/axes.ts";
import { drawKey, type KeyEntry } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { INK } from "../../report/figures/palette.ts";
import type { ReplicationCurve } from "../replication.ts";
import { lookOf } from "./looks.ts";

/** The data of the figure. */
export interface ReplicationCurves {
  readonly ranks: readonly number[];
  /** SHAP first. */
  readonly curves: readonly ReplicationCurve[];
  /** Shares of all genes. */
  readonly any: { readonly up: number; readonly upTwofold: number };
  readonly tissues: number;
  /** Judged samples. */
  readonly samples: number;
}

const TITLE = "Listed genes that are up in the other cohort, too";
const HEIGHT = 290;

/**
 * Draws the share of genes down to a rank that are higher in their tissue in
 * the other cohort, and the share that are more than two-fold.
 *
 * @returns An SVG text.
 */
export function drawReplication(data: ReplicationCurves): string {
  const { ranks, curves, any, tissues, samples } = data;
  if (curves.length === 0 || ranks.length === 0) {
    return renderNothing(TITLE, "no ranking has a gene of the other cohort");
  }
  const looks = curves.map(({ title }, index) => lookOf(title, index));
  const key = drawKey([
    ...looks,
    {
      label: "any gene of both cohorts",
      color: INK.gray,
      symbol: "line",
      dashes: "1,3",
    },
  ], CONTENT_WIDTH);
  const width = CONTENT_WIDTH / 2;
  const panel = (
    left: number,
    title: string,
    pick: (curve: Pick<ReplicationCurve, "up" | "upTwofold">) =>
      | readonly number[]
      | number,
  ) => ({
    left,
    top: key.height + 10,
    options: optionsOf({
      width,
      title,
      ranks,
      looks,
      lines: curves.map((curve) => pick(curve) as readonly number[]),
      any: pick(any as never) as number,
    }),
  });
  const last = ranks[ranks.length - 1];
  return renderFigure({
    title: TITLE,
    facts: "Share of the genes down to a rank, mean of the tissues with a " +
      `list; ${countOf(samples, "sample")} of ${
        countOf(tissues, "tissue")
      } of the other cohort.`,
    description: `Lines of the shares from rank 1 to ${last}. At the last ` +
      "rank, up and up more than two-fold: " +
      curves.map(({ title, up, upTwofold }) =>
        `${title} ${up.at(-1)!.toFixed(3)} and ${upTwofold.at(-1)!.toFixed(3)}`
      ).join(", ") +
      `; any gene ${any.up.toFixed(3)} and ${any.upTwofold.toFixed(3)}.`,
    height: key.height + 10 + HEIGHT,
    panels: [
      { left: 0, top: 4, options: key.options },
      panel(0, "Higher in the tissue", ({ up }) => up),
      panel(width, "More than two-fold higher", ({ upTwofold }) => upTwofold),
    ],
  });
}

function optionsOf(
  { width, title, ranks, looks, lines, any }: {
    readonly width: number;
    readonly title: string;
    readonly ranks: readonly number[];
    readonly looks: readonly KeyEntry[];
    readonly lines: readonly (readonly number[])[];
    readonly any: number;
  },
): Plot.PlotOptions {
  const last = ranks[ranks.length - 1];
  return {
    width,
    height: HEIGHT,
    marginTop: 40,
    marginLeft: 36,
    marginRight: 12,
    marginBottom: 44,
    x: { type: "log", domain: [1, Math.max(2, last)] },
    y: { domain: [0, 1] },
    marks: [
      ...valueAxisX({
        label: "rank (log scale)",
        ticks: [1, 10, 100].filter((tick) => tick <= last),
        tickFormat: String,
      }),
      ...valueAxisY({ label: "share", ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] }),
      Plot.ruleY([any], {
        stroke: INK.gray,
        strokeDasharray: "1,3",
        strokeWidth: 1.5,
      }),
      // The first ranking is drawn on top.
      ...lines.map((line, index) =>
        Plot.line(line, {
          x: ranks,
          y: line,
          stroke: looks[index].color,
          strokeWidth: index === 0 ? 2.4 : 1.8,
          strokeDasharray: looks[index].dashes,
        })
      ).reverse(),
      Plot.text([title], {
        frameAnchor: "top",
        dy: -28,
        text: (each: string) => each,
        fontSize: 12,
        fontWeight: "bold",
      }),
    ],
  };
}
