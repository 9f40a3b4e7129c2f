/** Whether the scores tell of what the network learnt, or of the data alone. */

import { taskCommand } from "../../commands.ts";
import type { CheckFindings } from "../../findings/checks.ts";
import { code, escapeText, paragraphs, table } from "../../markdown.ts";
import { count, counted, fixed, percent } from "../../numbers.ts";
import type { RunFiles } from "../../run_files.ts";
import type { ShuffledNetwork } from "../../stage_files.ts";
import { figures } from "../parts.ts";

/** The checks in words. */
const checkNames = new Map([
  ["rerun", "the same network, other draws"],
  ["replicate", "a replicate, which learnt the same"],
  ["output_layer", "output layer drawn anew"],
  ["dense_layers", "both dense layers drawn anew"],
  ["all_layers", "all layers drawn anew"],
  ["shuffled_labels", "trained on shuffled tissues"],
]);

/**
 * Writes the part on the checks of Adebayo et al. (2018).
 *
 * @param checks Missing if the stage has not run.
 */
export function modelPart(
  run: Pick<RunFiles, "figures" | "folder">,
  checks: CheckFindings | undefined,
): string {
  const title = "### Is it the data or the model?";
  if (!checks) {
    return paragraphs(
      title,
      "Not done: whether a network that knows nothing of the tissues would " +
        "be explained by the same genes is not known. " +
        `${code(taskCommand("checks", run.folder))} tries it.`,
    );
  }
  return paragraphs(
    title,
    `The samples' values may decide which genes score high, whatever the ` +
      `network has learnt. So ${
        counted(checks.samples, "sample")
      } were explained again (${
        counted(checks.draws, "draw")
      } a sample) with the first network, and with ones that know less: the ` +
      `same with layers drawn anew at random from the output down, and one ` +
      `trained on shuffled tissues (Adebayo et al. 2018). Where the scores ` +
      `tell of what was learnt, theirs must not agree with the first's.`,
    agreementTable(checks),
    `Means over the tissues. The overlap is that of each tissue's ` +
      `${count(checks.top)} best genes; by chance it is ` +
      `${percent(checks.chance_overlap)}. The first row is the most that two ` +
      `explanations with so many draws can agree.`,
    figures(run, [[
      "checks/agreement.svg",
      "Agreement of each check with the network's own scores, by tissue",
    ]]),
    inWords(checks),
    ...signs(checks),
    shuffled(checks.shuffled_network),
  );
}

/** The agreement with each check, a row a check. */
function agreementTable({ checks }: CheckFindings): string {
  return table(
    [
      { title: "explained instead" },
      { title: "Spearman", align: "right" },
      { title: "without signs", align: "right" },
      { title: "overlap", align: "right" },
    ],
    checks.map((row) => [
      escapeText(checkNames.get(row.check) ?? row.check),
      fixed(row.spearman, 2),
      fixed(row.spearman_absolute, 2),
      percent(row.overlap),
    ]),
  );
}

/** Whether the explanation depends on what was learnt. */
function inWords(
  { depends, retained, replicate_retained }: CheckFindings,
): string {
  const kept = `Networks that know nothing keep at most ${percent(retained)} ` +
    `of the agreement beyond chance that a rerun reaches` +
    (replicate_retained === null
      ? ""
      : `, a replicate ${percent(replicate_retained)}`);
  return {
    yes: `**The scores depend on what the network learnt.** ${kept}.`,
    partly: `**The scores depend in part on what the network learnt.** ` +
      `${kept}: the rest is in the data, and would be there without training.`,
    no: `**The scores hardly depend on what the network learnt.** ${kept}: ` +
      `the same genes come out of the data without any training.`,
    luck: `**The scores depend on the network, but not visibly on what it ` +
      `learnt.** ${kept}: the random numbers of a training seem to decide ` +
      `which genes score high, more than what is learnt.`,
    unknown: "**This check cannot tell.** The rerun itself agrees too little " +
      "to hold the other rows against it; more draws (the flag " +
      "`--checks.draws`) may help.",
  }[depends];
}

/** Why scores without signs agree even where nothing was learnt. */
function signs({ checks }: CheckFindings): string[] {
  const anew = checks.find(({ check }) => check === "all_layers");
  if (
    typeof anew?.spearman_absolute !== "number" ||
    anew.spearman_absolute <= (anew.spearman ?? 0)
  ) return [];
  return [
    "Scores without their signs agree more, because a score is a gradient " +
    "times the sample's distance from the training samples, and that " +
    "distance is the same for every network. The set is made by signed " +
    "scores.",
  ];
}

/** What the network of shuffled labels has learnt. */
function shuffled(network: ShuffledNetwork): string {
  const { accuracy, chance_accuracy: chance, train_accuracy } = network;
  return `The network of shuffled tissues learnt ${percent(train_accuracy)} ` +
    `of them by heart in ${counted(network.epochs, "epoch")} and gives ` +
    `${percent(accuracy)} of the test samples their own tissue, where ` +
    `guessing gives ${percent(chance)}.` +
    (train_accuracy < 0.5
      ? " It learnt little even of what it was shown, so its row says little."
      : "");
}
