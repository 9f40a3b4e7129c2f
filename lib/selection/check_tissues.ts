/** Which tissues have enough samples: known before anything is explained. */

import { rerun, RunError } from "../cli/errors.ts";
import { countOf, quote } from "../cli/text.ts";
import type { StageContext } from "../pipeline/stage.ts";

/** A tissue that is not ranked. */
export interface LeftOutTissue {
  readonly tissue: string;
  /** Its samples that would be ranked. */
  readonly samples: number;
}

/** What decides which tissues are ranked. */
export interface TissueRule {
  readonly tissues: readonly string[];
  /** Each explained sample's tissue, or null if it is not to be ranked. */
  readonly tissueOf: readonly (string | null)[];
  /** Samples that a tissue must have. */
  readonly minSamples: number;
  readonly folds: number;
}

/** A ranking needs this many tissues: genes are compared between them. */
const FEWEST_TISSUES = 2;

/** Folds that the remedies propose. */
const FOLDS = 5;

/**
 * Leaves out the tissues with too few samples, and warns of them.
 *
 * @returns The samples' tissues without those, and their names.
 * @throws {RunError} If fewer than two tissues can be ranked.
 */
export function checkTissues(
  context: Pick<StageContext, "warn">,
  rule: TissueRule,
): {
  tissueOf: readonly (string | null)[];
  leftOut: readonly LeftOutTissue[];
} {
  const { tissues, tissueOf, minSamples } = rule;
  if (tissueOf.length === 0) {
    throw new RunError(
      "Cannot explain: the test part is empty and should hold a sample",
      rerun("prepare", { "test-fraction": 0.2 }),
    );
  }
  if (tissueOf.every((tissue) => tissue === null)) {
    throw new RunError(
      "Cannot rank the genes: no explained sample's tissue was predicted right, " +
        "and only such samples are ranked",
      rerun("shap", { samples: "all" }),
    );
  }
  const counts = tissues.map((tissue) => ({
    tissue,
    samples: tissueOf.filter((own) => own === tissue).length,
  }));
  const leftOut = counts.filter(({ samples }) => samples < minSamples);
  if (tissues.length - leftOut.length < FEWEST_TISSUES) {
    throw tooFewTissues(rule, counts);
  }
  if (leftOut.length > 0) context.warn(formatLeftOut(leftOut, rule));
  const names = new Set(leftOut.map(({ tissue }) => tissue));
  return {
    tissueOf: tissueOf.map((tissue) =>
      tissue === null || names.has(tissue) ? null : tissue
    ),
    leftOut,
  };
}

function tooFewTissues(
  { tissues, minSamples, folds }: TissueRule,
  counts: readonly LeftOutTissue[],
): RunError {
  const enough = counts.filter(({ samples }) => samples >= minSamples);
  const [, second = 0] = counts.map(({ samples }) => samples)
    .sort((a, b) => b - a);
  return new RunError(
    `Cannot rank the genes: ${enough.length} of ${tissues.length} tissues ` +
      `${enough.length === 1 ? "has" : "have"} at least ` +
      `${countOf(minSamples, "sample")} to rank, and at least ` +
      `${FEWEST_TISSUES} should; ${listTissues(counts)}`,
    folds > 1 && second > 0
      ? rerun("shap", { "min-samples": second })
      : folds < FOLDS
      ? rerun("prepare", { folds: FOLDS })
      : "Use more samples of the other tissues, or split without --group: " +
        "a tissue needs two groups to be trained and tested",
  );
}

function formatLeftOut(
  leftOut: readonly LeftOutTissue[],
  { minSamples, folds }: TissueRule,
): string {
  const remedies = [
    ...folds > 1 ? [] : [`--folds ${FOLDS} explains every sample`],
    ...minSamples === 1
      ? []
      : ["--shap.min-samples 1 ranks a tissue by any number of samples"],
  ];
  return `No genes for ${listTissues(leftOut)}: a tissue needs at least ` +
    `${countOf(minSamples, "explained sample")}.` +
    (remedies.length === 0 ? "" : ` ${remedies.join("; ")}.`);
}

/** The first few tissues with their counts. */
function listTissues(counts: readonly LeftOutTissue[]): string {
  const shown = counts.slice(0, 10)
    .map(({ tissue, samples }) => `${quote(tissue)} (${samples})`);
  const more = counts.length - shown.length;
  return shown.join(", ") + (more > 0 ? ` and ${more} more` : "");
}
