/** Samples in two dimensions, colored by tissue. */

import * as Plot from "@observablehq/plot";
import { paddedRange } from "../../report/figures/axes.ts";
import { drawKey, pixelPanel } from "../../report/figures/keys.ts";
import type { LabelFrame } from "../../report/figures/label_places.ts";
import { CONTENT_WIDTH, renderFigure } from "../../report/figures/page.ts";
import { INK, styleTissues } from "../../report/figures/palette.ts";
import { countOf } from "../../cli/text.ts";
import { oneLine, withRemark } from "../../report/figures/words.ts";
import { LABEL_SIZE, labelTissues } from "./tissue_labels.ts";

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
const FRAME: LabelFrame = {
  left: 24,
  top: 2,
  right: CONTENT_WIDTH - 4,
  bottom: HEIGHT - 28,
};
/** Above this many samples no dot carries its sample's id. */
const MOST_NAMED_DOTS = 2000;

/**
 * Draws an embedding: a symbol a sample, hue and shape by tissue, each tissue
 * named in a key below and, unless it lies scattered among others, beside its
 * samples. A line leads from a name that had to give way to its samples.
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
  const { labels, led } = labelTissues(placed, [...styles.keys()], FRAME);
  const key = drawKey(
    [...styles].map(([tissue, style]) => ({
      label: withRemark(tissue, `${byTissue.get(tissue)!.length}`, 235, 11.5),
      ...style,
    })),
    CONTENT_WIDTH,
    11.5,
  );
  const facts = `${countOf(points.length, "sample")} of ` +
    `${countOf(styles.size, "tissue")}. One scale for both dimensions.` +
    (labels.length < styles.size
      ? " Tissues whose samples lie among others are named only in the key."
      : "");
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
          Plot.link(led, {
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
