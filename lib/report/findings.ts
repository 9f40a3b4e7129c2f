/** The run's results in numbers: what the verdict says and `summary.json`. */

import { type CheckFindings, checkFindings } from "./findings/checks.ts";
import { type SetScore, setScores } from "./findings/clusters.ts";
import { type GeneSetFindings, geneSetFindings } from "./findings/gene_set.ts";
import { fewSamplesPerTissue } from "./findings/levels.ts";
import { type NetworkFindings, networkFindings } from "./findings/network.ts";
import { type TestFindings, testFindings } from "./findings/ttest.ts";
import type { OutdatedStage, RunFiles } from "./run_files.ts";

/** All results; a part is missing where its stage gave none. */
export interface Findings {
  readonly samples: number;
  readonly genes: number;
  readonly tissues: number;
  readonly test_samples: number;
  readonly test_samples_per_tissue: number;
  readonly few_test_samples: boolean;
  /** Test parts; 1 for a single one. */
  readonly folds: number;
  /** Decoy genes hidden among the genes. */
  readonly decoys: number;
  readonly network?: NetworkFindings;
  readonly gene_set?: GeneSetFindings;
  readonly clusters?: readonly SetScore[];
  readonly ttest?: TestFindings;
  readonly checks?: CheckFindings;
  readonly outdated: readonly OutdatedStage[];
}

/**
 * Works out the results from the run's files.
 *
 * @param run The run, as far as it has been made.
 * @returns Numbers only; `verdict.ts` puts them into words.
 */
export function findings(run: RunFiles): Findings {
  const tissues = new Set(run.samples.map(({ tissue }) => tissue)).size;
  const testSamples = run.samples
    .filter(({ split }) => split === "test").length;
  const perTissue = testSamples / tissues;
  return {
    samples: run.samples.length,
    genes: run.geneCount,
    tissues,
    test_samples: testSamples,
    test_samples_per_tissue: perTissue,
    few_test_samples: perTissue < fewSamplesPerTissue,
    folds: Math.max(1, new Set(run.folds?.map(({ fold }) => fold)).size),
    decoys: run.decoyCount,
    ...(run.network && "macro_f1" in run.network.metrics &&
      { network: networkFindings(run.network.metrics) }),
    ...(run.shap &&
      { gene_set: geneSetFindings(run.shap, run.geneCount, run.truth) }),
    ...(run.clusters && { clusters: setScores(run.clusters.scores) }),
    ...(run.ttest && { ttest: testFindings(run.ttest) }),
    ...(run.checks && { checks: checkFindings(run.checks) }),
    outdated: run.outdated,
  };
}
