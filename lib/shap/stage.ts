/** The stage that explains the test samples and selects the gene set. */

import { openBackend } from "../backend/open.ts";
import { withThreads } from "../backend/threads.ts";
import { InputError, rerun, RunError } from "../cli/errors.ts";
import type { Values } from "../cli/parameters.ts";
import { withCommas } from "../cli/text.ts";
import { networkStream, readNetworks } from "../cnn/ensemble.ts";
import { defineStage, type StageContext } from "../pipeline/stage.ts";
import { readDataset } from "../prepare/dataset.ts";
import { readImageMatrix } from "../prepare/image_matrix.ts";
import { genes as preparedGenes } from "../prepare/outputs.ts";
import { tissueContrasts } from "../prepare/tissue_contrasts.ts";
import { candidatesOf } from "../selection/candidates.ts";
import { checkTissues } from "../selection/check_tissues.ts";
import type { CutoffRule } from "../selection/cutoff.ts";
import { decoyDataset } from "../selection/decoy_dataset.ts";
import { selectGeneSet } from "../selection/select_gene_set.ts";
import { AUTO_STOP_OVERLAP, UNIQUE_SHARE } from "../selection/levels.ts";
import { medianStandardErrors } from "../selection/median_errors.ts";
import {
  networkAgreement,
  splitHalfAgreement,
  summarizeHalves,
  summarizeNetworks,
  withoutDetails,
} from "../selection/stability.ts";
import { writeNpy } from "../store/npy.ts";
import type { BlockScores } from "./block_scores.ts";
import { drawRounds } from "./draw_rounds.ts";
import { explainSamples } from "./explain.ts";
import * as figures from "./figure_data.ts";
import { factsOfGenes } from "./gene_facts.ts";
import * as lists from "./gene_rows.ts";
import * as files from "./outputs.ts";
import { shapParameters } from "./parameters.ts";
import {
  predictFolds,
  type PredictionInputs,
  predictionsToMake,
} from "./predictions.ts";
import { summarizeExplanations, summarizeGeneSet } from "./summary.ts";
import * as tables from "./rows.ts";

/** Explains, ranks, selects, and writes `shap/`. */
export const shapStage = defineStage({
  module: import.meta.url,
  name: "shap",
  summary:
    "explain each test sample by expected gradients, select the gene set",
  needs: ["prepare", "cnn"],
  parameters: shapParameters,
  outputs: files.outputs,
  async run(context) {
    const { draws, alphas, backgrounds, direction } = context.parameters;
    const dataset = await readDataset(context);
    const matrix = await readImageMatrix(context, dataset);
    const { geneColumns, decoyColumns, decoys } = matrix;
    const { genes, tissueNames: tissues } = dataset;
    const rule = cutoffRule(context.parameters, decoys.length);
    const names = await context.read(preparedGenes);
    const contrasts = tissueContrasts(dataset);
    const candidates = candidatesOf(direction, contrasts);

    // What the networks predict of the test samples.
    const backend = await openBackend(context.settings.backend, "shap");
    const folds = await predict(context, {
      dataset,
      matrix,
      networks: await readNetworks(context),
      maxBufferBytes: backend.maxBufferBytes,
      densitySeed: alphas === "importance"
        ? (network) => context.seedOf(networkStream(network, "density"))
        : null,
    });
    const samples = folds.flatMap(({ samples }) => samples)
      .sort((a, b) => a.row - b.row);
    const tissueOf = samples.map(({ tissue, predicted }) =>
      tissue === predicted ? tissue : null
    );
    const missing = checkTissues(context, tissues, tissueOf);

    // Why they predict it.
    const compared = (scores: BlockScores) => ({
      scores,
      columns: geneColumns,
      tissueOf,
      tissues,
      candidates,
    });
    const { scores, rounds } = await explainSamples(context, {
      folds,
      rowOf: new Map(samples.map((sample, row) => [sample, row])),
      matrix,
      backend: backend.name,
      rules: { alphas, backgrounds },
      rounds: drawRounds(draws, context.parameters["max-draws"]),
      suffices: (scores) =>
        suffices(summarizeHalves(splitHalfAgreement(compared(scores)))),
      checkpoints: await context.checkpoints(backend.description),
    });
    const halves = splitHalfAgreement(compared(scores));
    const stability = summarizeHalves(halves);
    if (draws === "auto" && !suffices(stability)) {
      context.warn(
        `The draws ended at ${withCommas(scores.draws)} a sample, the limit ` +
          "of --shap.max-draws: a rerun is expected to share " +
          `${(100 * stability!.expected_overlap).toFixed(0)} % of each ` +
          `tissue's top genes, not ${100 * AUTO_STOP_OVERLAP} %.`,
      );
    }
    const shap = {
      genes: scores.ofAll(geneColumns),
      decoys: scores.ofAll(decoyColumns),
      tissueOf,
      candidates,
      decoyCandidates: candidatesOf(
        direction,
        tissueContrasts(decoyDataset(dataset, matrix)),
      ),
    };
    const explained = tables.explanationRows(
      samples,
      scores,
      shap.decoys,
      context.settings.seed,
    );

    // The gene set, and how robust it is.
    const geneSet = selectGeneSet(shap, tissues, genes, rule);
    checkRanked(geneSet.union.genes.length);
    const errors = medianStandardErrors(compared(scores));
    const networks = networkAgreement(compared(scores));
    const { blocks, ensemble } = scores.size;
    const summary: files.ShapSummary = {
      draws: scores.draws,
      draws_asked: draws,
      rounds,
      blocks,
      ensemble,
      folds: dataset.folds.length,
      ...summarizeExplanations(explained),
      tissues_without_samples: missing,
      cutoff_rule: rule.rule,
      direction,
      genes_in_matrix: genes.length,
      ...summarizeGeneSet(geneSet),
      draws_stability: stability,
      networks_stability: summarizeNetworks(networks, ensemble),
    };

    const { ranked } = geneSet;
    const found = {
      genes,
      geneSet,
      errors,
      factsOf: factsOfGenes(contrasts, names.map(({ name }) => name)),
    };
    const tissueGenes = lists.tissueRows(found, new Map());
    await writeNpy(
      context.pathOf(files.shapValues),
      shap.genes,
      [samples.length, genes.length],
    );
    if (decoys.length > 0) {
      await writeNpy(
        context.pathOf(files.decoyShapValues),
        shap.decoys,
        [samples.length, decoys.length],
      );
      await context.write(
        files.decoys,
        tables.decoyRows(genes, decoys, geneSet),
      );
    }
    await context.write(files.explanations, explained);
    await context.write(files.ranks, lists.rankRows(genes, ranked));
    await context.write(
      files.standardErrors,
      tables.errorRows(genes, errors),
    );
    await context.write(files.shapGenes, lists.setRows(found));
    await context.write(files.tissueGenes, tissueGenes);
    await context.write(files.tissueGeneSets, lists.tissueSets(tissueGenes));
    await context.write(files.absentGenes, lists.absentRows(found));
    await context.write(files.background, genes);
    await context.write(files.cutoffCurve, tables.curveRows(geneSet));
    await context.write(
      files.stability,
      [...halves, ...withoutDetails(networks)],
    );
    await context.write(files.summary, summary);
    await context.draw(
      files.cutoffCurveFigure,
      figures.cutoffCurveData(geneSet, rule),
    );
    await context.draw(
      files.scoreDistributionFigure,
      figures.scoreDistributionData(dataset, ranked, shap.genes, tissueOf),
    );
    await context.draw(
      files.topGenesFigure,
      figures.topGenesData(dataset, ranked),
    );
    return {
      verdict: formatVerdict(summary, genes.length),
      backend: backend.description,
    };
  },
});

/**
 * How the set is to be selected.
 *
 * @throws {InputError} If the rule needs decoys and there are none.
 */
function cutoffRule(
  { cutoff, fdr, top }: Values<typeof shapParameters>,
  decoys: number,
): CutoffRule {
  if (cutoff === "unique") return { rule: cutoff, share: UNIQUE_SHARE };
  if (cutoff === "top") return { rule: cutoff, ranks: top };
  if (decoys > 0) return { rule: cutoff, rate: fdr };
  throw new InputError(
    "Cannot select by the false discovery rate: the matrix has no decoy " +
      "genes, by which it is estimated, and should have some",
    rerun("prepare", { decoys: 0.1 }),
  );
}

/** @throws {RunError} If no tissue's ranking holds a gene. */
function checkRanked(genes: number): void {
  if (genes > 0) return;
  throw new RunError(
    "Cannot rank the genes: no gene is higher in a tissue than elsewhere and " +
      "has a median SHAP value above 0 there, and at least one should",
    rerun("shap", { direction: "both" }),
  );
}

/** Whether `auto` has reached its aim. */
function suffices(stability: files.ShapSummary["draws_stability"]): boolean {
  return stability!.expected_overlap >= AUTO_STOP_OVERLAP;
}

/** Predicts all folds behind a progress bar. */
async function predict(
  context: Pick<StageContext, "progress" | "settings">,
  inputs: PredictionInputs,
) {
  using progress = context.progress(
    "predicting",
    predictionsToMake(inputs),
    "samples",
  );
  return await withThreads(
    context.settings.threads,
    () => predictFolds(inputs, (samples) => progress.advance(samples)),
  );
}

function formatVerdict(summary: files.ShapSummary, genes: number): string {
  const { correct, explained, decoys } = summary;
  return `${withCommas(summary.genes)} of ${withCommas(genes)} genes, cutoff ` +
    `at rank ${withCommas(summary.listed_ranks)}; ${correct} of ${explained} ` +
    "test samples predicted right" +
    (decoys
      ? `; by the decoys up to ${
        withCommas(decoys.false_genes)
      } genes by chance`
      : "");
}
