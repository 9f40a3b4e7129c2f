/** The verdict on how far to believe the set: chance, draws, networks. */

import type { CheckFindings } from "../findings/checks.ts";
import type { DecoyFindings } from "../findings/decoys.ts";
import type { Findings } from "../findings.ts";
import type { GeneSetFindings } from "../findings/gene_set.ts";
import { highFalseDiscoveryRate } from "../findings/levels.ts";
import { count, counted, percent } from "../numbers.ts";

/** Where the report tells more. */
const section = "[How far to believe the set](#how-far-to-believe-the-set)";

/**
 * How far to believe the gene set, in one paragraph: genes by chance, another
 * network, and whether the scores depend on what was learnt.
 *
 * @param found The run's results; without a gene set it has nothing to say.
 */
export function beliefVerdict(found: Findings): string[] {
  const set = found.gene_set;
  if (!set) return [];
  const absent = notDone(found);
  return [
    [
      ...(set.decoys ? [byChance(set.decoys, set)] : []),
      ...stability(set),
      ...(found.checks ? [ofTheModel(found.checks)] : []),
      absent.length === 0
        ? `More under ${section}.`
        : `**Not done in this run:** ${absent.join(", ")}; ${section} names ` +
          `the commands.`,
    ].join(" "),
  ];
}

/** How many genes of the set may be there by chance. */
function byChance(
  decoys: DecoyFindings,
  { genes, cut }: GeneSetFindings,
): string {
  // A cut by the rate has the rate that was asked for.
  const high = cut !== "fdr" &&
    decoys.false_discovery_rate > highFalseDiscoveryRate;
  if (decoys.entered === 0) {
    return `None of ${counted(decoys.decoys, "decoy")} (genes with shuffled ` +
      `values, hidden among the real ones) entered the set; so few cannot ` +
      `show less than ${percent(decoys.cautious_false_discovery_rate)} of it ` +
      `to be there by chance.`;
  }
  const expected = Math.min(decoys.false_genes, genes);
  return `${count(decoys.entered)} of ${counted(decoys.decoys, "decoy")} ` +
    `(genes with shuffled values, hidden among the real ones) entered the ` +
    `set: up to about ${count(Math.round(expected))} of its ` +
    `${counted(genes, "gene")} (${percent(decoys.false_discovery_rate)}) may ` +
    `be there by chance.` +
    (high ? " **The cut does not keep chance out.**" : "");
}

/** How many of the best genes another network, or other draws, would name. */
function stability({ networks_stability: networks, draws }: GeneSetFindings) {
  if (networks) {
    return [
      `Two networks that differ only in their random numbers share ` +
      `${percent(networks.overlap)} of each tissue's ${count(networks.top)} ` +
      `best genes (by chance ${percent(networks.chance_overlap)}).`,
    ];
  }
  return draws === undefined ? [] : [
    `The same network explained with other random draws is expected to name ` +
    `${percent(draws.expected_overlap)} of each tissue's ` +
    `${count(draws.top)} best genes again; another network may name others.`,
  ];
}

/** Whether a network that knows nothing would be explained alike. */
function ofTheModel({ depends }: CheckFindings): string {
  return {
    yes: "The scores depend on what the network learnt: networks that know " +
      "nothing of the tissues are explained otherwise.",
    partly: "The scores depend only in part on what the network learnt: " +
      "networks that know nothing of the tissues are explained much alike.",
    no: "**The scores hardly depend on what the network learnt:** networks " +
      "that know nothing of the tissues are explained alike.",
    luck: "**The scores do not show what was learnt:** a replicate, which " +
      "learnt the same, is explained no more alike than networks that know " +
      "nothing of the tissues.",
    unknown: "Whether the scores depend on what the network learnt could not " +
      "be told.",
  }[depends];
}

/** What would tell more and was left out. */
function notDone({ gene_set, checks, ttest }: Findings): string[] {
  const tests = ttest?.tests ?? [];
  const matched = tests.some((test) => test.null === "matched");
  const spaces = new Set(tests.map(({ space }) => space)).size > 1;
  return [
    ...(gene_set?.decoys ? [] : ["decoys"]),
    ...(gene_set?.networks_stability ? [] : ["replicate networks"]),
    ...(checks ? [] : ["checks against networks that know nothing"]),
    ...(ttest === undefined || spaces ? [] : ["tests in other spaces"]),
    ...(ttest === undefined || matched
      ? []
      : ["random sets of like expression"]),
  ];
}
