/** A square matrix of colored cells with the same names at both sides. */

import * as Plot from "@observablehq/plot";
import type { rowNames } from "./axes.ts";
import { INK } from "./palette.ts";
import { shorten, textWidth } from "./words.ts";

/** The default of the largest width of a column's name, in pixels. */
const COLUMN_NAME_WIDTH = 150;

/** What a square matrix shows. */
export interface SquareMatrix {
  /** Of the rows and of the columns. */
  readonly names: readonly string[];
  readonly nameSize: number;
  /** The largest width of a column's name, in pixels; 150 by default. */
  readonly columnNameWidth?: number;
  /** The names at the left. */
  readonly rows: ReturnType<typeof rowNames>;
  /** Pixels left of the cells, with the names. */
  readonly marginLeft: number;
  /** Pixels below the names of the columns. */
  readonly below: number;
  /** A cell's side in pixels. */
  readonly cell: number;
  readonly cells: readonly {
    readonly row: number;
    readonly column: number;
    readonly color: string;
  }[];
  /** What is drawn over the cells, given the margin below them. */
  readonly marks: (marginBottom: number) => Plot.Markish[];
}

/** The size of the panel, and its options for Plot. */
export function squareMatrix(
  {
    names,
    nameSize,
    columnNameWidth = COLUMN_NAME_WIDTH,
    rows,
    marginLeft,
    below,
    cell,
    cells,
    marks,
  }: SquareMatrix,
): {
  readonly width: number;
  readonly height: number;
  readonly options: Plot.PlotOptions;
} {
  const columnNames = names.map((name) =>
    shorten(name, columnNameWidth, nameSize)
  );
  const marginBottom = below +
    Math.max(...columnNames.map((name) => textWidth(name, nameSize)));
  const width = marginLeft + names.length * cell + 8;
  const height = 6 + names.length * cell + marginBottom;
  const domain = [...names.keys()];
  return {
    width,
    height,
    options: {
      width,
      height,
      marginTop: 6,
      marginRight: 8,
      marginLeft,
      marginBottom,
      padding: 0,
      x: { type: "band", domain },
      y: { type: "band", domain },
      marks: [
        rows.axis,
        Plot.axisX({
          label: null,
          tickSize: 0,
          tickRotate: -90,
          fontSize: nameSize,
          tickFormat: (column: number) => columnNames[column],
        }),
        Plot.cell(cells, {
          x: "column",
          y: "row",
          fill: "color",
          stroke: INK.card,
          strokeWidth: 1,
        }),
        ...marks(marginBottom),
      ],
    },
  };
}
