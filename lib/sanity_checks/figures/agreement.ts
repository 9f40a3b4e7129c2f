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
import { twoDecimals } from "../agreement.ts";
import { countOf, withCommas } from "../../cli/text.ts";

/** Agreement in one tissue. */
export interface TissueAgreement {
  /** `rerun`, `ensemble_member`, `output_layer`, `dense_layers` ... */
  check: string;
  tissue: string;
  /** Rank correlation with the scores checked, in [-1, 1], or null. */
  spearman: number | null;
  /** Share of the best genes in common, in [0, 1]. */
  overlap: number;
}

/** The data of the figure. */
export interface Agreement {
  /** Rows of a check stand together, the checks in the order to draw. */
  rows: readonly TissueAgreement[];
  /** How many of the best genes are compared. */
  top: number;
  /** How many genes there are. */
  genes: number;
}

const TITLE = "Do the scores depend on what the network learned?";
const ROW_HEIGHT = 34;
const GAP = 34;
const NUMBER_ROOM = 40;

/** What the checks are called, and their colors. */
const CHECKS: Readonly<Record<string, { name: string; color: string }>> = {
  rerun: { name: "same network, other draws", color: HUES[0] },
  ensemble_member: { name: "another network", color: HUES[0] },
  output_layer: { name: "output layer re-initialized", color: INK.gray },
  dense_layers: { name: "dense layers re-initialized", color: INK.gray },
  all_layers: { name: "all layers re-initialized", color: INK.gray },
  shuffled_labels: { name: "trained on shuffled labels", color: HUES[3] },
};

/** A name of the figure's own, never one that an object inherits. */
function lookOf(check: string): { name: string; color: string } {
  return Object.hasOwn(CHECKS, check)
    ? CHECKS[check]
    : { name: check, color: INK.gray };
}

/** One value of one tissue, in the row of its check. */
interface Dot {
  row: number;
  value: number;
  color: string;
}

/** One row's mean. */
interface Mean {
  row: number;
  mean: number;
  color: string;
}

function meansOf(dots: readonly Dot[]): Mean[] {
  return [...new Set(dots.map(({ row }) => row))].map((row) => {
    const own = dots.filter((dot) => dot.row === row);
    const sum = own.reduce((total, { value }) => total + value, 0);
    return { row, mean: sum / own.length, color: own[0].color };
  });
}

/**
 * Draws two panels side by side, rank correlation and overlap of the best
 * genes: a dot a tissue, a tick and a number for the mean over tissues, and a
 * line at what chance gives.
 *
 * @returns An SVG text.
 */
export function drawAgreement({ rows, top, genes }: Agreement): string {
  const checks = [...new Set(rows.map(({ check }) => check))];
  const dotsOf = (measure: (row: TissueAgreement) => number | null): Dot[] =>
    rows.flatMap((row) => {
      const value = measure(row);
      return value === null || !Number.isFinite(value) ? [] : [{
        row: checks.indexOf(row.check),
        value,
        color: lookOf(row.check).color,
      }];
    });
  const correlations = dotsOf(({ spearman }) => spearman);
  const overlaps = dotsOf(({ overlap }) => overlap);
  if (correlations.length + overlaps.length === 0) {
    return renderNothing(TITLE, "nothing was compared");
  }
  const names = rowNames(checks.map((check) => lookOf(check).name));
  const width = (CONTENT_WIDTH - names.margin - GAP) / 2;
  const height = checks.length * ROW_HEIGHT + 62;
  const panel = (
    dots: readonly Dot[],
    look: {
      label: string;
      chance: number;
      domain: [number, number];
      /** The names stand beside the first panel alone. */
      named: boolean;
    },
  ): Plot.PlotOptions => {
    const means = meansOf(dots);
    const left = look.named ? names.margin : 0;
    return {
      width: Math.round(width + left),
      height,
      marginTop: 12,
      marginLeft: left,
      marginRight: NUMBER_ROOM,
      marginBottom: 46,
      x: { domain: look.domain },
      y: { type: "band", domain: checks.map((_, row) => row), axis: null },
      marks: [
        ...valueAxisX({ label: look.label, ticks: 4 }),
        Plot.ruleY(checks.map((_, row) => row), { stroke: INK.grid }),
        ...(look.named ? [names.axis] : []),
        Plot.ruleX([look.chance], {
          stroke: INK.quiet,
          strokeWidth: 1.5,
          strokeDasharray: "4,3",
        }),
        Plot.dot(dots, {
          x: "value",
          y: "row",
          r: 4,
          fill: ({ color }) => color,
          fillOpacity: 0.55,
        }),
        Plot.ruleX(means, {
          x: "mean",
          y1: "row",
          y2: "row",
          insetTop: 4,
          insetBottom: 4,
          stroke: INK.text,
          strokeWidth: 2.4,
        }),
        Plot.text(means, {
          y: "row",
          frameAnchor: "right",
          dx: NUMBER_ROOM - 4,
          text: ({ mean }) => twoDecimals(mean),
          fontWeight: "bold",
        }),
      ],
    };
  };
  const tissues = new Set(rows.map(({ tissue }) => tissue)).size;
  const summary = checks.map((check, row) => {
    const mean = (dots: readonly Dot[]) => {
      const found = meansOf(dots).find((mean) => mean.row === row);
      return found === undefined ? "unknown" : twoDecimals(found.mean);
    };
    return `${lookOf(check).name}: rank correlation ${
      mean(correlations)
    }, overlap ${mean(overlaps)}`;
  });
  return renderFigure({
    title: TITLE,
    facts: `Scores of the trained network compared with those of other ` +
      `networks on the same samples. Dot: a tissue (${tissues}). Bar and ` +
      `number: their mean. Dashed: chance. Blue rows: the agreement that ` +
      `other draws (and other random numbers in training) leave; the others ` +
      `should be far below. All share the samples' expression levels, which ` +
      `alone raise the overlap above chance.`,
    description: `Dot charts of agreement over ${
      countOf(tissues, "tissue")
    }; means: ${summary.join("; ")}.`,
    height,
    panels: [
      {
        left: 0,
        top: 0,
        options: panel(correlations, {
          label: "Spearman's rank correlation",
          chance: 0,
          domain: paddedRange(
            [0, 1, ...correlations.map(({ value }) => value)],
            0.04,
          ),
          named: true,
        }),
      },
      {
        left: Math.round(names.margin + width + GAP),
        top: 0,
        options: panel(overlaps, {
          label: `share of the best ${withCommas(top)} of ${
            withCommas(genes)
          } in common`,
          chance: top / genes,
          domain: paddedRange([0, 1], 0.04),
          named: false,
        }),
      },
    ],
  });
}
