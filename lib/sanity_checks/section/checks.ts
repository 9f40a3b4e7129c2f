/** The section's text: whether the scores come from the data alone. */

import { countOf, withCommas } from "../../cli/text.ts";
import { paragraphs, table } from "../../report/markdown.ts";
import { fixed, percent } from "../../cli/numbers.ts";
import type { RunReport } from "../../report/run_report.ts";
import { ENOUGH_LEARNED } from "../levels.ts";
import { agreementFigure, type Check } from "../outputs.ts";
import type { CheckFindings } from "./findings.ts";

/** The checks in words. */
const NAMES: Readonly<Record<Check, string>> = {
  rerun: "the same network, other draws",
  ensemble_member: "another network of the ensemble, which learned the same",
  output_layer: "output layer re-initialized",
  dense_layers: "both dense layers re-initialized",
  all_layers: "all layers re-initialized",
  shuffled_labels: "trained on shuffled tissue labels",
};

/** The checks of Adebayo et al. (2018). */
export function checksPart(found: CheckFindings, run: RunReport): string {
  return paragraphs(
    `The samples' values may decide which genes score high, whatever the ` +
      `network has learned. So ${countOf(found.samples, "sample")} were ` +
      `explained again (${countOf(found.draws, "draw")} a sample) with the ` +
      `first network, and with networks that know less: the same with layers ` +
      `re-initialized from the output down, and one trained on shuffled ` +
      `tissue labels (Adebayo et al. 2018). If the scores depend on what was ` +
      `learned, those of these networks do not agree with the first's.`,
    table(
      [
        { title: "explained instead" },
        { title: "Spearman", align: "right" },
        { title: "without signs", align: "right" },
        { title: "overlap", align: "right" },
      ],
      found.checks.map(({ check, spearman, spearman_absolute, overlap }) => [
        NAMES[check],
        fixed(spearman, 2),
        fixed(spearman_absolute, 2),
        percent(overlap),
      ]),
    ),
    `Means over the tissues. The overlap is that of each tissue's ` +
      `${withCommas(found.top)} best genes; by chance it is ` +
      `${percent(found.chance_overlap)}, for all genes are ranked here, also ` +
      `those that are lower in the tissue. The first row is the most that two ` +
      `explanations with so many draws can agree.`,
    run.figure(agreementFigure.file),
    inWords(found),
    signs(found),
    shuffled(found.shuffled_network),
  );
}

/** Whether the explanation depends on what was learned. */
function inWords(
  { depends, retained, member_retained }: CheckFindings,
): string {
  const kept = `Networks that know nothing (the last two rows) keep at most ` +
    `${percent(retained)} ` +
    `of the agreement beyond chance that a rerun reaches` +
    (member_retained === null
      ? ""
      : `, another network of the ensemble ${percent(member_retained)}`);
  return {
    yes: `**The scores depend on what the network learned.** ${kept}.`,
    partly: `**The scores depend in part on what the network learned.** ` +
      `${kept}: the rest is in the data, and would be there without training.`,
    no: `**The scores hardly depend on what the network learned.** ${kept}: ` +
      `the same genes come out of the data without any training.`,
    luck: `**The scores depend on the network, but not visibly on what it ` +
      `learned.** ${kept}: the random numbers of a training seem to decide ` +
      `which genes score high, more than what is learned.`,
    unknown: "**This check cannot tell.** The rerun itself agrees too little " +
      "to compare the other rows with it; more draws (the flag " +
      "`--checks.draws`) may help.",
  }[depends];
}

/** Why scores without signs agree even where nothing was learned. */
function signs({ checks }: CheckFindings): string {
  const random = checks.find(({ check }) => check === "all_layers")!;
  return (random.spearman_absolute ?? -1) <= (random.spearman ?? 0)
    ? ""
    : "Scores without their signs agree more, because a score is a gradient " +
      "times the sample's distance from the training samples, and that " +
      "distance is the same for every network. The set is selected by signed " +
      "scores.";
}

/** What the network of shuffled labels has learned. */
function shuffled(
  { accuracy, chance_accuracy, train_accuracy, epochs }:
    CheckFindings["shuffled_network"],
): string {
  return `The network of shuffled labels memorized ` +
    `${percent(train_accuracy)} of them in ${countOf(epochs, "epoch")} and ` +
    `gives ${percent(accuracy)} of the test samples their own tissue, where ` +
    `guessing gives ${percent(chance_accuracy)}.` +
    (train_accuracy < ENOUGH_LEARNED
      ? " It learned little even of what it was shown, so its row says little."
      : "");
}
