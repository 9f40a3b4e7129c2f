/** How long each stage will take, from what one unit of its work takes. */

import { DEFAULT_FURTHER } from "../rankings/methods.ts";
import { shuffleCount } from "../statistics/shuffle_count.ts";
import { isOfTrees } from "../rankings/trees/names.ts";
import type { UnitCosts } from "./costs.ts";
import { foretellEnrichment, isEnriched } from "./foretell_enrichment.ts";
import { foretellExternal } from "./foretell_external.ts";
import { randomPanelSeconds } from "./panel_work.ts";
import type { RunPlan } from "./plan.ts";
import { networkBytes } from "./sizes.ts";
import { retrainingSeconds } from "./split_work.ts";
import { rivalSeconds } from "./rival_work.ts";
import type { RunWork, SetWork } from "./work.ts";

/** Seconds of each stage: the least and the most. */
export type StageTimes = Readonly<Record<string, readonly [number, number]>>;

/** Seconds in which a stage starts, writes its record and is put into place. */
const STAGE = 0.1;
/** Bytes that a disk takes a second; it cannot be measured without writing. */
const DISK_RATE = 400e6;
/** Share of the training that its checkpoints take at most. */
const CHECKPOINTS = 0.02;
/** Sentences and tables of the report, in figures' time. */
const REPORT_FIGURES = 4;
/** Figures of the cnn and shap stages, and of a gene set. */
const FIGURES = { cnn: 3, shap: 3, set: 2 };
/** Penalties of a ridge regression, each with a pass over the eigenvectors. */
const PENALTIES = 13;
/** A pass over the eigenvectors, in distances of a gene. */
const PASS = 1;
/** Ranking half of the samples without p-values, in rankings of all with them. */
const HALF = 0.15;
/**
 * limma and the consensus in rankings by Welch's t, and all further rankings of the default:
 * measured on 312 samples, 17,598 genes and six tissues.
 */
const LIMMA = 2;
const CONSENSUS = 1;
const FURTHER = 20;
/** The further rankings that halves are ranked by, in those of all rankings. */
const FURTHER_HALF = 1;
/** A value that is shuffled, ranked and counted, in distances of a gene. */
const SHUFFLED = 1000;
/** A number of a model of variance, in distances of a gene. */
const MODEL = 4;

/**
 * Adds up the work of each stage.
 *
 * @returns By stage, in the order in which they run.
 */
export function foretellTimes(
  plan: RunPlan,
  work: RunWork,
  costs: UnitCosts,
): StageTimes {
  const { network, tables } = costs;
  const { genes, tissues, samples } = plan;
  const columns = plan.architecture.genes;
  const load = STAGE + tables.loadByte * 4 * samples * (genes + columns) +
    tables.cell * genes;
  const cells = (count: number) => tables.cell * count;
  const figures = (count: number) => tables.figure * count;
  const same = (time: number): [number, number] => [time, time];

  const weights = networkBytes(plan);
  const atATime = plan.trainedAtATime;
  const training = (atATime > 1 ? network.trainAlone : network.train) *
      work.cnn.trained + network.build * work.cnn.networks;
  // Predictions and statistics, too, were timed with all threads.
  const alone = atATime > 1 ? network.trainAlone / network.train : 1;
  // In the last round some workers may have nothing to do.
  const rounds = Math.ceil(work.cnn.networks / atATime) / work.cnn.networks;
  const cnn = load + figures(FIGURES.cnn) +
    work.cnn.networks * 3 * weights / DISK_RATE +
    (training * (1 + CHECKPOINTS) +
        alone * (network.recompute * work.cnn.recomputed +
            network.predict * work.cnn.predicted)) * rounds +
    (atATime > 1 ? network.openPool : 0) +
    rivalSeconds(work.cnn.judged, plan, tables);

  const explaining = (draws: number) =>
    network.draw * (work.shap.explained * draws + work.shap.steps) +
    retrainingSeconds(work.shap.halves, draws, network);
  const sums = work.shap.explained * columns * 10 * 8;
  const shap = load + network.predict * work.shap.predicted +
    network.openPool * work.shap.pools +
    (network.load + network.build) * work.shap.networks +
    sums / DISK_RATE +
    tables.welch * genes * tissues * plan.members +
    cells(5 * genes * tissues) + figures(FIGURES.shap);

  const perGene = tables.welch * genes * tissues;
  const distances = (rows: number) => tables.distance * genes * rows ** 2;
  // All of a ridge regression but the distances between its samples.
  const fit = (rows: number) =>
    tables.distance * genes * rows * tissues * 2 + tables.eigen * rows ** 3 +
    PASS * tables.distance * PENALTIES * rows ** 2 * (tissues + 1);
  const ridge = (fits: readonly number[]) =>
    fits.reduce((sum, rows) => sum + distances(rows) + fit(rows), 0);
  const { halves, trees } = work.genesets;
  const { threads } = plan.settings;
  const chosen = plan.values.genesets.methods;
  const further = chosen.length / DEFAULT_FURTHER.length;
  const repeated = halves.count === 0 ? 0 : distances(2 * halves.samples) +
    halves.count *
      ((2 * HALF + further * FURTHER_HALF) * perGene + fit(halves.samples)) /
      threads;
  const grown = chosen.some((name) => isOfTrees({ name }))
    ? tables.tree * genes * trees.samples * trees.rounds / threads
    : 0;
  const shuffled = SHUFFLED * tables.distance * trees.samples * genes *
    shuffleCount(plan.values.genesets.shuffles, trees.samples, genes) / threads;
  const genesets = load + shuffled +
    (2 + LIMMA + CONSENSUS + further * FURTHER) * perGene + grown +
    ridge(work.genesets.fits) + repeated + costs.sets.openPool +
    cells(genes * tissues * 4 + genes * 8) + figures(2);
  const panels = load +
    (2 + LIMMA + CONSENSUS) * perGene * work.panels.folds +
    ridge(work.panels.fits) / threads +
    randomPanelSeconds(work.panels, tables, threads) + costs.sets.openPool +
    cells(genes * tissues * work.panels.folds) + figures(1);

  const { parts, learned } = work.splits;
  // Ridge itself, its ranking, and the panels of more genes than samples.
  const ridgePanels = work.panels.fits.length / Math.max(1, work.panels.folds);
  const judging = (2 + LIMMA) * perGene + ridge([learned, learned]) +
    ridge(Array<number>(Math.ceil(ridgePanels)).fill(learned)) / threads +
    costs.sets.openPool;
  const splits = (draws: number) =>
    parts === 0
      ? STAGE
      : load + retrainingSeconds(work.splits, draws, network) +
        parts * judging + figures(1);

  const confounding = load + cells(genes * 10) + figures(1) +
    tables.distance * genes *
      (samples ** 2 + MODEL * samples * work.confounding.columns) +
    work.confounding.fits.reduce(
      (sum, { rows, times }) =>
        sum + times * (tables.eigen * rows ** 3 +
            PASS * tables.distance * PENALTIES * rows ** 2 * (tissues + 1)),
      0,
    );

  const { sets } = costs;
  // Each worker's first set takes about twice as long: V8 compiles.
  const cold = plan.settings.threads;
  const scored = ({ sets: count, runs }: SetWork) =>
    (count + cold) * (sets.embed + runs.low * sets.low + runs.high * sets.high);
  const clusters = load + sets.openPool + sets.allGenes +
    scored({ ...work.clusters, sets: work.clusters.sets + 1 }) +
    figures(FIGURES.set * (work.clusters.sets + 1) + 1);
  const testing = (count: SetWork) =>
    load + sets.openPool + scored(count) + figures(1);

  // A draw was timed with all threads; without a pool one of them explains.
  const explainers = work.checks.pools > 0 ? 1 : plan.settings.threads;
  const checks = load + network.openPool * work.checks.pools +
    (network.load + network.build) * work.checks.networks +
    explainers * network.draw * work.checks.explained * work.checks.draws +
    network.train * work.checks.trained +
    network.recompute * work.checks.recomputed + figures(1);

  return {
    prepare: same(
      STAGE + costs.input.reading + costs.input.preparing +
        4 * samples * columns * (1 / DISK_RATE + tables.loadByte) +
        cells(genes * 5) + figures(1),
    ),
    cnn: same(cnn),
    shap: [
      shap + explaining(work.shap.draws[0]),
      shap + explaining(work.shap.draws[1]),
    ],
    genesets: same(genesets),
    enrichment: same(
      isEnriched(plan) ? load + foretellEnrichment(plan, tables) : STAGE,
    ),
    panels: same(panels),
    splits: [splits(work.shap.draws[0]), splits(work.shap.draws[1])],
    confounding: same(confounding),
    clusters: same(clusters),
    ttest: [testing(work.ttest[0]), testing(work.ttest[1])],
    checks: same(checks),
    external: same(
      (plan.values.external.external === "" ? STAGE : load) +
        foretellExternal(plan, costs, ridge(work.genesets.fits.slice(0, 1))),
    ),
    report: same(STAGE + figures(REPORT_FIGURES) + cells(genes * tissues)),
  };
}

/** The sum over all stages. */
export function totalTime(times: StageTimes): [number, number] {
  return Object.values(times).reduce<[number, number]>(
    ([least, most], [low, high]) => [least + low, most + high],
    [0, 0],
  );
}
