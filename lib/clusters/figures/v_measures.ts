/** V-measures of the gene sets, a dot a repeat. */

import * as Plot from "@observablehq/plot";
import {
  paddedRange,
  rowNames,
  valueAxisX,
} from "../../report/figures/axes.ts";
import { CONTENT_WIDTH, renderFigure } from "../../report/figures/page.ts";
import { HUES, INK } from "../../report/figures/palette.ts";
import { countOf } from "../../cli/text.ts";
import { byCodeUnit, oneLine, withRemark } from "../../report/figures/words.ts";
import type { GeneSetKind } from "../../gene_sets/gene_set_method.ts";

/** One k-means run by one gene set. */
export interface VMeasureRow {
  geneSet: string;
  kind: GeneSetKind;
  genes: number;
  /** Where the samples were clustered; each space becomes a panel. */
  space?: string;
  /** In [0, 1]. */
  vMeasure: number;
}

const TITLE = "How well clusters match tissues, by gene set";
const ROW_HEIGHT = 24;
/** Room for a panel's heading. */
const HEADING = 22;
/** More random sets than this share one row. */
const MOST_RANDOM_ROWS = 12;

/** How each kind of gene sets is drawn: selected ones stand out. */
const LOOKS: Record<
  GeneSetKind,
  { readonly dot: string; readonly mean: string; readonly text: string }
> = {
  method: { dot: HUES[3], mean: HUES[3], text: "#a84a00" },
  all: { dot: HUES[0], mean: HUES[0], text: INK.text },
  random: { dot: INK.gray, mean: INK.quiet, text: INK.quiet },
  file: { dot: HUES[0], mean: HUES[0], text: INK.text },
};

/** The runs of one gene set, or of all random sets. */
function makeRow(name: string, rows: readonly VMeasureRow[]) {
  const values = rows.map(({ vMeasure }) => vMeasure);
  const sum = values.reduce((total, value) => total + value, 0);
  const sizes = rows.map(({ genes }) => genes);
  const [least, most] = [Math.min(...sizes), Math.max(...sizes)];
  const size = `${least < most ? `${least} to ` : ""}${countOf(most, "gene")}`;
  return {
    name: withRemark(name, size, 260, 12),
    kind: rows[0].kind,
    values,
    mean: sum / values.length,
  };
}

type SetRow = ReturnType<typeof makeRow>;

/** Rows a gene set, best mean first; many random sets share a row. */
function groupRows(rows: readonly VMeasureRow[]): SetRow[] {
  const random = rows.filter(({ kind }) => kind === "random");
  const count = new Set(random.map(({ geneSet }) => geneSet)).size;
  const groups = Map.groupBy(
    rows,
    ({ kind, geneSet }) =>
      kind === "random" && count > MOST_RANDOM_ROWS
        ? `${count} random sets`
        : geneSet,
  );
  return [...groups].map(([name, group]) => makeRow(name, group))
    .sort((first, second) =>
      second.mean - first.mean || byCodeUnit(first.name, second.name)
    );
}

/** The height of a panel of so many rows, its axis included. */
function heightOf(rows: readonly SetRow[], headed: boolean): number {
  return rows.length * ROW_HEIGHT + 58 + (headed ? HEADING : 0);
}

function drawPanel(
  rows: readonly SetRow[],
  heading: string,
  margin: number,
): Plot.PlotOptions {
  const names = rowNames(rows.map(({ name }) => name), 12, 260);
  const dots = rows.flatMap(({ values, kind }, index) =>
    values.map((value) => ({ index, value, look: LOOKS[kind] }))
  );
  const ticks = rows.map(({ mean, kind }, index) => ({
    index,
    mean,
    look: LOOKS[kind],
  }));
  const range = paddedRange(dots.map(({ value }) => value), 0.08, {
    lowest: 0,
    highest: 1,
  });
  return {
    width: CONTENT_WIDTH,
    height: heightOf(rows, heading !== ""),
    marginTop: 8 + (heading === "" ? 0 : HEADING),
    marginLeft: margin,
    marginRight: 56,
    marginBottom: 46,
    x: { domain: range },
    y: { type: "band", domain: rows.map((_, index) => index) },
    marks: [
      ...valueAxisX({ label: "V-measure (0 to 1)", ticks: 5 }),
      Plot.ruleY(ticks, { y: "index", stroke: INK.grid }),
      names.axis,
      Plot.dot(dots, {
        x: "value",
        y: "index",
        r: 4,
        fill: ({ look }) => look.dot,
        fillOpacity: 0.55,
      }),
      Plot.tickX(ticks, {
        x: "mean",
        y: "index",
        stroke: ({ look }) => look.mean,
        strokeWidth: 2.6,
      }),
      Plot.text(ticks, {
        y: "index",
        frameAnchor: "right",
        dx: 50,
        text: ({ mean }) => mean.toFixed(3),
        fontWeight: "bold",
        fill: ({ look }) => look.text,
      }),
      ...(heading === "" ? [] : [
        Plot.text([heading], {
          frameAnchor: "top-left",
          lineAnchor: "bottom",
          dy: -8,
          fontSize: 13,
          fontWeight: "bold",
        }),
      ]),
    ],
  };
}

/**
 * Draws the V-measure of every k-means run as a dot and each set's mean as a
 * tick, a panel a space. Selected sets stand out; random sets are gray.
 */
export function drawVMeasures(
  { rows }: { rows: readonly VMeasureRow[] },
): string {
  const names = [...new Set(rows.map(({ space = "" }) => space))];
  const spaces = names.map((name) => ({
    // One space needs no name: the text around the figure says it.
    heading: names.length > 1 ? oneLine(name) : "",
    rows: groupRows(rows.filter(({ space = "" }) => space === name)),
  }));
  const margin = Math.max(
    ...spaces.map(({ rows }) =>
      rowNames(rows.map(({ name }) => name), 12, 260).margin
    ),
  );
  let height = 0;
  const panels = spaces.map(({ rows, heading }) => {
    const top = height;
    height += heightOf(rows, heading !== "");
    return { left: 0, top, options: drawPanel(rows, heading, margin) };
  });
  const runs = countOf(rows.length, "run");
  return renderFigure({
    title: TITLE,
    facts: `Dot: one run of k-means (${runs} in all). Tick and number: mean ` +
      `of the set. V-measure 1: clusters and tissues are the same. Note ` +
      `where ${names.length > 1 ? "each" : "the"} axis starts.`,
    description: `Dot chart of V-measures: ${
      spaces.map(({ rows, heading }) =>
        (heading === "" ? "" : `${heading}: `) +
        rows.map(({ name, mean }) => `${name} mean ${mean.toFixed(3)}`)
          .join("; ")
      ).join(". ")
    }.`,
    height,
    panels,
  });
}
