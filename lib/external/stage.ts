/** The stage `external`: another cohort judges the networks and the lists. */

import { basename } from "node:path";
import { fixed, percent } from "../cli/numbers.ts";
import { countOf } from "../cli/text.ts";
import { defineStage, type StageContext } from "../pipeline/stage.ts";
import { type Dataset, readDataset } from "../prepare/dataset.ts";
import { genes as preparedGenes } from "../prepare/outputs.ts";
import { curveRanks } from "../rankings/recovery.ts";
import { CONSENSUS } from "../rankings/shap_rankings.ts";
import { shuffleCount } from "../statistics/shuffle_count.ts";
import { classifyCohort } from "./classify.ts";
import { type Cohort, makeCohort } from "./cohort.ts";
import { externalDeclaration } from "./declaration.ts";
import * as files from "./outputs.ts";
import { PANEL_DEPTHS, panelsToScore, scorePanels } from "./panels.ts";
import { predictByNetworks } from "./predict_networks.ts";
import { readCohort } from "./read_cohort.ts";
import { readRankings } from "./rankings.ts";
import {
  changesThere,
  LIST_DEPTHS,
  replicate,
  replicationCurves,
} from "./replication.ts";
import * as rows from "./rows.ts";
import { readRunScale } from "./run_scale.ts";
import { clusterBySet } from "./set_clusters.ts";
import { significantGenes } from "./significance.ts";
import { takeTraining } from "./training.ts";
import { type CommonSamples, viewsOf } from "./views.ts";

/** The curves end here. */
const LAST_RANK = 200;

/** Judges the run by another cohort, if one is given. */
export const externalStage = defineStage({
  ...externalDeclaration,
  async run(context) {
    const { external, random } = context.parameters;
    if (external === "") {
      await context.write(files.summary, { cohort: null });
      return { verdict: "no other cohort was given" };
    }
    const run = await readDataset(context);
    const scale = await readRunScale(context, run);
    const cohort = makeCohort(await readCohort(context), run, scale);
    cohort.warnings.forEach((warning) => context.warn(warning));
    const { dataset, classes, columns } = cohort;
    const tissues = dataset.tissueNames;
    const lists = await readRankings(context, run, cohort);
    const { rankings } = lists;

    // What is predicted.
    const training = takeTraining(run, cohort);
    const views = viewsOf(
      { ...dataset, genes: columns.length, tissues: tissues.length },
      training.common,
    );
    const predicted = await predictByNetworks(context, run, cohort, views);
    const classified = classifyCohort({
      training,
      views,
      probabilities: predicted.probabilities,
      common: classes,
    });

    const significant = testGenes(context, dataset);

    // The panels and the set, beside random genes.
    const stream = context.stream("panels");
    const panelInput = { rankings, tissues, random };
    using progress = context.progress(
      "judging",
      panelsToScore(panelInput) + (lists.set.length > 0 ? random + 1 : 0),
      "gene sets",
    );
    const panels = scorePanels({
      ...panelInput,
      training: training.common,
      views,
      classOf: dataset.classOf,
      stream,
      onPanel: () => progress.advance(),
    });
    const clusters = lists.set.length === 0 ? null : await clusterBySet(
      dataset,
      lists.set,
      random,
      (name) => context.seedOf(`sets/${name}`),
      () => progress.advance(),
    );

    // The lists.
    const effects = changesThere(dataset)
      .map((changes, t) => ({ ...changes, significant: significant[t] }));
    const means = (await context.read(preparedGenes)).map(({ mean }) => mean);
    const depths = [...new Set([...LIST_DEPTHS, lists.setRanks])]
      .filter((depth) => depth > 0).sort((a, b) => a - b);
    const replicated = replicate(
      rankings,
      effects,
      Float64Array.from(columns, (column) => means[column]),
      depths,
    );

    await context.write(files.samples, cohort.samples);
    await context.write(
      files.predictions,
      rows.predictionRows(cohort, run, classified),
    );
    await context.write(files.panels, rows.panelRows(panels));
    await context.write(files.replication, replicated);
    const summary: files.CohortSummary = {
      ...describeCohort(cohort, training.common, run.genes.length),
      file: basename(external),
      format: cohort.format,
      run_values: scale.kind,
      networks: predicted.networks,
      training_samples: training.all.classOf.length,
      random,
      scores: rows.summarizeScores(cohort, run, classified),
      majority_macro_f1: rows.majorityMacroF1(dataset.classOf, tissues.length),
      set: clusters && {
        genes: lists.setGenes,
        genes_found: lists.set.length,
        v_measure: clusters.vMeasure,
        ami: clusters.ami,
        ari: clusters.ari,
      },
      set_ranks: lists.setRanks,
      replication: rows.summarizeReplication(rankings, replicated),
    };
    await context.write(files.summary, { cohort: summary });

    // The consensus is too short for a line.
    const drawn = rankings.filter(({ name }) => name !== CONSENSUS);
    const ranks = curveRanks(Math.min(LAST_RANK, columns.length));
    const share = (flags: Uint8Array) =>
      flags.reduce((sum, flag) => sum + flag, 0) / flags.length;
    const meanShare = (of: (effect: typeof effects[number]) => Uint8Array) =>
      effects.reduce((sum, effect) => sum + share(of(effect)), 0) /
      effects.length;
    await context.draw(files.replicationFigure, {
      ranks,
      curves: replicationCurves(drawn, effects, ranks),
      any: {
        up: meanShare(({ up }) => up),
        upTwofold: meanShare(({ upTwofold }) => upTwofold),
      },
      tissues: tissues.length,
      samples: dataset.sampleIds.length,
    });
    await context.draw(files.panelsFigure, {
      depths: PANEL_DEPTHS,
      rankings: drawn.map(({ name, title }) => ({ name, title })),
      panels,
      tissues: tissues.length,
      samples: dataset.sampleIds.length,
      random,
    });
    return {
      verdict: formatVerdict(summary),
      backend: predicted.backend.description,
    };
  },
});

/** Tests the genes of the other cohort, with progress. */
function testGenes(context: StageContext, dataset: Dataset) {
  const count = shuffleCount(
    "auto",
    dataset.sampleIds.length,
    dataset.genes.length,
  );
  using progress = context.progress("shuffling samples", count, "shuffles");
  return significantGenes(dataset, {
    count,
    stream: context.stream("shuffles"),
    onShuffle: () => progress.advance(),
  });
}

/** The part of the summary on what was read and matched. */
function describeCohort(
  cohort: Cohort,
  training: Pick<CommonSamples, "classOf">,
  genesInRun: number,
) {
  const { samples, dataset, tissues, genes } = cohort;
  const ofClass = (classOf: Int32Array, label: number) =>
    classOf.filter((own) => own === label).length;
  const count = (reason: string) =>
    samples.filter(({ left_out }) => left_out === reason).length;
  return {
    samples_read: samples.length,
    samples: dataset.sampleIds.length,
    samples_of_other_tissues: count("other tissue"),
    samples_without_tissue: count("no tissue"),
    samples_without_values: count("no values"),
    samples_of_run: cohort.inRun,
    values: cohort.kind,
    normalization: cohort.normalization,
    genes_read: cohort.genesRead,
    genes_in_run: genesInRun,
    genes_found: genes.found,
    genes_ambiguous: genes.ambiguous,
    matched_by: genes.matchedBy,
    tissues: dataset.tissueNames.map((tissue, label) => ({
      tissue,
      there: tissues.common.find((each) => each.tissue === tissue)!.there,
      samples: ofClass(dataset.classOf, label),
      training_samples: ofClass(training.classOf, label),
    })),
    tissues_not_in_run: tissues.strangers,
    tissues_not_there: tissues.lacking,
  };
}

/** The line for the terminal. */
function formatVerdict(found: files.CohortSummary): string {
  const of = (classifier: string) =>
    found.scores.find((each) =>
      each.classifier === classifier && each.values === "as_is"
    )!.macro_f1;
  const list = found.replication.find(({ first, ranking }) =>
    first === 50 && ranking === "shap"
  );
  return `${countOf(found.samples, "sample")} of ${
    countOf(found.tissues.length, "common tissue")
  }, ${percent(found.genes_found / found.genes_in_run)} of the genes: macro ` +
    `F1 ${fixed(of("networks"))} by the networks, ${
      fixed(of("ridge"))
    } by ridge` +
    (list?.found
      ? `; ${percent(list.found.up)} of SHAP's first 50 genes are up there, ` +
        `${percent(list.expected!.up)} of random genes`
      : "");
}
