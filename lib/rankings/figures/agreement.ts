/** How far each two rankings agree, as a matrix of two halves. */

import * as Plot from "@observablehq/plot";
import { countOf } from "../../cli/text.ts";
import { rowNames } from "../../report/figures/axes.ts";
import { drawRamp } from "../../report/figures/keys.ts";
import {
  CARD_PADDING,
  CONTENT_WIDTH,
  FIGURE_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { amountRamp, INK, inkOn } from "../../report/figures/palette.ts";
import { squareMatrix } from "../../report/figures/square_matrix.ts";

/** The data of the figure. */
export interface AgreementData {
  /** A tissue's first genes that the Jaccard index looks at. */
  readonly depth: number;
  readonly rankings: readonly {
    readonly name: string;
    readonly title: string;
  }[];
  readonly agreements: readonly {
    readonly a: { readonly name: string };
    readonly b: { readonly name: string };
    readonly jaccard: number;
    readonly spearman: number | null;
  }[];
}

const TITLE = "How far the rankings agree";
const NAME_SIZE = 12;

/** The largest width of a name, in pixels: titles of rankings are long. */
const NAME_WIDTH = 290;

/**
 * Draws Jaccard's index below the diagonal and Spearman's correlation above.
 *
 * @returns An SVG text.
 */
export function drawAgreement(
  { depth, rankings, agreements }: AgreementData,
): string {
  if (agreements.length === 0) {
    return renderNothing(TITLE, "no two rankings list genes of a tissue");
  }
  const placeOf = new Map(rankings.map(({ name }, place) => [name, place]));
  const cells = agreements.flatMap(({ a, b, jaccard, spearman }) => {
    const [first, second] = [placeOf.get(a.name)!, placeOf.get(b.name)!]
      .sort((one, two) => one - two);
    return [
      cellOf(second, first, jaccard),
      ...spearman === null ? [] : [cellOf(first, second, spearman)],
    ];
  });
  const size = rankings.length;
  const titles = rankings.map(({ title }) => title);
  const names = rowNames(titles, NAME_SIZE, NAME_WIDTH);
  const cell = Math.min(
    46,
    Math.max(26, Math.floor((CONTENT_WIDTH - names.margin - 8) / size)),
  );
  const indices = [...titles.keys()];
  const matrix = squareMatrix({
    names: titles,
    nameSize: NAME_SIZE,
    columnNameWidth: NAME_WIDTH,
    rows: names,
    marginLeft: names.margin,
    below: 14,
    cell,
    cells,
    marks: () => [
      Plot.cell(indices, {
        x: (index: number) => index,
        y: (index: number) => index,
        fill: INK.grid,
        stroke: INK.card,
      }),
      Plot.text(cells, {
        x: "column",
        y: "row",
        text: "text",
        fill: "ink",
        fontSize: Math.min(12, cell * 0.42),
      }),
    ],
  });
  const ramp = drawRamp({
    label: "Agreement",
    ticks: [0, 0.5, 1].map((place) => ({ place, text: place.toString() })),
    colorAt: amountRamp,
  }, 300);
  const byJaccard = agreements.toSorted((a, b) => b.jaccard - a.jaccard);
  const named = ({ a, b, jaccard }: AgreementData["agreements"][number]) =>
    `${titles[placeOf.get(a.name)!]} and ${titles[placeOf.get(b.name)!]} ${
      jaccard.toFixed(2)
    }`;
  return renderFigure({
    title: TITLE,
    facts: `Below the diagonal: of the genes that either ranking has among a ` +
      `tissue's first ${depth}, the share that both have (Jaccard). Above: ` +
      "Spearman's correlation over all genes that are higher in the tissue. " +
      "Means over the tissues, in hundredths.",
    description: `Matrix of ${countOf(size, "ranking")}. Jaccard: the most ` +
      `alike are ${named(byJaccard[0])}, the least ` +
      `${named(byJaccard[byJaccard.length - 1])}.`,
    width: Math.max(FIGURE_WIDTH, matrix.width + 2 * CARD_PADDING),
    height: ramp.height + matrix.height + 4,
    panels: [
      { left: 0, top: 4, options: ramp.options },
      {
        left: 0,
        top: ramp.height + 4,
        options: matrix.options,
      },
    ],
  });
}

function cellOf(row: number, column: number, value: number) {
  const color = amountRamp(Math.max(0, value));
  const hundredths = Math.round(100 * value);
  return {
    row,
    column,
    color,
    ink: inkOn(color),
    // Not -0.
    text: String(hundredths === 0 ? 0 : hundredths),
  };
}
