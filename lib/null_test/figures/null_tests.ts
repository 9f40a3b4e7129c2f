/** Gene sets among random gene sets of several kinds, in several spaces. */

import * as Plot from "@observablehq/plot";
import { countOf, withCommas } from "../../cli/text.ts";
import { paddedRange } from "../../report/figures/axes.ts";
import { pixelPanel } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  type Panel,
  renderFigure,
} from "../../report/figures/page.ts";
import { HUES, INK } from "../../report/figures/palette.ts";
import { shorten, textWidth } from "../../report/figures/words.ts";
import { formatP } from "../../statistics/format_p.ts";
import type { SpaceTest } from "../outputs.ts";

/** A test with its null distribution. */
export interface NullPanel extends
  Pick<
    SpaceTest,
    "gene_set" | "statistic" | "p_empirical" | "p_adjusted"
  > {
  /** What the random gene sets are; each kind is a column. */
  null_model: string;
  /** Where the samples were clustered; each gene set and space is a row. */
  space: string;
  /** The mean AMI of each random gene set. */
  nullMeans: readonly number[];
}

const TITLE = "AMI of gene sets and of random gene sets";
const PANEL_HEIGHT = 158;
/** Room above a row for its heading. */
const ROW_HEADING = 26;
/** Room above all rows for the columns' headings. */
const COLUMN_HEADING = 20;
const GAP = 18;
const BARS = 36;
const LABEL_SIZE = 12;
const SET_INK = "#a84a00";
/** Room for the name of a gene set beside its line, in pixels. */
const LONGEST_NAME = 120;

/** A heading as a panel of its own: it belongs to several panels. */
function heading(
  words: string,
  left: number,
  top: number,
  width: number,
): Panel {
  return {
    left,
    top,
    options: pixelPanel(width, 18, [
      Plot.text([shorten(words, width, 13)], {
        x: 2,
        y: 9,
        textAnchor: "start",
        fontSize: 13,
        fontWeight: "bold",
      }),
    ]),
  };
}

/** Counts in bins of one width over a range that all panels of a row share. */
function countBars(values: readonly number[], [low, high]: [number, number]) {
  const width = (high - low) / BARS;
  const counts = new Array<number>(BARS).fill(0);
  for (const value of values) {
    counts[Math.min(BARS - 1, Math.floor((value - low) / width))]++;
  }
  return counts.map((count, bar) => ({
    from: low + bar * width,
    to: low + (bar + 1) * width,
    count,
  })).filter(({ count }) => count > 0);
}

function formatTest({ p_empirical, p_adjusted }: NullPanel): string {
  return `p ${formatP(p_empirical)}; adjusted for all spaces, p ${
    formatP(p_adjusted)
  }`;
}

function drawPanel(
  test: NullPanel,
  range: [number, number],
  tallest: number,
  width: number,
): Plot.PlotOptions {
  const { statistic } = test;
  const margin = 10;
  const x = margin +
    (statistic - range[0]) / (range[1] - range[0]) * (width - 2 * margin);
  const name = shorten(test.gene_set, LONGEST_NAME, LABEL_SIZE);
  const label = `${name} ${statistic.toFixed(3)}`;
  const fits = x + textWidth(label, LABEL_SIZE) + 8 < width;
  return {
    width,
    height: PANEL_HEIGHT,
    marginTop: 40,
    marginLeft: margin,
    marginRight: margin,
    marginBottom: 26,
    x: { domain: range },
    y: { domain: [-0.09 * tallest, tallest * 1.04], axis: null },
    marks: [
      Plot.gridX({ ticks: 4, stroke: INK.grid, strokeOpacity: 1 }),
      Plot.axisX({ ticks: 4, label: null, tickSize: 4, fontSize: 11 }),
      Plot.rect(countBars(test.nullMeans, range), {
        x1: "from",
        x2: "to",
        y1: 0,
        y2: "count",
        fill: "#b4bcc5",
        stroke: INK.card,
        strokeWidth: 0.6,
      }),
      Plot.ruleY([0], { stroke: INK.quiet }),
      Plot.ruleX(test.nullMeans, {
        y1: -0.025 * tallest,
        y2: -0.08 * tallest,
        stroke: INK.quiet,
        strokeOpacity: 0.7,
      }),
      Plot.ruleX([statistic], { stroke: HUES[3], strokeWidth: 2.4 }),
      Plot.text([label], {
        x: () => statistic,
        frameAnchor: "top",
        lineAnchor: "bottom",
        dy: -3,
        dx: fits ? -2 : 2,
        textAnchor: fits ? "start" : "end",
        fontSize: LABEL_SIZE,
        fontWeight: "bold",
        fill: SET_INK,
      }),
      Plot.text([formatTest(test)], {
        frameAnchor: "top-left",
        lineAnchor: "bottom",
        dy: -21,
        text: (words: string) => shorten(words, width - margin, 11.5),
        fontSize: 11.5,
        fill: INK.quiet,
      }),
    ],
  };
}

/**
 * Draws a histogram for every gene set and space (rows) and every kind of
 * random gene sets (columns), with a tick a random set below the bars, the
 * gene set's mean as a line and the p-values. The panels of a row share their
 * axis.
 */
export function drawNullTests(
  { tests }: { tests: readonly NullPanel[] },
): string {
  const columns = [...new Set(tests.map(({ null_model }) => null_model))];
  const severalSets = new Set(tests.map(({ gene_set }) => gene_set)).size > 1;
  const rows = Map.groupBy(
    tests,
    ({ gene_set, space }) => JSON.stringify([gene_set, space]),
  );
  const width = (CONTENT_WIDTH - GAP * (columns.length - 1)) / columns.length;
  const leftOf = (column: string) => columns.indexOf(column) * (width + GAP);
  const panels = columns.map((column) =>
    heading(column, leftOf(column), 6, width)
  );
  const step = ROW_HEADING + PANEL_HEIGHT;
  let top = COLUMN_HEADING + 6;
  for (const row of rows.values()) {
    const [{ gene_set, space }] = row;
    const title = severalSets ? `${space}, ${gene_set}` : space;
    panels.push(heading(title, 0, top + 6, CONTENT_WIDTH));
    const range = paddedRange(
      row.flatMap(({ nullMeans, statistic }) => [...nullMeans, statistic]),
      0.05,
    );
    const tallest = Math.max(
      ...row.flatMap(({ nullMeans }) =>
        countBars(nullMeans, range).map(({ count }) => count)
      ),
    );
    for (const test of row) {
      panels.push({
        left: leftOf(test.null_model),
        top: top + ROW_HEADING,
        options: drawPanel(test, range, tallest, width),
      });
    }
    top += step;
  }
  const counts = tests.map(({ nullMeans }) => nullMeans.length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const sets = (least === most ? "" : `${withCommas(least)} to `) +
    countOf(most, "random set");
  return renderFigure({
    title: TITLE,
    facts: `Bars: number of random sets by their mean AMI; ${sets} a ` +
      "panel, each a tick below the bars. Line: mean AMI of the gene set. " +
      "The axis, the same in a row, need not start at 0.",
    description:
      `Histograms of the mean AMI of random gene sets, each with a line at that of the gene set: ${
        tests.map((test) =>
          `${test.space}, ${test.null_model}: ${test.gene_set} ${
            test.statistic.toFixed(3)
          }, ${formatTest(test)}`
        ).join("; ")
      }.`,
    height: COLUMN_HEADING + 10 + rows.size * step,
    panels,
  });
}
