/** How the scores of the top genes are spread over the samples. */

import { median, quantile } from "../../statistics/describe.ts";
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
import { shorten, textWidth } from "../../report/figures/words.ts";
import { shortenLabels } from "./gene_labels.ts";

/** The data of the figure: one gene in the samples of one tissue a row. */
export interface ScoreDistribution {
  rows: readonly {
    tissue: string;
    gene: string;
    /** A SHAP score a sample. */
    scores: readonly number[];
  }[];
  /** A sentence on the genes' direction. */
  note?: string;
}

const TITLE = "SHAP scores of the top genes, sample by sample";
const ROW_HEIGHT = 20;
/** Fewer samples than this have no quartiles worth a box. */
const FEWEST_FOR_BOX = 3;
/** Above this many dots only those beyond the whiskers are drawn. */
const MOST_DOTS = 4000;

/** The box of a row: whiskers reach the last score within 1.5 box lengths. */
function boxOf(row: number, scores: readonly number[]) {
  const sorted = scores.toSorted((first, second) => first - second);
  const q1 = quantile(scores, 0.25);
  const q3 = quantile(scores, 0.75);
  const reach = 1.5 * (q3 - q1);
  return {
    row,
    q1,
    q3,
    median: median(scores),
    low: sorted.find((score) => score >= q1 - reach)!,
    high: sorted.findLast((score) => score <= q3 + reach)!,
  };
}

/**
 * Spreads dots over a row's height by the golden ratio: even, and the same at
 * every call. In [-0.5, 0.5).
 */
function spread(index: number): number {
  return (index * 0.6180339887498949) % 1 - 0.5;
}

/** A tissue, its gene and, in brackets, the number of samples. */
function nameRows(rows: ScoreDistribution["rows"]) {
  const size = 11.5;
  const room = 280;
  const parts = rows.map(({ tissue, scores }) => ({
    tissue: `${shorten(tissue, 130, size)}: `,
    samples: ` (${scores.length})`,
  }));
  const genes = shortenLabels(
    rows.map(({ gene }) => gene),
    (row) => room - textWidth(parts[row].tissue + parts[row].samples, size),
    size,
  );
  return rowNames(
    parts.map(({ tissue, samples }, row) => tissue + genes[row] + samples),
    size,
    room + 1,
  );
}

/**
 * Draws a box and a dot a sample for each gene, in the order given.
 *
 * @returns An SVG text.
 */
export function drawScoreDistribution(
  { rows, note }: ScoreDistribution,
): string {
  const total = rows.reduce((sum, { scores }) => sum + scores.length, 0);
  if (total === 0) return renderNothing(TITLE, "no score is known");
  const names = nameRows(rows);
  const boxes = rows.map(({ scores }, row) =>
    scores.length < FEWEST_FOR_BOX ? null : boxOf(row, scores)
  );
  const known = boxes.filter((box) => box !== null);
  const dots = rows.flatMap(({ scores }, row) => {
    const box = boxes[row];
    return scores.map((score, index) => ({
      row,
      score,
      shift: box === null ? 0 : spread(index),
    })).filter(({ score }) =>
      total <= MOST_DOTS || box === null || score < box.low || score > box.high
    );
  });
  const bands = [-2, -1, 0, 1, 2];
  const height = rows.length * ROW_HEIGHT + 58;
  return renderFigure({
    title: TITLE,
    facts:
      `Row: a tissue, one of its best genes and, in brackets, the samples. ` +
      `Dot: a sample${total <= MOST_DOTS ? "" : " beyond the whiskers"}. Box ` +
      `(from ${FEWEST_FOR_BOX} samples): middle half and median; whiskers: ` +
      "at most 1.5 box lengths." +
      (note === undefined ? "" : ` ${note}`),
    description: `Box plots of SHAP scores: ${countOf(rows.length, "row")}, ` +
      `${countOf(total, "score")} in all.`,
    height,
    panels: [{
      left: 0,
      top: 0,
      options: {
        width: CONTENT_WIDTH,
        height,
        marginTop: 8,
        marginLeft: names.margin,
        marginRight: 16,
        marginBottom: 46,
        x: {
          domain: paddedRange([0, ...rows.flatMap(({ scores }) => scores)]),
        },
        y: {
          type: "band",
          domain: rows.map((_, row) => row),
          padding: 0.3,
          paddingOuter: 0.1,
        },
        marks: [
          ...valueAxisX({
            label: "SHAP score (part of the model's output for the tissue)",
            ticks: 5,
          }),
          names.axis,
          Plot.ruleX([0], { stroke: INK.gray }),
          Plot.ruleY(known, {
            y: "row",
            x1: "low",
            x2: "high",
            stroke: INK.quiet,
          }),
          Plot.barX(known, {
            y: "row",
            x1: "q1",
            x2: "q3",
            fill: "#d6e6f2",
            stroke: INK.quiet,
            strokeWidth: 0.8,
          }),
          // A dot's shift is in pixels, which a mark takes only as a constant.
          ...bands.map((band) =>
            Plot.dot(
              dots.filter(({ shift }) => Math.round(shift * 4) === band),
              {
                x: "score",
                y: "row",
                dy: band * 2.2,
                r: total <= 300 ? 2.6 : 1.9,
                fill: HUES[0],
                fillOpacity: 0.6,
              },
            )
          ),
          Plot.tickX(known, {
            y: "row",
            x: "median",
            stroke: HUES[3],
            strokeWidth: 2.2,
          }),
        ],
      },
    }],
  });
}
