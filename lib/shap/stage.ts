/** The stage that explains samples and selects the gene set. */

import { openBackend } from "../backend/open.ts";
import { noteSpeed } from "../backend/speed_note.ts";
import { readNetworks } from "../cnn/ensemble.ts";
import { defineStage } from "../pipeline/stage.ts";
import { checkScores } from "../selection/check_scores.ts";
import { checkTissues } from "../selection/check_tissues.ts";
import {
  consensusDepth,
  consensusGenes,
  votersOf,
} from "../selection/consensus.ts";
import { formatUnstable } from "../selection/enough_draws.ts";
import { medianStandardErrors } from "../selection/median_errors.ts";
import { stableCandidates } from "../selection/half_frequencies.ts";
import {
  compareKnockoffs,
  knockoffCandidates,
} from "../selection/knockoffs.ts";
import { rankGenes } from "../selection/ranks.ts";
import { selectGeneSet } from "../selection/select_gene_set.ts";
import {
  networkAgreement,
  splitHalfAgreement,
  summarizeHalves,
  summarizeNetworks,
  withoutDetails,
} from "../selection/stability.ts";
import { totalErrors } from "../selection/total_errors.ts";
import { shapDeclaration } from "./declaration.ts";
import { writeAttributions } from "./attributions/stage_part.ts";
import { additivityWarning } from "./additivity.ts";
import {
  checkRanked,
  checkSelected,
  warnOfTwoTissues,
} from "./check_selected.ts";
import { writeDecoys } from "./decoy_outputs.ts";
import { explainPart, type ExplainTools, predictPart } from "./explain_part.ts";
import * as figures from "./figure_data.ts";
import { rankOnHalves } from "./half_networks.ts";
import { writeHalves } from "./half_outputs.ts";
import { readInputs } from "./inputs.ts";
import { writeJudgingLists } from "./judging_lists.ts";
import { writeLearnedOutputs } from "./learned_outputs.ts";
import * as files from "./outputs.ts";
import {
  summarizeConsensus,
  summarizeDraws,
  summarizeExplanations,
  summarizeGeneSet,
  summarizeKnockoffs,
} from "./summary.ts";
import * as tables from "./rows.ts";
import { scoredNeighbors } from "./scored_neighbors.ts";
import { writeValues } from "./value_outputs.ts";
import { formatVerdict } from "./verdict.ts";
import { writeLists } from "./write_lists.ts";

/** Explains, ranks, selects, and writes `shap/`. */
export const shapStage = defineStage({
  ...shapDeclaration,
  async run(context) {
    const { draws, output, direction, explained: judged } = context.parameters;
    const minSamples = context.parameters["min-samples"];
    const inputs = await readInputs(context);
    const { dataset, matrix, rule, factsOf, candidates } = inputs;
    const { decoyCandidates, knockoffOf } = inputs;
    const { geneColumns, decoyColumns, decoys } = matrix;
    const { genes, geneFacts, tissueNames: tissues } = dataset;

    // What the networks predict of the samples.
    const backend = await openBackend(context.settings.backend, "shap");
    noteSpeed(backend, context.say);
    const opened = {
      ...inputs,
      backend,
      networks: await readNetworks(context),
      baseValues: new Map<number, Float64Array>(),
    };
    // With folds every sample is a test sample, and all of them rank.
    const part = judged === "test" || dataset.folds.length > 1
      ? "test"
      : "training";
    const predicted = await predictPart(context, opened, part);
    const { folds, samples } = predicted;
    const { tissueOf: asked, leftOut } = checkTissues(context, {
      tissues,
      tissueOf: predicted.tissueOf,
      minSamples,
      folds: dataset.folds.length,
    });

    // Why they predict it.
    const tools: ExplainTools = {
      ...opened,
      checkpoints: await context.checkpoints(backend.description),
    };
    const { scores, rounds, compare } = await explainPart(context, tools, {
      ...predicted,
      tissueOf: asked,
    });
    const geneScores = scores.ofAll(geneColumns);
    const { tissueOf, withoutScores } = checkScores(context, {
      scores: geneScores,
      tissueOf: asked,
      tissues,
      output,
    });
    const compared = compare(tissueOf);
    const halves = splitHalfAgreement(compared);
    const taken = summarizeDraws(scores, tissueOf);
    if (draws === "auto") {
      const warning = formatUnstable(halves, taken.draws);
      if (warning !== "") context.warn(warning);
    }
    const shap = {
      genes: geneScores,
      decoys: scores.ofAll(decoyColumns),
      tissueOf,
      candidates,
      decoyCandidates,
      knockoffOf,
    };
    const explained = tables.explanationRows(
      samples,
      scores,
      shap.decoys,
      context.settings.seed,
    );

    await writeAttributions(context, tools, { ...predicted, tissueOf });

    // The gene set, and how robust it is.
    const onHalves = await rankOnHalves(context, tools);
    const stable = rule.rule === "stable"
      ? stableCandidates(
        onHalves,
        tissues,
        { ...rule, genes: genes.length, decoys: decoys.length },
        shap,
      )
      : null;
    const besideKnockoffs = compareKnockoffs(
      shap,
      tissues,
      context.parameters.fdr,
    );
    const among = rule.rule === "knockoff"
      ? { candidates: knockoffCandidates(besideKnockoffs) }
      : stable;
    const geneSet = selectGeneSet({ ...shap, ...among }, tissues, genes, rule);
    // All genes, also where the set is chosen from them one by one.
    const ranked = among === null
      ? geneSet.ranked
      : rankGenes(geneScores, tissueOf, tissues, genes, candidates);
    checkRanked(ranked);
    checkSelected(geneSet.union.genes.length, rule);
    warnOfTwoTissues(context, rule, ranked.length);
    const foldLists = judged === "test"
      ? null
      : await writeJudgingLists(context, tools, inputs, {
        ...predicted,
        scores,
      }, stable?.candidates);
    const networks = networkAgreement(compared);
    const { blocks, ensemble } = scores.size;
    const foldOf = samples.map(({ fold }) => fold);
    const depth = consensusDepth(genes.length, geneSet.selected.ranks);
    const consensus = folds.length * ensemble === 1 ? null : consensusGenes({
      compared,
      foldOf,
      minSamples,
      ranked,
      ids: genes,
      top: depth,
    });
    const summary: files.ShapSummary = {
      output,
      explained_part: part,
      samples: context.parameters.samples,
      min_samples: minSamples,
      ...taken,
      draws_asked: draws,
      rounds,
      blocks,
      ensemble,
      folds: dataset.folds.length,
      ...summarizeExplanations(explained, tissueOf),
      image_neighbors: scoredNeighbors(
        { ...shap, matrix, folds, samples },
        context.stream("neighbors"),
      ),
      tissues_left_out: leftOut,
      tissues_without_scores: withoutScores,
      cutoff_rule: rule.rule,
      direction,
      genes_in_matrix: genes.length,
      ...summarizeGeneSet(geneSet, genes.length),
      knockoffs: knockoffOf &&
        summarizeKnockoffs(besideKnockoffs, context.parameters.fdr),
      consensus: consensus &&
        summarizeConsensus(
          consensus,
          votersOf(ensemble, foldOf).length,
          depth,
        ),
      draws_stability: summarizeHalves(halves),
      networks_stability: summarizeNetworks(networks, ensemble),
      fold_lists: foldLists,
    };

    const missed = additivityWarning(summary);
    if (missed !== "") context.warn(missed);

    // The lists of genes.
    const errors = medianStandardErrors(compared);
    const totals = totalErrors(compared);
    const found = { genes, geneFacts, geneSet, errors, totals, factsOf };
    await writeLists(context, found, ranked, consensus);

    await writeHalves(context, onHalves, genes, rule, summary);

    // The scores, and what they rest on.
    await writeLearnedOutputs(context, folds, dataset);
    await writeValues(context, files.shapValues, shap.genes, samples.length);
    await writeDecoys(
      context,
      { ...shap, geneSet, besideKnockoffs },
      dataset,
      decoys,
    );
    await context.write(files.explanations, explained);
    await context.write(files.standardErrors, tables.errorRows(genes, errors));
    await context.write(files.cutoffCurve, tables.curveRows(geneSet));
    await context.write(
      files.stability,
      [...halves, ...withoutDetails(networks)],
    );
    await context.write(files.summary, summary);
    await context.draw(
      files.cutoffCurveFigure,
      figures.cutoffCurveData(geneSet, rule, direction),
    );
    await context.draw(
      files.scoreDistributionFigure,
      figures.scoreDistributionData(found, shap.genes, tissueOf, direction),
    );
    await context.draw(
      files.topGenesFigure,
      figures.topGenesData(dataset, found, direction),
    );
    return {
      verdict: formatVerdict(summary),
      backend: backend.description,
    };
  },
});
