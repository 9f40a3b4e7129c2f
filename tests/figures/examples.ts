/** The figures on example data; most have a snapshot in tests/fixtures/figures. */

import { drawAgreement } from "../../lib/sanity_checks/figures/agreement.ts";
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
import * as data from "./example_data.ts";

/** Every figure on results of realistic size, by name. */
export const EXAMPLES: Record<string, () => string> = {
  agreement: () =>
    drawAgreement({
      rows: data.exampleAgreement(data.MAIZE_ORGANS),
      genes: 10000,
    }),
  learning_curves: () =>
    drawLearningCurves({ history: data.exampleHistory(50), keptEpoch: 41 }),
  learning_curves_one_epoch: () =>
    drawLearningCurves({
      history: data.exampleHistory(1).map((record) => ({
        ...record,
        val_loss: null,
        val_accuracy: NaN,
      })),
      keptEpoch: 1,
    }),
  confusion_matrix: () =>
    drawConfusionMatrix({
      tissues: data.HUMAN_TISSUES,
      counts: data.exampleCounts(data.HUMAN_TISSUES),
    }),
  confusion_matrix_maize: () =>
    drawConfusionMatrix({
      tissues: data.MAIZE_ORGANS,
      counts: data.exampleCounts(data.MAIZE_ORGANS),
    }),
  enriched_terms: () =>
    drawDots({
      rankings: ["SHAP", "fold change"],
      top: 100,
      page: 1,
      pages: 1,
      groups: [
        {
          tissue: "leaf",
          terms: [
            {
              label: "photosynthesis, light harvesting in photosystem I and " +
                "all that goes with it",
              dots: [{ k: 18, adjusted: 8e-14 }, { k: 44, adjusted: 2e-57 }],
            },
            { label: "photosystem", dots: [null, { k: 25, adjusted: 1e-9 }] },
          ],
        },
        {
          tissue: "root",
          terms: [{
            label: "peroxidase activity",
            dots: [{ k: 14, adjusted: 1e-11 }, { k: 1, adjusted: 1 }],
          }],
        },
      ],
    }),
  variance: () => drawVariance({ rows: data.exampleVariances(120) }),
  tissue_f1: () => drawTissueF1(data.exampleF1(data.HUMAN_TISSUES)),
  cutoff_curve: () =>
    drawCutoffCurve({
      shares: data.exampleShares(10000, 9000),
      cutoffRank: 478,
      genes: 7167,
      threshold: 0.5,
    }),
  top_genes: () => drawTopGenes(data.exampleHeatMap(data.HUMAN_TISSUES, 5)),
  top_genes_maize: () =>
    drawTopGenes(data.exampleHeatMap(data.MAIZE_ORGANS, 3)),
  score_distribution: () =>
    drawScoreDistribution({ rows: data.exampleScores(data.HUMAN_TISSUES) }),
  embedding: () =>
    drawEmbedding({
      title: "UMAP of the test samples on the 2,216 SHAP genes",
      points: data.examplePoints(data.HUMAN_TISSUES, 10),
    }),
  embedding_maize: () =>
    drawEmbedding({
      title: "UMAP of the test samples on the SHAP genes",
      points: data.examplePoints(data.MAIZE_ORGANS, 4),
    }),
  v_measures: () => drawVMeasures({ rows: data.exampleVMeasures(5) }),
  v_measures_many_sets: () =>
    drawVMeasures({ rows: data.exampleVMeasures(50) }),
  v_measures_spaces: () =>
    drawVMeasures({
      rows: ["UMAP", "Principal components"].flatMap((space) =>
        data.exampleVMeasures(3).map((row) => ({ ...row, space }))
      ),
    }),
  null_tests: () => drawNullTests({ tests: data.exampleTests(100) }),
  panel_curves: () => drawPanelCurves(data.examplePanels(true)),
  panel_curves_seen: () => drawPanelCurves(data.examplePanels(false)),
  split_curves: () => drawSplitCurves(data.exampleSplits(10)),
  samples_per_tissue: () =>
    drawSamplesPerTissue({ rows: data.exampleSplit(data.HUMAN_TISSUES) }),
  hostile_names: () => drawTissueF1(data.exampleF1(data.HOSTILE_NAMES)),
  hostile_names_embedding: () =>
    drawEmbedding({
      title: 'UMAP of <b>"all"</b> & more',
      points: data.examplePoints(data.HOSTILE_NAMES, 5),
    }),
};

/** Drawn in the tests, but too large for a snapshot. */
const TOO_LARGE = new Set(["confusion_matrix", "top_genes"]);

/** The images that are compared with their snapshots. */
export const SNAPSHOTS: Record<string, () => string> = Object.fromEntries(
  Object.entries(EXAMPLES).filter(([name]) => !TOO_LARGE.has(name)),
);

/** The address of a snapshot, or with `.actual` of what differs from it. */
export function snapshotUrl(name: string, suffix = ""): URL {
  return new URL(`../fixtures/figures/${name}${suffix}.svg`, import.meta.url);
}
