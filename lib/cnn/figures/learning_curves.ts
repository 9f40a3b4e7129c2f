/** Loss and accuracy over the epochs of training. */

import * as Plot from "@observablehq/plot";
import {
  paddedRange,
  valueAxisX,
  valueAxisY,
} from "../../report/figures/axes.ts";
import { drawKey, type KeyEntry } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { HUES, INK } from "../../report/figures/palette.ts";
import { countOf } from "../../cli/text.ts";
import type { EpochRow } from "../outputs.ts";

type Epoch = Omit<EpochRow, "learning_rate">;

/** The data of the figure. */
export interface LearningCurves {
  history: readonly Epoch[];
  /** The epoch whose weights were kept. */
  keptEpoch: number;
}

const TITLE = "Learning curves";
const PANEL_HEIGHT = 260;
const PANEL_WIDTH = CONTENT_WIDTH / 2 - 6;
const TRAINING = { label: "training samples", symbol: "line", color: HUES[0] };
const VALIDATION = {
  label: "validation samples",
  symbol: "line",
  color: HUES[3],
  dashes: "6,3",
};

/** A curve, and dots where a line would hide how few epochs there are. */
function curve(
  history: readonly Epoch[],
  measure: keyof Epoch,
  { color, dashes }: KeyEntry,
) {
  const known = history.filter((epoch) => Number.isFinite(epoch[measure]));
  return [
    Plot.line(known, {
      x: "epoch",
      y: measure,
      stroke: color,
      strokeWidth: 2,
      strokeDasharray: dashes,
    }),
    ...(known.length <= 12
      ? [Plot.dot(known, { x: "epoch", y: measure, fill: color, r: 3 })]
      : []),
  ];
}

/** One panel: a measure in training and validation. */
function drawMeasure(
  label: string,
  measure: "loss" | "accuracy",
  { history, keptEpoch }: LearningCurves,
  highest: number,
): Plot.PlotOptions {
  const epochs = history.map(({ epoch }) => epoch);
  const first = epochs[0];
  const last = epochs[epochs.length - 1];
  const xRange = first === last ? [first - 1, last + 1] : [first, last];
  const kept = epochs.filter((epoch) => epoch === keptEpoch);
  const lateHalf = keptEpoch > (xRange[0] + xRange[1]) / 2;
  return {
    width: PANEL_WIDTH,
    height: PANEL_HEIGHT,
    marginTop: 40,
    marginLeft: 44,
    marginRight: 12,
    marginBottom: 44,
    x: { domain: xRange },
    y: { domain: [0, highest] },
    marks: [
      ...valueAxisX({
        label: "Epoch (passes over the training samples)",
        ticks: epochs.length <= 8 ? epochs : 6,
        tickFormat: (epoch) => String(epoch),
      }),
      ...valueAxisY({ label, ticks: 5 }),
      Plot.ruleX(kept, { stroke: INK.quiet, strokeDasharray: "2,3" }),
      ...curve(history, measure, TRAINING),
      ...curve(history, `val_${measure}`, VALIDATION),
      Plot.text(kept, {
        x: (epoch: number) => epoch,
        frameAnchor: "top",
        lineAnchor: "bottom",
        dy: -4,
        dx: lateHalf ? 4 : -4,
        textAnchor: lateHalf ? "end" : "start",
        text: (epoch: number) => `kept: epoch ${epoch}`,
        fill: INK.quiet,
        fontSize: 11,
      }),
    ],
  };
}

/**
 * Draws loss and accuracy by epoch, in training and validation, and marks the
 * epoch whose weights were kept. Values that are not finite are left out.
 *
 * @returns An SVG text.
 */
export function drawLearningCurves(curves: LearningCurves): string {
  const { history, keptEpoch } = curves;
  if (history.length === 0) {
    return renderNothing(TITLE, "no epoch was recorded");
  }
  const validated = history.some(({ val_loss, val_accuracy }) =>
    Number.isFinite(val_loss) || Number.isFinite(val_accuracy)
  );
  const key = drawKey(
    validated ? [TRAINING, VALIDATION] : [TRAINING],
    CONTENT_WIDTH,
  );
  const top = key.height + 4;
  const [, highest] = paddedRange(
    history.flatMap(({ loss, val_loss }) => [loss, val_loss ?? NaN]),
  );
  const epochs = countOf(history.length, "epoch");
  return renderFigure({
    title: TITLE,
    facts: `${epochs}; the weights of epoch ${keptEpoch} were kept.${
      validated ? "" : " No validation values are known."
    }`,
    description:
      `Two line charts: cross-entropy loss and accuracy over ${epochs} of training.`,
    height: top + PANEL_HEIGHT,
    panels: [
      { left: 0, top: 2, options: key.options },
      ...([
        ["loss", "Loss (cross-entropy, nats)", Math.max(highest, 1e-6)],
        ["accuracy", "Accuracy (share predicted right)", 1],
      ] as const).map(([measure, label, highest], index) => ({
        left: index * (PANEL_WIDTH + 12),
        top,
        options: drawMeasure(label, measure, curves, highest),
      })),
    ],
  });
}
