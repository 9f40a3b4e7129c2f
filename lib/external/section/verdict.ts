/** The verdict: do the networks and the lists hold elsewhere? */

import { fixed, percent } from "../../cli/numbers.ts";
import { countOf, withCommas } from "../../cli/text.ts";
import { code, escapeText } from "../../report/markdown.ts";
import { formatP, SIGNIFICANCE_LEVEL } from "../../statistics/format_p.ts";
import type { CohortSummary } from "../outputs.ts";
import { type ExternalFindings, macroF1 } from "./findings.ts";

/** Shares of the tissues that differ by more, in all, are unlike. */
const UNLIKE = 0.1;

/**
 * How many of the listed genes are up there, or why that says nothing; empty
 * without a cohort.
 */
export function externalOpening({ cohort, lists }: ExternalFindings): string {
  if (cohort === null || lists === null) return "";
  if (cohort.samples_of_run > 0) {
    return "the other cohort has samples of this run";
  }
  const { found, expected } = lists.shap;
  return found!.up <= expected!.up
    ? "in another cohort they are up no more often than random genes"
    : `${
      found!.up > 0.5 ? "most" : "half or less"
    } are up again in another cohort`;
}

/** What was not looked at, for the last point. */
export function cohortNotLookedAt({ cohort }: ExternalFindings): string[] {
  return cohort === null ? [`another cohort (${code("--external FILE")})`] : [];
}

/** What makes the judgment there worthless; empty without. */
export function externalWarning({ cohort }: ExternalFindings): string {
  if (cohort === null) return "";
  return [
    cohort.samples_of_run > 0 ? ownSamples(cohort) : "",
    macroF1(cohort, "networks", "as_is")! > cohort.majority_macro_f1
      ? ""
      : "**The networks do not carry over:** in another cohort they are no " +
        "better than always naming the commonest tissue.",
  ].filter((text) => text !== "").join(" ");
}

/** What of the networks and of the lists holds there; empty without. */
export function externalClause({ cohort, lists }: ExternalFindings): string {
  if (cohort === null) return "";
  const scoreOf = (classifier: string) =>
    fixed(macroF1(cohort, classifier, "as_is"), 2);
  return `on ${countOf(cohort.samples, "sample")} of ${
    countOf(cohort.tissues.length, "tissue")
  } the networks reach a macro F1 of ${scoreOf("networks")} and ridge ` +
    scoreOf("ridge") +
    (lists === null
      ? ""
      : `; of SHAP's first ${lists.first} genes of a tissue ${
        percent(lists.shap.found!.up)
      } are up there (random genes ${percent(lists.shap.expected!.up)}` +
        (lists.best
          ? `; ${escapeText(lists.best.title)} ${percent(lists.best.found!.up)}`
          : "") +
        ")");
}

/** A paragraph on the predictions, and one on the set and the lists. */
export function externalDetails(found: ExternalFindings): string[] {
  const { cohort } = found;
  if (cohort === null) return [];
  return [
    networkVerdict(cohort, found.network_and_ridge),
    listVerdict(cohort, found.lists),
  ].filter((text) => text !== "");
}

function ownSamples({ samples_of_run, samples }: CohortSummary): string {
  return `**The other cohort is not another one:** ` +
    `${withCommas(samples_of_run)} of its ${
      countOf(samples, "judged sample")
    } ${samples_of_run === 1 ? "has the id" : "have ids"} of this run's ` +
    "samples, which the networks may have been trained on.";
}

function networkVerdict(
  cohort: CohortSummary,
  test: ExternalFindings["network_and_ridge"],
): string {
  const all = cohort.tissues_not_there.length === 0;
  const scoreOf = (classifier: string, values = "as_is") =>
    fixed(macroF1(cohort, classifier, values), 2);
  return `In another cohort (${countOf(cohort.samples, "sample")} of ${
    all ? "the same " : ""
  }${countOf(cohort.tissues.length, "tissue")}${
    all
      ? ""
      : ` of the run's ${
        cohort.tissues.length + cohort.tissues_not_there.length
      }`
  }) the networks reach macro F1 ${scoreOf("networks")}, ridge ` +
    `${scoreOf("ridge")} and nearest centroids ` +
    `${scoreOf("nearest_centroid")}; always the commonest tissue would give ` +
    `${fixed(cohort.majority_macro_f1, 2)}` +
    (test === null ? ". " : `. ${comparison(test)}. `) +
    `With each gene centered, which looks at no label, it is ` +
    `${scoreOf("networks", "centered")}, ${scoreOf("ridge", "centered")} and ` +
    `${scoreOf("nearest_centroid", "centered")}` +
    (haveUnlikeShares(cohort)
      ? "; but the cohorts have different shares of the tissues, for which " +
        "centering is wrong."
      : ".");
}

/** Whether more than a tenth of the samples would have to change tissues. */
function haveUnlikeShares({ tissues }: CohortSummary): boolean {
  const sum = (of: (tissue: typeof tissues[number]) => number) =>
    tissues.reduce((sum, tissue) => sum + of(tissue), 0);
  const [there, here] = [
    sum(({ samples }) => samples),
    sum(({ training_samples }) => training_samples),
  ];
  return sum(({ samples, training_samples }) =>
    Math.abs(samples / there - training_samples / here) / 2
  ) > UNLIKE;
}

/** The networks and ridge on the same samples. */
function comparison(
  test: NonNullable<ExternalFindings["network_and_ridge"]>,
): string {
  const { only_network_right, only_ridge_right, p } = test;
  if (only_network_right + only_ridge_right === 0) {
    return "The networks and ridge get the same samples right";
  }
  const better = p >= SIGNIFICANCE_LEVEL
    ? "Neither the networks nor ridge are shown to be better there"
    : only_network_right > only_ridge_right
    ? "The networks are better than ridge there"
    : "Ridge is **better** than the networks there";
  return `${better} (the networks alone get ` +
    `${withCommas(only_network_right)} right, ridge alone ` +
    `${
      withCommas(only_ridge_right)
    }; exact McNemar test, which takes samples ` +
    `to be independent, p ${formatP(p)})`;
}

function listVerdict(
  { set }: CohortSummary,
  lists: ExternalFindings["lists"],
): string {
  const clustered = set === null
    ? "The other cohort has none of the SHAP set's genes."
    : `The SHAP set clusters the other cohort with a V-measure of ` +
      `${fixed(set.v_measure.value, 2)}; random sets of its size reach ` +
      `${fixed(set.v_measure.random_mean, 2)} on average (p ${
        formatP(set.v_measure.p)
      }).`;
  if (lists === null) return clustered;
  const { first, shap, best } = lists;
  const isNone = shap.found!.up <= shap.expected!.up;
  return `Of SHAP's first ${first} genes of a tissue ` +
    `${percent(shap.found!.up)} are up there` +
    (isNone ? ", **no more than random genes**" : "") +
    ` (random genes with similar expression ${percent(shap.expected!.up)}` +
    (best
      ? `; ${escapeText(best.title)}, the best of the simple rankings, ${
        percent(best.found!.up)
      }`
      : "") +
    `). ${clustered}`;
}
