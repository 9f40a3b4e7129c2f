/** Samples in two dimensions, colored by tissue. */

import * as Plot from "@observablehq/plot";
import { paddedRange } from "../../report/figures/axes.ts";
import { drawKey, pixelPanel } from "../../report/figures/keys.ts";
import {
  type LabelFrame,
  type LabelPlace,
  overlap,
  spreadLabels,
} from "../../report/figures/label_places.ts";
import { CONTENT_WIDTH, renderFigure } from "../../report/figures/page.ts";
import { INK, styleTissues } from "../../report/figures/palette.ts";
import { countOf } from "../../cli/text.ts";
import {
  oneLine,
  shorten,
  textWidth,
  withRemark,
} from "../../report/figures/words.ts";

export interface EmbeddedSample {
  sample_id: string;
  tissue: string;
  x: number;
  y: number;
}

export interface Embedding {
  /** What was embedded, and how. */
  title: string;
  points: readonly EmbeddedSample[];
}

const HEIGHT = 520;
const LABEL_SIZE = 11.5;
const FRAME: LabelFrame = {
  left: 24,
  top: 2,
  right: CONTENT_WIDTH - 4,
  bottom: HEIGHT - 28,
};
/** Labels keep off the border. */
const LABEL_FRAME: LabelFrame = {
  left: FRAME.left + 5,
  top: FRAME.top + 3,
  right: FRAME.right - 5,
  bottom: FRAME.bottom - 3,
};
/** Above this many samples no dot carries its sample's id. */
const MOST_NAMED_DOTS = 2000;

/** A sample in pixels. */
type Point = Pick<EmbeddedSample, "x" | "y">;

/** The middle value (the upper one of two). */
function middle(values: readonly number[]): number {
  return values.toSorted((first, second) => first - second)[
    Math.floor(values.length / 2)
  ];
}

/** The sample that lies nearest to the median of its tissue's samples. */
function centerOf(points: readonly Point[]): Point {
  const x = middle(points.map((point) => point.x));
  const y = middle(points.map((point) => point.y));
  const distance = (point: Point) => Math.hypot(point.x - x, point.y - y);
  return points.reduce((nearest, point) =>
    distance(point) < distance(nearest) ? point : nearest
  );
}

/** How many points lie under a label. */
function covered(label: LabelPlace, points: readonly Point[]): number {
  return points.filter((point) =>
    Math.abs(point.x - label.x) < label.width / 2 + 3 &&
    Math.abs(point.y - label.y) < label.height / 2 + 3
  ).length;
}

/**
 * A label at the edge of a tissue's samples, above, below, left or right of
 * their center: where it hides the fewest samples and no earlier label.
 */
function placeLabel(
  tissue: string,
  own: readonly Point[],
  all: readonly Point[],
  earlier: readonly LabelPlace[],
): LabelPlace {
  const center = centerOf(own);
  const near = own.filter((point) =>
    Math.hypot(point.x - center.x, point.y - center.y) < 40
  );
  const xs = near.map(({ x }) => x).sort((first, second) => first - second);
  const ys = near.map(({ y }) => y).sort((first, second) => first - second);
  const text = shorten(tissue, 170, LABEL_SIZE);
  const width = textWidth(text, LABEL_SIZE) * 0.96;
  const height = LABEL_SIZE + 2;
  const candidates = [
    { x: center.x, y: ys[0] - 14 },
    { x: center.x, y: ys[ys.length - 1] + 14 },
    { x: xs[xs.length - 1] + width / 2 + 8, y: center.y },
    { x: xs[0] - width / 2 - 8, y: center.y },
  ].map(({ x, y }) => ({
    text,
    x: Math.max(
      LABEL_FRAME.left + width / 2,
      Math.min(LABEL_FRAME.right - width / 2, x),
    ),
    y: Math.max(FRAME.top + height, Math.min(FRAME.bottom - height, y)),
    width,
    height,
    pointX: center.x,
    pointY: center.y,
  }));
  const costs = candidates.map((label) =>
    covered(label, all) +
    8 * earlier.filter((other) => overlap(other, label)).length
  );
  return candidates[costs.indexOf(Math.min(...costs))];
}

/**
 * Draws an embedding: a symbol a sample, hue and shape by tissue, each tissue
 * named beside its samples and in a key below.
 */
export function drawEmbedding({ title, points }: Embedding): string {
  const styles = styleTissues(points.map(({ tissue }) => tissue));
  const [lowX, highX] = paddedRange(points.map(({ x }) => x), 0.04);
  const [lowY, highY] = paddedRange(points.map(({ y }) => y), 0.06);
  // One scale for both axes: k-means sees distances, and so must the reader.
  const scale = Math.min(
    (FRAME.right - FRAME.left) / (highX - lowX),
    (FRAME.bottom - FRAME.top) / (highY - lowY),
  );
  const placed = points.map((point) => ({
    ...point,
    x: (FRAME.left + FRAME.right) / 2 +
      (point.x - (lowX + highX) / 2) * scale,
    y: (FRAME.top + FRAME.bottom) / 2 -
      (point.y - (lowY + highY) / 2) * scale,
  }));
  const byTissue = Map.groupBy(placed, ({ tissue }) => tissue);
  const chosen: LabelPlace[] = [];
  for (const tissue of styles.keys()) {
    const own = byTissue.get(tissue)!;
    chosen.push(placeLabel(tissue, own, placed, chosen));
  }
  const labels = spreadLabels(chosen, LABEL_FRAME);
  const far = labels.filter((label) =>
    Math.abs(label.x - label.pointX) > label.width / 2 + 45 ||
    Math.abs(label.y - label.pointY) > 56
  );
  const key = drawKey(
    [...styles].map(([tissue, style]) => ({
      label: withRemark(tissue, `${byTissue.get(tissue)!.length}`, 235, 11.5),
      ...style,
    })),
    CONTENT_WIDTH,
    11.5,
  );
  const facts = `${countOf(points.length, "sample")} of ` +
    `${countOf(styles.size, "tissue")}. One scale for both dimensions.`;
  return renderFigure({
    title,
    facts,
    description: `Scatter plot of samples by tissue: ${facts}`,
    height: HEIGHT + key.height + 6,
    panels: [
      {
        left: 0,
        top: 4,
        options: pixelPanel(CONTENT_WIDTH, HEIGHT, [
          Plot.rect([FRAME], {
            x1: "left",
            x2: "right",
            y1: "top",
            y2: "bottom",
            stroke: INK.border,
            fill: "none",
          }),
          Plot.dot(placed, {
            x: "x",
            y: "y",
            r: points.length > 1500 ? 2.5 : points.length > 300 ? 3.6 : 4.5,
            fill: ({ tissue }) => styles.get(tissue)!.color,
            symbol: ({ tissue }: EmbeddedSample) => styles.get(tissue)!.symbol,
            fillOpacity: 0.85,
            ...(points.length <= MOST_NAMED_DOTS && {
              title: ({ sample_id, tissue }) =>
                `${oneLine(sample_id)}, ${oneLine(tissue)}`,
            }),
          }),
          Plot.link(far, {
            x1: "pointX",
            y1: "pointY",
            x2: "x",
            y2: "y",
            stroke: INK.quiet,
            strokeWidth: 0.8,
          }),
          Plot.text(labels, {
            x: "x",
            y: "y",
            text: "text",
            fontSize: LABEL_SIZE,
            fontWeight: "bold",
            fill: INK.text,
            stroke: INK.card,
            strokeWidth: 3.5,
          }),
          Plot.text(["Dimension 1 (no unit)"], {
            x: (FRAME.left + FRAME.right) / 2,
            y: FRAME.bottom + 14,
          }),
          Plot.text(["Dimension 2 (no unit)"], {
            x: 10,
            y: (FRAME.top + FRAME.bottom) / 2,
            rotate: -90,
          }),
        ]),
      },
      { left: 0, top: HEIGHT + 4, options: key.options },
    ],
  });
}
