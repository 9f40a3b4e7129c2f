/** The worker of the calibration of further p-values: a trial at a time. */

import { deriveSeed, openStream } from "../../../lib/random.ts";
import { shuffleCount } from "../../../lib/statistics/shuffle_count.ts";
import { REAL } from "../setup.ts";
import { compareEqual, compareTrainedHalves } from "./classifiers.ts";
import { testCohort } from "./cohort.ts";
import { testGenes } from "./genes.ts";
import { simulateKnown } from "./known_study.ts";
import type { Measured } from "./measured.ts";
import { testNoiseRate } from "./noise.ts";
import { comparePanelsOfThirds, testPanels } from "./panels.ts";
import { testLooks } from "./set_looks.ts";
import { testHeldOutStudies, testStudyGenes } from "./study_tests.ts";
import { testCorrelatedTerms, testRandomTerms } from "./terms.ts";

/** What needs a matrix, and what does not. */
export interface PValueTask {
  readonly kind: "study" | "drawn";
  /** Master seed of the trial. */
  readonly seed: number;
  /** How often the labels of a study are shuffled, or it is split, again. */
  readonly repeats: number;
  /** Shuffles for the p-values of genes. */
  readonly shuffles: number | "auto";
}

/** By default. */
export const REPEATS = 10;

/** Nothing is shared. */
export function setUp(setup: null): null {
  return setup;
}

/** Makes one trial. */
export async function work(
  { kind, seed, repeats, shuffles }: PValueTask,
): Promise<Measured[]> {
  if (kind === "drawn") {
    return [
      ...testLooks(openStream(seed, "looks")),
      ...compareEqual(openStream(seed, "classifiers")),
      ...testRandomTerms(REAL.genes, openStream(seed, "terms")),
    ];
  }
  const study = simulateKnown(seed);
  const { sampleIds, genes } = study.dataset;
  const studyShuffles = shuffleCount(
    shuffles,
    sampleIds.length,
    genes.length,
  );
  const found = [
    ...testGenes(study, deriveSeed(seed, "genes"), shuffles),
    ...testCorrelatedTerms(study, openStream(seed, "terms")),
  ];
  for (let repeat = 1; repeat <= repeats; repeat++) {
    const own = openStream(seed, `repeat/${repeat}`);
    found.push(
      ...testPanels(study, own.child("panels").seed),
      compareTrainedHalves(study, own.child("halves")),
      ...comparePanelsOfThirds(study, own.child("thirds")),
      ...await testCohort(study, own.child("cohort").seed),
      ...testHeldOutStudies(study, own.child("held_out")),
      ...testStudyGenes(study, own.child("study_genes"), studyShuffles),
      // Twice: its nominal rate is half of the others'.
      testNoiseRate(study, own.child("noise/1").seed),
      testNoiseRate(study, own.child("noise/2").seed),
    );
  }
  return found;
}
