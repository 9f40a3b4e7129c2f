/** How far the scores agree with those of networks that know less. */

import * as Plot from "@observablehq/plot";
import {
  paddedRange,
  rowNames,
  valueAxisX,
} from "../../report/figures/axes.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { HUES, INK } from "../../report/figures/palette.ts";
import { meanAgreements } from "../agreement.ts";
import { fixed } from "../../cli/numbers.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import type { AgreementRow, Check } from "../outputs.ts";

/** The data of the figure. */
export interface Agreement {
  /** The checks in the order to draw. */
  rows: readonly AgreementRow[];
  /** How many genes there are. */
  genes: number;
}

const TITLE = "Do the scores depend on what the network learned?";
const ROW_HEIGHT = 34;
const GAP = 34;
const NUMBER_ROOM = 40;

/** What the checks are called, and their colors. */
const CHECKS: Readonly<Record<Check, { name: string; color: string }>> = {
  rerun: { name: "same network, other draws", color: HUES[0] },
  ensemble_member: { name: "another network", color: HUES[0] },
  output_layer: { name: "output layer re-initialized", color: INK.gray },
  dense_layers: { name: "dense layers re-initialized", color: INK.gray },
  all_layers: { name: "all layers re-initialized", color: INK.gray },
  shuffled_labels: { name: "trained on shuffled labels", color: HUES[3] },
};

/**
 * Draws two panels side by side, rank correlation and overlap of the best
 * genes: a dot a tissue, a tick and a number for the mean over tissues, and a
 * line at what chance gives.
 *
 * @returns An SVG text.
 */
export function drawAgreement({ rows, genes }: Agreement): string {
  if (rows.length === 0) return renderNothing(TITLE, "nothing was compared");
  const [{ top }] = rows;
  const means = meanAgreements(rows);
  const checks = means.map(({ check }) => check);
  const names = rowNames(checks.map((check) => CHECKS[check].name));
  const width = (CONTENT_WIDTH - names.margin - GAP) / 2;
  const height = checks.length * ROW_HEIGHT + 62;
  const indices = checks.map((_, index) => index);
  const indexOf = ({ check }: { check: Check }) => checks.indexOf(check);
  const panel = (
    measure: "spearman" | "overlap",
    label: string,
    chance: number,
    domain: [number, number],
    /** The names stand beside the first panel alone. */
    named: boolean,
  ): Plot.PlotOptions => {
    const known = means.filter((mean) => mean[measure] !== null);
    const left = named ? names.margin : 0;
    return {
      width: Math.round(width + left),
      height,
      marginTop: 12,
      marginLeft: left,
      marginRight: NUMBER_ROOM,
      marginBottom: 46,
      x: { domain },
      y: { type: "band", domain: indices, axis: null },
      marks: [
        ...valueAxisX({ label, ticks: 4 }),
        Plot.ruleY(indices, { stroke: INK.grid }),
        ...(named ? [names.axis] : []),
        Plot.ruleX([chance], {
          stroke: INK.quiet,
          strokeWidth: 1.5,
          strokeDasharray: "4,3",
        }),
        Plot.dot(rows.filter((row) => row[measure] !== null), {
          x: measure,
          y: indexOf,
          r: 4,
          fill: ({ check }: AgreementRow) => CHECKS[check].color,
          fillOpacity: 0.55,
        }),
        Plot.ruleX(known, {
          x: measure,
          y1: indexOf,
          y2: indexOf,
          insetTop: 4,
          insetBottom: 4,
          stroke: INK.text,
          strokeWidth: 2.4,
        }),
        Plot.text(known, {
          y: indexOf,
          frameAnchor: "right",
          dx: NUMBER_ROOM - 4,
          text: (mean) => fixed(mean[measure], 2),
          fontWeight: "bold",
        }),
      ],
    };
  };
  const tissues = new Set(rows.map(({ tissue }) => tissue)).size;
  const summary = means.map(({ check, spearman, overlap }) =>
    `${CHECKS[check].name}: rank correlation ` +
    `${spearman === null ? "unknown" : fixed(spearman, 2)}, ` +
    `overlap ${fixed(overlap, 2)}`
  );
  return renderFigure({
    title: TITLE,
    facts: `Scores of the trained network compared with those of other ` +
      `networks on the same samples. Dot: a tissue (${tissues}). Bar and ` +
      `number: their mean. Dashed: chance. Blue rows: the agreement that ` +
      `other draws (and other random numbers in training) leave; the others ` +
      `should be far below. All share the samples' expression levels, which ` +
      `alone raise the overlap above chance.`,
    description: "Dot charts of agreement over " +
      `${countOf(tissues, "tissue")}; means: ${summary.join("; ")}.`,
    height,
    panels: [
      {
        left: 0,
        top: 0,
        options: panel(
          "spearman",
          "Spearman's rank correlation",
          0,
          paddedRange([0, 1, ...rows.map((row) => row.spearman ?? 0)], 0.04),
          true,
        ),
      },
      {
        left: Math.round(names.margin + width + GAP),
        top: 0,
        options: panel(
          "overlap",
          `share of the best ${withCommas(top)} of ` +
            `${withCommas(genes)} in common`,
          top / genes,
          paddedRange([0, 1], 0.04),
          false,
        ),
      },
    ],
  });
}
