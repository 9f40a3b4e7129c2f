/** How many of the first genes are up in the other cohort, for each ranking. */

import * as Plot from "@observablehq/plot";
import { countOf } from "../../cli/text.ts";
import {
  CHANCE_LINE,
  chanceLook,
  curveChart,
  lookOf,
  pointsAt,
  rankAxis,
} from "../../report/figures/curves.ts";
import { drawKey } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import type { ReplicationCurve } from "../replication.ts";

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
    chanceLook("any gene of both cohorts"),
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
    options: curveChart({
      width,
      height: HEIGHT,
      title,
      x: rankAxis(ranks[ranks.length - 1]),
      y: { label: "share" },
      below: [Plot.ruleY([pick(any as never) as number], CHANCE_LINE)],
      curves: curves.map((curve, index) => ({
        look: looks[index],
        points: pointsAt(ranks, pick(curve) as readonly number[]),
      })),
    }),
  });
  const last = ranks[ranks.length - 1];
  return renderFigure({
    title: TITLE,
    facts: "Share of the genes down to a rank, mean of the tissues that " +
      `every ranking lists; ${countOf(samples, "sample")} of ${
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
