/** Scenarios A and B: a random gene set in place of the SHAP set. */

import { spaces } from "../../lib/clusters/spaces/spaces.ts";
import { drawGenes } from "../../lib/gene_sets/gene_set.ts";
import { deriveSeed, openStream } from "../../lib/random.ts";
import { uniformNull } from "../../lib/null_test/null_models/uniform.ts";
import { scoreAgain, scoreTrial, testTrial } from "./scoring.ts";
import { umapSpace } from "../../lib/clusters/spaces/umap.ts";
import type {
  CalibrationSetup,
  CalibrationTask,
  TrialResult,
} from "./setup.ts";
import { simulateStudy } from "./study.ts";

/**
 * Simulates a study, draws a gene set and tests it against random sets of this
 * trial: with the study's labels (A) and with the same labels shuffled (B). A
 * and B use the same clusterings, because clustering does not use labels; so A
 * and B of one trial are not independent, but the trials are.
 */
export async function trySets(
  setup: CalibrationSetup,
  { seed, umap }: Pick<CalibrationTask, "seed" | "umap">,
): Promise<TrialResult> {
  const dataset = simulateStudy({
    size: setup.study,
    samples: setup.samples,
    shuffled: false,
    allTested: true,
    seed,
  });
  const columns = drawGenes(
    dataset.genes.length,
    setup.study.testedGenes,
    deriveSeed(seed, "tested/genes"),
  );
  const scored = await scoreTrial(
    dataset,
    umap ? spaces : spaces.filter((space) => space !== umapSpace),
    columns,
    [uniformNull],
    setup,
    seed,
    "all",
  );
  const shuffled = openStream(seed, "labels").shuffle(dataset.classOf.slice());
  return {
    tests: [
      ...testTrial("A", scored),
      ...testTrial("B", scoreAgain(scored, shuffled)),
    ],
  };
}
