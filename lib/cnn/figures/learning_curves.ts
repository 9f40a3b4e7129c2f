/** Loss and accuracy over the epochs of training. */

import * as Plot from "@observablehq/plot";
import {
  paddedRange,
  valueAxisX,
  valueAxisY,
} from "../../report/figures/axes.ts";
import { drawKey } from "../../report/figures/keys.ts";
import {
  CONTENT_WIDTH,
  renderFigure,
  renderNothing,
} from "../../report/figures/page.ts";
import { HUES, INK } from "../../report/figures/palette.ts";
import { countOf } from "../../cli/text.ts";
import type { EpochRow } from "../outputs.ts";

/** The data of the figure. */
export interface LearningCurves {
  history: readonly Omit<EpochRow, "learning_rate">[];
  /** The epoch whose weights were kept. */
  keptEpoch: number;
}

const TITLE = "Learning curves";
const PANEL_HEIGHT = 260;
const PANEL_WIDTH = CONTENT_WIDTH / 2 - 6;
const CURVES = {
  training: { color: HUES[0], dashes: undefined },
  validation: { color: HUES[3], dashes: "6,3" },
};

/** A measure at one epoch. */
interface Reading {
  epoch: number;
  value: number;
}

/** The finite values of one measure. */
function readings(
  { history }: LearningCurves,
  measure: "loss" | "accuracy" | "val_loss" | "val_accuracy",
): Reading[] {
  return history.map((row) => ({
    epoch: row.epoch,
    value: row[measure] ?? NaN,
  })).filter(({ value }) => Number.isFinite(value));
}

/** A curve, or dots where a line would hide how few epochs there are. */
function curve(points: Reading[], part: keyof typeof CURVES) {
  const { color, dashes } = CURVES[part];
  return [
    Plot.line(points, {
      x: "epoch",
      y: "value",
      stroke: color,
      strokeWidth: 2,
      strokeDasharray: dashes,
    }),
    ...(points.length <= 12
      ? [Plot.dot(points, { x: "epoch", y: "value", fill: color, r: 3 })]
      : []),
  ];
}

/** One panel: a measure in training and validation. */
function drawMeasure(
  label: string,
  [training, validation]: readonly Reading[][],
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
      ...curve(training, "training"),
      ...curve(validation, "validation"),
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
  if (curves.history.length === 0) {
    return renderNothing(TITLE, "no epoch was recorded");
  }
  const loss = [readings(curves, "loss"), readings(curves, "val_loss")];
  const accuracy = [
    readings(curves, "accuracy"),
    readings(curves, "val_accuracy"),
  ];
  const validated = loss[1].length + accuracy[1].length > 0;
  const parts = validated
    ? ["training", "validation"] as const
    : ["training"] as const;
  const key = drawKey(
    parts.map((part) => ({
      label: `${part} samples`,
      symbol: "line",
      ...CURVES[part],
    })),
    CONTENT_WIDTH,
  );
  const top = key.height + 4;
  const [, highest] = paddedRange(loss.flat().map(({ value }) => value));
  const epochs = countOf(curves.history.length, "epoch");
  return renderFigure({
    title: TITLE,
    facts: `${epochs}; the weights of epoch ${curves.keptEpoch} were kept.${
      validated ? "" : " No validation values are known."
    }`,
    description:
      `Two line charts: cross-entropy loss and accuracy over ${epochs} of training.`,
    height: top + PANEL_HEIGHT,
    panels: [
      { left: 0, top: 2, options: key.options },
      {
        left: 0,
        top,
        options: drawMeasure(
          "Loss (cross-entropy, nats)",
          loss,
          curves,
          Math.max(highest, 1e-6),
        ),
      },
      {
        left: PANEL_WIDTH + 12,
        top,
        options: drawMeasure(
          "Accuracy (share predicted right)",
          accuracy,
          curves,
          1,
        ),
      },
    ],
  });
}
