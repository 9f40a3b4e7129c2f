/** Each gene's variance by study against that by tissue. */

import * as Plot from "@observablehq/plot";
import { countOf, withCommas } from "../../cli/text.ts";
import { valueAxisX, valueAxisY } from "../../report/figures/axes.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { HUES, INK } from "../../report/figures/palette.ts";
import type { GeneRow } from "../outputs.ts";

/** The data of the figure. */
export interface GeneVariances {
  readonly rows: readonly Pick<
    GeneRow,
    "epsilon_tissue" | "epsilon_study" | "in_set"
  >[];
}

const TITLE = "Variance of each gene by tissue and by study";
const HEIGHT = 440;
/** Of more genes outside of the set only so many are drawn. */
const MOST_DOTS = 3000;
const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

/**
 * Draws a dot a gene; above the diagonal it varies more by study.
 *
 * @returns An SVG text.
 */
export function drawVariance({ rows }: GeneVariances): string {
  const dots = rows.flatMap((
    { epsilon_tissue, epsilon_study, in_set },
  ) =>
    epsilon_tissue === null || epsilon_study === null ? [] : [{
      // Less than chance is drawn on the axis.
      tissue: Math.max(0, epsilon_tissue),
      study: Math.max(0, epsilon_study),
      in_set,
    }]
  );
  if (dots.length === 0) return renderNothing(TITLE, "no gene varies");
  const set = dots.filter(({ in_set }) => in_set);
  const others = dots.filter(({ in_set }) => !in_set);
  const step = Math.max(1, others.length / MOST_DOTS);
  const shown = Array.from(
    { length: Math.min(others.length, MOST_DOTS) },
    (_, index) => others[Math.floor(index * step)],
  );
  const above = set.filter(({ tissue, study }) => study > tissue).length;
  return renderFigure({
    title: TITLE,
    facts: `Dot: a gene; orange: one of the ${
      countOf(set.length, "gene")
    } of the SHAP set; gray: ${
      shown.length < others.length
        ? `${withCommas(shown.length)} of the ${
          withCommas(others.length)
        } others`
        : "the others"
    }. Above the dashed line it varies more by study than by tissue.`,
    description: `A scatter plot of ${
      countOf(dots.length, "gene")
    }: the share of variance by tissue across, by study upwards. ${
      withCommas(above)
    } of ${withCommas(set.length)} genes of the set lie above the diagonal.`,
    height: HEIGHT,
    panels: [{
      left: 0,
      top: 0,
      options: {
        width: CONTENT_WIDTH,
        height: HEIGHT,
        marginTop: 34,
        marginLeft: 44,
        marginRight: 16,
        marginBottom: 46,
        x: { domain: [0, 1] },
        y: { domain: [0, 1] },
        marks: [
          ...valueAxisX({
            label: "share of variance by tissue (epsilon squared)",
            ticks: TICKS,
          }),
          ...valueAxisY({
            label: "share of variance by study (epsilon squared)",
            ticks: TICKS,
          }),
          Plot.line([[0, 0], [1, 1]], {
            stroke: INK.quiet,
            strokeDasharray: "4,4",
          }),
          Plot.dot(shown, {
            x: "tissue",
            y: "study",
            r: 1.6,
            fill: INK.gray,
            fillOpacity: 0.45,
          }),
          Plot.dot(set, {
            x: "tissue",
            y: "study",
            r: 2.6,
            fill: HUES[3],
            fillOpacity: 0.85,
            stroke: INK.card,
            strokeWidth: 0.5,
          }),
        ],
      },
    }],
  });
}
