/** How often another cohort seems to confirm what chance has ranked. */

import { PANEL_DEPTHS, scorePanels } from "../../../lib/external/panels.ts";
import { clusterBySet } from "../../../lib/external/set_clusters.ts";
import type { Dataset } from "../../../lib/prepare/dataset.ts";
import { tissueContrasts } from "../../../lib/prepare/tissue_contrasts.ts";
import { RandomStream } from "../../../lib/random.ts";
import { foldChangeRanking } from "../../../lib/rankings/fold_change.ts";
import {
  asTissueRanks,
  rankTissues,
} from "../../../lib/rankings/rank_tissues.ts";
import { mergeRankings } from "../../../lib/selection/rank_union.ts";
import {
  divide,
  type KnownStudy,
  shuffleLabels,
  takeSamples,
} from "./known_study.ts";
import { anyBelow, type Measured } from "./measured.ts";

/** Random panels of each size: the default. */
const RANDOM = 199;
/** Random sets that are clustered: as few as allow a p of 0.05. */
const RANDOM_SETS = 39;
/** Genes of the set. */
const SET = 100;

/**
 * Half of the samples rank the genes, the other half is the other cohort; the
 * labels of both are shuffled.
 */
export async function testCohort(
  study: KnownStudy,
  seed: number,
): Promise<Measured[]> {
  const dataset = shuffleLabels(study.dataset, seed);
  const stream = new RandomStream(seed);
  const [own, other] = divide(
    dataset,
    [...dataset.sampleIds.keys()],
    2,
    stream.child("cohorts"),
  );
  const run = takeSamples(dataset, own, "train");
  const cohort = takeSamples(dataset, other, "test");
  const rows = [...own.keys()];
  const ranked = rankTissues(foldChangeRanking, {
    dataset: run,
    rows,
    contrasts: tissueContrasts(run, rows),
  });
  const scores = scorePanels({
    rankings: [{
      name: "fold_change",
      title: "fold change",
      lists: new Map(ranked.map(({ tissue, order }) => [tissue, order])),
    }],
    tissues: dataset.tissueNames,
    training: samplesOf(run),
    views: [{ name: "as_is", values: cohort.values }],
    classOf: cohort.classOf,
    random: RANDOM,
    stream: stream.child("panels"),
  });
  const set = mergeRankings(ranked.map(asTissueRanks)).genes
    .slice(0, SET).map(({ gene }) => gene);
  const { ami } = await clusterBySet(
    cohort,
    Uint32Array.from(set).sort(),
    RANDOM_SETS,
    (name) => stream.child(`set/${name}`).seed,
  );
  const pOf = (depth: number) => scores[PANEL_DEPTHS.indexOf(depth)].p;
  return [
    { row: "cohort_1", value: pOf(1) },
    { row: "cohort_10", value: pOf(10) },
    {
      row: "cohort_any",
      value: anyBelow(scores.map(({ adjusted_p }) => adjusted_p)),
    },
    { row: "cohort_set", value: ami.p },
  ];
}

function samplesOf({ values, genes, classOf, tissueNames }: Dataset) {
  return {
    values,
    genes: genes.length,
    classOf,
    tissues: tissueNames.length,
  };
}
