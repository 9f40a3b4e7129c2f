/** Data with little or nothing in them: an honest picture, never a throw. */

import assert from "node:assert/strict";
import { drawConfusionMatrix } from "../../lib/cnn/figures/confusion_matrix.ts";
import { drawDots } from "../../lib/enrichment/figures/dots.ts";
import { drawVariance } from "../../lib/confounding/figures/variance.ts";
import { drawCutoffCurve } from "../../lib/shap/figures/cutoff_curve.ts";
import { drawEmbedding } from "../../lib/clusters/figures/embedding.ts";
import { drawLearningCurves } from "../../lib/cnn/figures/learning_curves.ts";
import { drawNullTests } from "../../lib/null_test/figures/null_tests.ts";
import { drawPanelCurves } from "../../lib/panels/figures/panel_curves.ts";
import { drawSamplesPerTissue } from "../../lib/prepare/figures/samples_per_tissue.ts";
import { drawScoreDistribution } from "../../lib/shap/figures/score_distribution.ts";
import { drawSplitCurves } from "../../lib/splits/figures/split_curves.ts";
import { drawTissueF1 } from "../../lib/cnn/figures/tissue_f1.ts";
import { drawTopGenes } from "../../lib/shap/figures/top_genes.ts";
import { drawVMeasures } from "../../lib/clusters/figures/v_measures.ts";
import { examplePanels, exampleSplits, f1Data } from "./example_data.ts";
import { assertSound } from "./sound.ts";

const EPOCH = {
  epoch: 1,
  loss: 1,
  accuracy: 0.5,
  val_loss: 1,
  val_accuracy: 1,
};
const POINT = { sample_id: "s", tissue: "leaf", x: 1, y: 1 };
const TEST = {
  gene_set: "shap",
  null_model: "any genes",
  space: "UMAP",
  statistic: 0.5,
  p_empirical: 0.5,
  p_adjusted: 0.5,
};
const CUT = { threshold: 0.5, genes: 3 };

/** Data with little or nothing in them, and whether there is a picture. */
const DEGENERATE: Record<string, [() => string, "empty" | "drawn"]> = {
  "no panel in any split": [
    () => {
      const { splits, repeated } = exampleSplits(3);
      return drawSplitCurves({
        splits,
        repeated: { ...repeated, panels: [], panel_differences: [] },
      });
    },
    "empty",
  ],
  "two splits, one ranking": [
    () => {
      const { splits, repeated } = exampleSplits(2);
      return drawSplitCurves({
        splits,
        repeated: {
          ...repeated,
          rankings: repeated.rankings.slice(0, 1),
          panels: repeated.panels.filter(({ ranking }) => ranking === "shap"),
          panel_differences: [],
        },
      });
    },
    "drawn",
  ],
  "no panel": [
    () => drawPanelCurves({ rows: [], summary: examplePanels(true).summary }),
    "empty",
  ],
  "panels of one size, not clustered": [
    () => {
      const { rows, summary } = examplePanels(true);
      return drawPanelCurves({
        rows: rows.filter(({ size, score }) => size === 2 && score !== "ami"),
        summary: { ...summary, sizes: [2, 0] },
      });
    },
    "drawn",
  ],
  "no gene that varies": [
    () =>
      drawVariance({
        rows: [{ epsilon_tissue: null, epsilon_study: null, in_set: true }],
      }),
    "empty",
  ],
  "no enriched term": [
    () =>
      drawDots({ rankings: ["SHAP"], groups: [], top: 1, page: 1, pages: 1 }),
    "empty",
  ],
  "a term by no ranking, and one whose p is 0": [
    () =>
      drawDots({
        rankings: ["SHAP", "x".repeat(300)],
        groups: [{
          tissue: "",
          terms: [
            { label: "<&>", dots: [null, null] },
            { label: "", dots: [{ k: 0, adjusted: 0 }, null] },
          ],
        }],
        top: 1,
        page: 2,
        pages: 3,
      }),
    "drawn",
  ],
  "genes that vary by nothing, none of the set": [
    () =>
      drawVariance({
        rows: Array.from({ length: 4000 }, () => ({
          epsilon_tissue: -0.1,
          epsilon_study: 0,
          in_set: false,
        })),
      }),
    "drawn",
  ],
  "no epoch": [
    () => drawLearningCurves({ history: [], keptEpoch: 0 }),
    "empty",
  ],
  "one epoch without finite values": [
    () =>
      drawLearningCurves({
        history: [{
          epoch: 1,
          loss: NaN,
          accuracy: NaN,
          val_loss: NaN,
          val_accuracy: Infinity,
        }],
        keptEpoch: 7,
      }),
    "drawn",
  ],
  "equal epochs": [
    () =>
      drawLearningCurves({
        history: [EPOCH, { ...EPOCH, epoch: 2 }, { ...EPOCH, epoch: 3 }],
        keptEpoch: 2,
      }),
    "drawn",
  ],
  "zero loss": [
    () =>
      drawLearningCurves({
        history: [{ ...EPOCH, loss: 0, val_loss: 0 }],
        keptEpoch: 1,
      }),
    "drawn",
  ],
  "no tissue confused": [
    () => drawConfusionMatrix({ tissues: [], counts: [] }),
    "empty",
  ],
  "all counts zero": [
    () =>
      drawConfusionMatrix({
        tissues: ["a", "b"],
        counts: [[0, 0], [0, 0]],
      }),
    "empty",
  ],
  "one tissue, a row without samples": [
    () =>
      drawConfusionMatrix({
        tissues: ["a", "b"],
        counts: [[12345, 0], [0, 0]],
      }),
    "drawn",
  ],
  "no tissue scored": [() => drawTissueF1(f1Data([])), "empty"],
  "no sample of a tissue, no score": [
    () =>
      drawTissueF1(f1Data([{
        tissue: "leaf",
        f1: 0,
        support: 0,
        centroidF1: 0,
        neighborsF1: 0,
      }])),
    "drawn",
  ],
  "no rank": [
    () => drawCutoffCurve({ shares: [], cutoffRank: 0, ...CUT }),
    "empty",
  ],
  "one rank": [
    () => drawCutoffCurve({ shares: [1], cutoffRank: 1, ...CUT }),
    "drawn",
  ],
  "no gene": [
    () => drawTopGenes({ tissues: ["a"], genes: [], values: [[]], label: "z" }),
    "empty",
  ],
  "equal expression": [
    () =>
      drawTopGenes({
        tissues: ["a"],
        genes: ["g", "g"],
        values: [[2, 2]],
        label: "z",
      }),
    "drawn",
  ],
  "one value below zero": [
    () =>
      drawTopGenes({
        tissues: ["a"],
        genes: ["g", "h"],
        values: [[-2, 0]],
        label: "z",
      }),
    "drawn",
  ],
  "no score": [
    () =>
      drawScoreDistribution({
        rows: [{ tissue: "a", gene: "g", scores: [] }],
      }),
    "empty",
  ],
  "one score, one gene without": [
    () =>
      drawScoreDistribution({
        rows: [
          { tissue: "a", gene: "g", scores: [0] },
          { tissue: "b", gene: "h", scores: [] },
        ],
      }),
    "drawn",
  ],
  "one point": [
    () => drawEmbedding({ title: "UMAP", points: [POINT] }),
    "drawn",
  ],
  "equal points": [
    () =>
      drawEmbedding({
        title: "UMAP",
        points: [POINT, { ...POINT, tissue: "b" }, POINT],
      }),
    "drawn",
  ],
  "one perfect run": [
    () =>
      drawVMeasures({
        rows: [{ geneSet: "shap", kind: "method", genes: 1, vMeasure: 1 }],
      }),
    "drawn",
  ],
  "equal random sets": [
    () => drawNullTests({ tests: [{ ...TEST, nullMeans: [0.5, 0.5, 0.5] }] }),
    "drawn",
  ],
  "all zero": [
    () => drawNullTests({ tests: [{ ...TEST, nullMeans: [0], statistic: 0 }] }),
    "drawn",
  ],
  "no tissue split": [() => drawSamplesPerTissue({ rows: [] }), "empty"],
  "a tissue without samples": [
    () =>
      drawSamplesPerTissue({
        rows: [{ tissue: "a", train: 0, validation: NaN, test: 0 }],
      }),
    "drawn",
  ],
};

for (const [name, [draw, outcome]] of Object.entries(DEGENERATE)) {
  Deno.test(`${name}: ${outcome}, and no throw`, () => {
    const svg = draw();
    assertSound(svg, name);
    assert.equal(svg.includes("Nothing to draw"), outcome === "empty");
    assert.equal(draw(), svg);
  });
}
