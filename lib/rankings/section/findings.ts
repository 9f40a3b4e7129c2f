/** What the comparison with simple rankings found, for the report. */

import {
  asByGroups,
  type ByGroups,
  isShownToDiffer,
} from "../../cnn/by_groups.ts";
import { predictions } from "../../cnn/outputs.ts";
import { samples } from "../../prepare/outputs.ts";
import type { SectionReader } from "../../report/section.ts";
import { testPairs } from "../../statistics/paired_test.ts";
import {
  type GenesetsSummary,
  ridgePredictions,
  summary,
  type TruthSummary,
} from "../outputs.ts";
import { VERDICT_DEPTH } from "../recovery.ts";
import { isSimple } from "../simple.ts";

/** The network and the ridge classifier on the same test samples. */
export interface NetworkTest {
  readonly samples: number;
  readonly network_right: number;
  readonly ridge_right: number;
  readonly only_network_right: number;
  readonly only_ridge_right: number;
  /** Exact, two-sided, by McNemar, with the samples as units. */
  readonly p: number;
  /** With the groups as units; null without groups of several samples. */
  readonly by_groups: ByGroups | null;
  readonly network_is: "better" | "worse" | "not different";
}

/** SHAP beside the simple ranking that finds most known genes. */
export interface ListTest {
  /** Of each tissue's first genes. */
  readonly k: number;
  readonly shap: Mean;
  readonly best: Mean & { readonly method: string; readonly title: string };
  /** SHAP's precision less the other's. */
  readonly difference: Mean;
  readonly chance: number;
  readonly best_possible: number;
  readonly shap_is: "better" | "worse" | "not different";
}

type Mean = TruthSummary["rankings"][number]["depths"][number]["precision"];

/** What the stage found. */
export interface GenesetsFindings {
  readonly summary: GenesetsSummary;
  /** Null without test samples. */
  readonly network: NetworkTest | null;
  /** Null if no genes are known. */
  readonly lists: ListTest | null;
}

/** Reads what the stage wrote, and the network's predictions. */
export async function readFindings(
  { read }: SectionReader,
): Promise<GenesetsFindings> {
  const numbers = await read(summary);
  return {
    summary: numbers,
    network: compareClassifiers(
      await read(predictions),
      await read(ridgePredictions),
      new Map(
        (await read(samples)).map(({ sample_id, group }) => [sample_id, group]),
      ),
    ),
    lists: numbers.truth &&
      compareLists(
        numbers.truth,
        numbers.methods.map(({ method }) => method).filter(isSimple),
      ),
  };
}

/**
 * Compares two classifiers on the samples that both have predicted.
 *
 * @param groups By sample id; none by default.
 * @returns Null if there are none.
 */
export function compareClassifiers(
  network: readonly {
    readonly sample_id: string;
    readonly tissue: string;
    readonly predicted: string;
  }[],
  ridge: readonly { readonly sample_id: string; readonly predicted: string }[],
  groups: ReadonlyMap<string, string> = new Map(),
): NetworkTest | null {
  const byRidge = new Map(
    ridge.map(({ sample_id, predicted }) => [sample_id, predicted]),
  );
  const both = network.flatMap(({ sample_id, tissue, predicted }) => {
    const other = byRidge.get(sample_id);
    return other === undefined ? [] : [{
      network: predicted === tissue,
      ridge: other === tissue,
      group: groups.get(sample_id) ?? "",
    }];
  });
  if (both.length === 0) return null;
  const count = (keep: (each: typeof both[number]) => boolean) =>
    both.filter(keep).length;
  const [{ onlyFirst, onlySecond, p, adjustedP, byGroups }] = testPairs(
    both.map(({ network }) => network),
    [both.map(({ ridge }) => ridge)],
    both.map(({ group }) => group),
  );
  const by_groups = asByGroups(byGroups);
  return {
    samples: both.length,
    network_right: count(({ network }) => network),
    ridge_right: count(({ ridge }) => ridge),
    only_network_right: onlyFirst,
    only_ridge_right: onlySecond,
    p,
    by_groups,
    network_is: !isShownToDiffer({ adjusted_p: adjustedP, by_groups })
      ? "not different"
      : onlyFirst > onlySecond
      ? "better"
      : "worse",
  };
}

/**
 * Compares SHAP with the simple ranking of the highest precision.
 *
 * @param rivals The names of the simple rankings.
 * @returns Null if the matrix has too few genes for any depth.
 */
function compareLists(
  { rankings, chance, best_possible }: TruthSummary,
  rivals: readonly string[],
): ListTest | null {
  const [shap, ...others] = rankings;
  const index = shap.depths.findLastIndex(({ k }) => k <= VERDICT_DEPTH);
  const candidates = others.filter(({ method }) => rivals.includes(method));
  if (index < 0 || candidates.length === 0) return null;
  const best = candidates.reduce((best, each) =>
    each.depths[index].precision.mean > best.depths[index].precision.mean
      ? each
      : best
  );
  const { k, precision, difference } = best.depths[index];
  return {
    k,
    shap: shap.depths[index].precision,
    best: { method: best.method, title: best.title, ...precision },
    difference,
    chance,
    best_possible: best_possible[index].precision,
    // With one tissue nothing is known of how it would differ in others.
    shap_is: difference.low !== null && difference.low > 0
      ? "better"
      : difference.high !== null && difference.high < 0
      ? "worse"
      : "not different",
  };
}

/** The numbers for `report/summary.json`. */
export function summarizeFindings(
  { summary: { truth, ridge, overlaps: _, ...rest }, network, lists }:
    GenesetsFindings,
) {
  const set = truth?.sets[0];
  return {
    ...rest,
    ridge,
    network_and_ridge: network,
    shap_and_best_ranking: lists,
    shap_set: set && {
      ...set,
      // Only a simulation knows all true genes.
      true_false_discovery_rate: truth.source === "simulation" && set.genes > 0
        ? (set.genes - set.hits) / set.genes
        : null,
    },
    truth,
  };
}
