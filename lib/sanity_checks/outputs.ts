/** The files of the `checks` stage. */

import { drawAgreement } from "./figures/agreement.ts";
import { writeTable } from "../store/csv.ts";
import { meanAgreement, type TissueAgreement } from "./agreement.ts";
import type { CascadeStep } from "./cascading_randomization.ts";
import type { ShuffledNetworkScores } from "./label_randomization.ts";

/** What one check found. */
export interface CheckResult {
  /**
   * The network that is compared: the same with other draws, the second
   * replicate if there is one, with layers drawn anew, or trained on shuffled
   * labels.
   */
  readonly check: "rerun" | "replicate" | CascadeStep | "shuffled_labels";
  readonly tissues: readonly TissueAgreement[];
}

/** What the results rest on. */
export interface CheckFacts {
  /** How many of the largest scores are compared. */
  readonly top: number;
  readonly genes: number;
  /** Samples explained by every network. */
  readonly samples: number;
  /** Draws a sample. */
  readonly draws: number;
  readonly shuffledNetwork: ShuffledNetworkScores;
}

/** Writes `agreement.csv`, `checks.json` and `agreement.svg`. */
export async function writeChecks(
  folder: string,
  results: readonly CheckResult[],
  facts: CheckFacts,
): Promise<void> {
  const { top, genes, samples, draws, shuffledNetwork } = facts;
  const rows = results.flatMap(({ check, tissues }) =>
    tissues.map((of) => ({
      check,
      tissue: of.tissue,
      samples: of.samples,
      spearman: of.spearman,
      spearman_absolute: of.spearmanAbsolute,
      top,
      overlap: of.overlap,
    }))
  );
  await Deno.writeTextFile(
    `${folder}/agreement.csv`,
    writeTable([
      "check",
      "tissue",
      "samples",
      "spearman",
      "spearman_absolute",
      "top",
      "overlap",
    ], rows),
  );
  const summary = {
    top,
    // Two orders of the genes that know nothing of each other.
    chance_overlap: top / genes,
    samples,
    draws,
    checks: results.map(({ check, tissues }) => {
      const { spearman, spearmanAbsolute, overlap } = meanAgreement(tissues);
      return { check, spearman, spearman_absolute: spearmanAbsolute, overlap };
    }),
    shuffled_network: shuffledNetwork,
  };
  await Deno.writeTextFile(
    `${folder}/checks.json`,
    JSON.stringify(summary, null, 2) + "\n",
  );
  await Deno.writeTextFile(
    `${folder}/agreement.svg`,
    drawAgreement({ rows, top, genes }),
  );
}

/**
 * The results in one line.
 */
export function formatVerdict(results: readonly CheckResult[]): string {
  const words: Partial<Record<CheckResult["check"], string>> = {
    rerun: "a rerun",
    replicate: "a replicate",
    all_layers: "random weights",
    shuffled_labels: "shuffled labels",
  };
  const said = results.flatMap(({ check, tissues }) => {
    const { spearman } = meanAgreement(tissues);
    if (words[check] === undefined) return [];
    // What rounds to nought has no sign.
    const agreement = spearman === null
      ? "not at all"
      : spearman.toFixed(2).replace(/^-(?=0\.00$)/, "");
    return [`${agreement} with ${words[check]}`];
  });
  return `scores agree ${said.join(", ")} (Spearman, mean over tissues)`;
}
