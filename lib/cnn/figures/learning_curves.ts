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
import type { EpochRecord } from "../training.ts";

type Epoch = Omit<EpochRecord, "learningRate">;

/** The data of the figure. */
export interface LearningCurves {
  history: readonly Epoch[];
  /** The epoch whose weights were kept. */
  keptEpoch: number;
}

const TITLE = "Learning curves";
const TRAINING = HUES[0];
const VALIDATION = HUES[3];
const PANEL_HEIGHT = 260;

/** A measure at one epoch. */
interface Reading {
  epoch: number;
  value: number;
}

/** The finite values of one measure. */
function readings(
  history: readonly Epoch[],
  measure: "loss" | "accuracy" | "valLoss" | "valAccuracy",
): Reading[] {
  return history.map((record) => ({
    epoch: record.epoch,
    value: record[measure] ?? NaN,
  })).filter(({ epoch, value }) =>
    Number.isFinite(epoch) && Number.isFinite(value)
  );
}

/** A curve, or dots where a line would hide how few epochs there are. */
function curve(points: Reading[], color: string, dashes?: string) {
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
  training: Reading[],
  validation: Reading[],
  curves: LearningCurves,
  yRange: [number, number],
  width: number,
): Plot.PlotOptions {
  const epochs = curves.history.map(({ epoch }) => epoch)
    .filter(Number.isFinite);
  const first = epochs.reduce((least, epoch) => Math.min(least, epoch));
  const last = epochs.reduce((most, epoch) => Math.max(most, epoch));
  const xRange: [number, number] = first === last
    ? [first - 1, last + 1]
    : [first, last];
  const kept = epochs.includes(curves.keptEpoch) ? [curves.keptEpoch] : [];
  const lateHalf = curves.keptEpoch > (xRange[0] + xRange[1]) / 2;
  return {
    width,
    height: PANEL_HEIGHT,
    marginTop: 40,
    marginLeft: 44,
    marginRight: 12,
    marginBottom: 44,
    x: { domain: xRange },
    y: { domain: yRange },
    marks: [
      ...valueAxisX({
        label: "Epoch (passes over the training samples)",
        ticks: last - first < 8
          ? [...new Set(epochs)].sort((a, b) => a - b)
          : 6,
        tickFormat: (epoch) => String(epoch),
      }),
      ...valueAxisY({ label, ticks: 5 }),
      Plot.ruleX(kept, { stroke: INK.quiet, strokeDasharray: "2,3" }),
      ...curve(training, TRAINING),
      ...curve(validation, VALIDATION, "6,3"),
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
  const epochs = curves.history.filter(({ epoch }) => Number.isFinite(epoch));
  if (epochs.length === 0) {
    return renderNothing(TITLE, "no epoch was recorded");
  }
  const loss = readings(epochs, "loss");
  const valLoss = readings(epochs, "valLoss");
  const accuracy = readings(epochs, "accuracy");
  const valAccuracy = readings(epochs, "valAccuracy");
  const validated = valLoss.length + valAccuracy.length > 0;
  const key = drawKey([
    { label: "training samples", color: TRAINING, symbol: "line" },
    ...(validated
      ? [{
        label: "validation samples",
        color: VALIDATION,
        symbol: "line",
        dashes: "6,3",
      }]
      : []),
  ], CONTENT_WIDTH);
  const width = CONTENT_WIDTH / 2 - 6;
  const highest = paddedRange(
    [...loss, ...valLoss].map(({ value }) => value),
  )[1];
  return renderFigure({
    title: TITLE,
    facts: `${countOf(epochs.length, "epoch")}; the weights of epoch ${
      String(curves.keptEpoch)
    } were kept.${validated ? "" : " No validation values are known."}`,
    description: `Two line charts: cross-entropy loss and accuracy over ${
      countOf(epochs.length, "epoch")
    } of training.`,
    height: key.height + PANEL_HEIGHT + 4,
    panels: [
      { left: 0, top: 2, options: key.options },
      {
        left: 0,
        top: key.height + 4,
        options: drawMeasure(
          "Loss (cross-entropy, nats)",
          loss,
          valLoss,
          { ...curves, history: epochs },
          [0, Math.max(highest, 1e-6)],
          width,
        ),
      },
      {
        left: width + 12,
        top: key.height + 4,
        options: drawMeasure(
          "Accuracy (share predicted right)",
          accuracy,
          valAccuracy,
          { ...curves, history: epochs },
          [0, 1],
          width,
        ),
      },
    ],
  });
}
