/** The stage that explains the test samples and cuts out the gene set. */

import { openBackend } from "../backend/open.ts";
import { withThreads } from "../backend/threads.ts";
import { networkStream, readNetworks } from "../cnn/ensemble.ts";
import { readDataset } from "../prepare/dataset.ts";
import { readImageMatrix } from "../prepare/image_matrix.ts";
import { withCommas } from "../cli/text.ts";
import { InputError } from "../cli/errors.ts";
import { deriveSeed } from "../random.ts";
import { defineStage, type StageContext } from "../pipeline/stage.ts";
import type { BlockScores } from "./block_scores.ts";
import { rankDecoys } from "../selection/decoy_ranks.ts";
import { estimateDecoyRates } from "../selection/decoy_rates.ts";
import { drawRounds, drawStream, ENOUGH_OVERLAP } from "./draw_rounds.ts";
import { explainSamples } from "./explain.ts";
import {
  predictFolds,
  type PredictionInputs,
  predictionsToMake,
} from "./predictions.ts";
import { explanationsOf } from "./explanation.ts";
import { writeFigures } from "./draw_figures.ts";
import { type CutoffRule, selectGenes } from "../selection/cutoff.ts";
import { medianStandardErrors } from "../selection/median_errors.ts";
import { mergeRankings } from "../selection/rank_union.ts";
import { checkTissues } from "../selection/check_tissues.ts";
import { rankGenes } from "../selection/ranks.ts";
import { shapParameters } from "./parameters.ts";
import {
  expectedOverlap,
  meanAgreement,
  networkAgreement,
  splitHalfAgreement,
} from "../selection/stability.ts";
import { type ExplanationSummary, summarize } from "./summary.ts";
import {
  writeCutCurve,
  writeDecoys,
  writeExplanations,
  writeGenes,
  writeStability,
} from "./outputs.ts";
import { tissueMedians } from "../selection/tissue_medians.ts";

/** Below this share of unique genes among those listed, the walk stops. */
const UNIQUE_SHARE = 0.5;

/** Explains, ranks, cuts, and writes `shap/`. */
export const shapStage = defineStage({
  name: "shap",
  summary: "explain each test sample by expected gradients, cut the gene set",
  needs: ["prepare", "cnn"],
  parameters: shapParameters,
  async run(context) {
    const { draws, alphas, backgrounds, cut: ruleName, fdr, top } =
      context.parameters;
    const dataset = await readDataset(context);
    const matrix = await readImageMatrix(context, dataset);
    const { geneColumns, decoyColumns, decoys } = matrix;
    if (ruleName === "fdr" && decoys.length === 0) {
      throw new InputError(
        "Cannot cut by the false discovery rate: the matrix has no decoy " +
          "genes, by which it is estimated, and should have some",
        "deno task prepare --decoys 0.1",
      );
    }
    const rule: CutoffRule = ruleName === "unique"
      ? { rule: ruleName, share: UNIQUE_SHARE }
      : ruleName === "fdr"
      ? { rule: ruleName, rate: fdr }
      : { rule: ruleName, ranks: top };

    // What the networks say of the test samples.
    const backend = await openBackend(context.settings.backend);
    const inputs: PredictionInputs = {
      dataset,
      matrix,
      networks: await readNetworks(context),
      maxBufferBytes: backend.maxBufferBytes,
      densitySeed: alphas === "steep"
        ? (network) => context.seedOf(networkStream(network, "density"))
        : null,
    };
    const progress = context.progress(
      "predicting",
      predictionsToMake(inputs),
      "samples",
    );
    const folds = await withThreads(
      context.settings.threads,
      () => predictFolds(inputs, (samples) => progress.advance(samples)),
    ).finally(() => progress.close());
    const samples = folds.flatMap(({ samples }) => samples)
      .sort((a, b) => a.row - b.row);
    const correct = samples.map(({ tissue, predicted }) =>
      tissue === predicted ? tissue : null
    );
    const missing = checkTissues(context, dataset, samples, correct);

    // Why they say it.
    const compared = (scores: BlockScores) => ({
      scores,
      columns: geneColumns,
      tissueOf: correct,
      tissues: dataset.tissueNames,
    });
    const overlapOf = (scores: BlockScores) =>
      expectedOverlap(
        meanAgreement(splitHalfAgreement(compared(scores)))!.overlap,
      );
    const { scores, rounds } = await explainSamples(context, {
      folds,
      placeOf: new Map(samples.map((sample, place) => [sample, place])),
      matrix,
      backend: backend.name,
      rules: { alphas, backgrounds },
      rounds: drawRounds(draws, context.parameters["max-draws"]),
      suffices: (scores) => overlapOf(scores) >= ENOUGH_OVERLAP,
      checkpoints: await context.checkpoints(backend.description),
    });
    if (draws === "auto") {
      warnIfTooFew(context, scores.draws, overlapOf(scores));
    }

    // The genes by rank, and the cut.
    const genes = dataset.genes;
    const geneScores = scores.ofAll(geneColumns);
    const decoyScores = scores.ofAll(decoyColumns);
    const ranked = rankGenes(
      { scores: geneScores, genes: genes.length },
      correct,
      dataset.tissueNames,
      genes,
    );
    const walk = mergeRankings(ranked);
    const decoyRanks = rankDecoys(
      ranked,
      tissueMedians(
        { scores: decoyScores, genes: decoys.length },
        correct,
        dataset.tissueNames,
      ).map(({ medians }) => medians),
    );
    const rates = decoys.length > 0
      ? estimateDecoyRates(walk, decoyRanks)
      : null;
    const cut = selectGenes(walk, rule, rates);

    // How far to believe it.
    const halves = splitHalfAgreement(compared(scores));
    const networks = networkAgreement(compared(scores));
    const explanations = explanationsOf(
      samples,
      scores,
      decoyScores,
      (sampleId) =>
        deriveSeed(context.settings.seed, drawStream(sampleId, 1, 1)),
    );
    const summary = summarize({
      draws: {
        draws: scores.draws,
        draws_asked: draws,
        rounds,
        blocks: scores.size.blocks,
        replicates: scores.size.replicates,
        folds: dataset.folds.length,
      },
      explanations,
      ranked,
      tissuesWithoutSamples: missing,
      walk,
      rule: ruleName,
      cut,
      rates,
      halves,
      networks,
    });

    const { folder } = context;
    await writeExplanations(
      folder,
      { genes: geneScores, decoys: decoyScores },
      explanations,
    );
    await writeGenes(
      folder,
      genes,
      ranked,
      medianStandardErrors(compared(scores)),
      cut,
    );
    await writeCutCurve(folder, walk, rates);
    if (rates) await writeDecoys(folder, genes, decoys, decoyRanks, cut);
    await writeStability(folder, [...halves, ...networks]);
    await Deno.writeTextFile(
      `${folder}/summary.json`,
      JSON.stringify(summary, null, 2) + "\n",
    );
    await writeFigures(folder, {
      dataset,
      scores: geneScores,
      correct,
      ranked,
      walk,
      rule,
      cut,
      rates,
    });
    return {
      verdict: formatVerdict(summary, genes.length),
      backend: backend.description,
    };
  },
});

/** Says so where `auto` came to its end and not to its aim. */
function warnIfTooFew(
  context: Pick<StageContext, "warn">,
  draws: number,
  overlap: number,
): void {
  if (overlap >= ENOUGH_OVERLAP) return;
  context.warn(
    `The draws ended at ${withCommas(draws)} a sample, as --shap.max-draws ` +
      `has it: a rerun is expected to share ${(100 * overlap).toFixed(0)} % ` +
      `of each tissue's top genes, not ${100 * ENOUGH_OVERLAP} %.`,
  );
}

function formatVerdict(summary: ExplanationSummary, genes: number): string {
  const { correct, explained, decoys } = summary;
  return `${withCommas(summary.genes)} of ${withCommas(genes)} genes, cut at ` +
    `rank ${withCommas(summary.listed_ranks)}; ${correct} of ${explained} ` +
    "test samples predicted right" +
    (decoys === null
      ? ""
      : `; by the decoys up to ${
        withCommas(decoys.false_genes)
      } genes by chance`);
}
