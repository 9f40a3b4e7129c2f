/** V-measures of the gene sets, a dot a repeat. */

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
import { countOf } from "../../cli/text.ts";
import { byCodeUnit, oneLine, withRemark } from "../../report/figures/words.ts";

/** One repeat of clustering by one gene set. */
export interface VMeasureRow {
  geneSet: string;
  /** Genes in the set. */
  genes: number;
  /** Where the samples were clustered; each space becomes a panel. */
  space?: string;
  /** In [0, 1]. */
  vMeasure: number;
}

/** The data of the figure. */
export interface VMeasures {
  rows: readonly VMeasureRow[];
}

const TITLE = "How well clusters match tissues, by gene set";
const ROW_HEIGHT = 24;
/** Room for a panel's heading. */
const HEADING = 22;
/** More random sets than this share one row. */
const MOST_RANDOM_ROWS = 12;

/** The repeats of one gene set, or of all random sets. */
interface SetRow {
  name: string;
  kind: "shap" | "random" | "other";
  values: number[];
  mean: number;
}

/** What a gene set is, by its name. */
function kindOf(geneSet: string): SetRow["kind"] {
  if (geneSet === "shap") return "shap";
  return geneSet.startsWith("random") ? "random" : "other";
}

/** A row from its repeats. */
function makeRow(
  name: string,
  kind: SetRow["kind"],
  rows: readonly VMeasureRow[],
): SetRow {
  const values = rows.map(({ vMeasure }) => vMeasure);
  const sum = values.reduce((total, value) => total + value, 0);
  const sizes = [...new Set(rows.map(({ genes }) => genes))]
    .sort((first, second) => first - second);
  const size = sizes.length === 1
    ? countOf(sizes[0], "gene")
    : `${sizes[0]} to ${countOf(sizes[sizes.length - 1], "gene")}`;
  return {
    name: withRemark(name, size, 260, 12),
    kind,
    values,
    mean: sum / values.length,
  };
}

/** Rows a gene set, best mean first; many random sets are taken together. */
function groupRows(rows: readonly VMeasureRow[]): SetRow[] {
  const sets = new Map<string, VMeasureRow[]>();
  for (const row of rows) {
    // Random sets of two sizes may share a name, so the size is part of it.
    const key = `${row.genes}\u0000${row.geneSet}`;
    sets.set(key, [...(sets.get(key) ?? []), row]);
  }
  const groups = [...sets.values()];
  const random = groups.filter(([row]) => kindOf(row.geneSet) === "random");
  const together = random.length > MOST_RANDOM_ROWS;
  const grouped = groups
    .filter((group) => !together || !random.includes(group))
    .map((group) => makeRow(group[0].geneSet, kindOf(group[0].geneSet), group));
  if (together) {
    grouped.push(
      makeRow(
        `${random.length} random sets`,
        "random",
        random.flat(),
      ),
    );
  }
  return grouped.sort((first, second) =>
    second.mean - first.mean || byCodeUnit(first.name, second.name)
  );
}

const COLOURS = { shap: HUES[3], random: INK.gray, other: HUES[0] } as const;

/** The height of a panel of so many rows, its axis included. */
function heightOf(rows: readonly SetRow[], headed: boolean): number {
  return rows.length * ROW_HEIGHT + 58 + (headed ? HEADING : 0);
}

/** The panel of one space. */
function drawPanel(
  rows: readonly SetRow[],
  heading: string,
  margin: number,
): Plot.PlotOptions {
  const names = rowNames(rows.map(({ name }) => name), 12, 260);
  const dots = rows.flatMap((row, index) =>
    row.values.map((value) => ({ index, value, kind: row.kind }))
  );
  const ticks = rows.map((row, index) => ({
    index,
    mean: row.mean,
    kind: row.kind,
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
        fill: ({ kind }) => COLOURS[kind as SetRow["kind"]],
        fillOpacity: 0.55,
      }),
      Plot.tickX(ticks, {
        x: "mean",
        y: "index",
        stroke: ({ kind }) =>
          kind === "random" ? INK.quiet : COLOURS[kind as SetRow["kind"]],
        strokeWidth: 2.6,
      }),
      Plot.text(ticks, {
        y: "index",
        frameAnchor: "right",
        dx: 50,
        text: ({ mean }) => mean.toFixed(3),
        fontWeight: "bold",
        fill: ({ kind }) =>
          kind === "shap"
            ? "#a84a00"
            : kind === "random"
            ? INK.quiet
            : INK.text,
      }),
      ...(heading === "" ? [] : [
        Plot.text([heading], {
          frameAnchor: "top-left",
          lineAnchor: "bottom",
          dy: -8,
          text: (words: string) => words,
          fontSize: 13,
          fontWeight: "bold",
        }),
      ]),
    ],
  };
}

/**
 * Draws the V-measure of every repeat as a dot and each set's mean as a tick,
 * a panel a space. The set named `shap` stands out; sets whose names begin
 * with `random` are gray.
 *
 * @returns An SVG text.
 */
export function drawVMeasures(measures: VMeasures): string {
  const scored = measures.rows.filter(({ vMeasure }) =>
    Number.isFinite(vMeasure)
  );
  if (scored.length === 0) return renderNothing(TITLE, "nothing was clustered");
  const names = [...new Set(scored.map(({ space = "" }) => space))];
  const spaces = names.map((name) => ({
    name,
    // One space needs no name: the text around the figure says it.
    heading: names.length > 1 ? oneLine(name) : "",
    rows: groupRows(scored.filter(({ space = "" }) => space === name)),
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
  const runs = countOf(scored.length, "run");
  return renderFigure({
    title: TITLE,
    facts: `Dot: one run of k-means (${runs} in all). Tick and number: mean ` +
      `of the set. V-measure 1: clusters and tissues are the same. Mind ` +
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
