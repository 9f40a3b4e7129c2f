/** Whether the network predicts better than the simple classifiers. */

import { isShownToDiffer } from "../by_groups.ts";
import type { TestedMetrics } from "../outputs.ts";
import { type RivalName, rivalNames } from "../rivals.ts";

/** One rival beside the network. */
export interface RivalResult {
  readonly name: RivalName;
  readonly macro_f1: number;
  readonly samples_right: number;
  readonly only_network_right: number;
  readonly only_rival_right: number;
  /** Exact McNemar test, two-sided, with the samples as units. */
  readonly p: number;
  /** The same, adjusted by Holm for all rivals. */
  readonly adjusted_p: number;
  /** With the groups as units; null without groups of several samples. */
  readonly by_groups: TestedMetrics["baselines"][RivalName]["by_groups"];
  /** Macro F1 of the network less the rival's, with a 95 % interval. */
  readonly f1_difference: TestedMetrics["baselines"][RivalName][
    "f1_difference"
  ];
  readonly network_is: "better" | "worse" | "not different";
}

/** The network beside all of its rivals. */
export interface RivalComparison {
  readonly rivals: readonly RivalResult[];
  /**
   * `better` than each rival, `worse` than at least one, else `not different`;
   * a difference counts if it is shown (`isShown`).
   */
  readonly against_rivals: RivalResult["network_is"];
  /**
   * The rival that the verdict names: of those it speaks of, the one with most
   * samples right, of equal ones that with the higher macro F1. It speaks of
   * all if the network is better, else of those that make it so.
   */
  readonly named_rival: RivalResult;
}

/** Judges the network against its rivals. */
export function compareRivals(
  { baselines, test_samples }: TestedMetrics,
): RivalComparison {
  const rivals = rivalNames.map((name): RivalResult => {
    const { macro_f1, accuracy, ...own } = baselines[name];
    return {
      name,
      macro_f1,
      samples_right: Math.round(accuracy * test_samples),
      only_network_right: own.only_network_right,
      only_rival_right: own.only_rival_right,
      p: own.p,
      adjusted_p: own.adjusted_p,
      by_groups: own.by_groups,
      f1_difference: own.f1_difference,
      network_is: !isShownToDiffer(own)
        ? "not different"
        : own.only_network_right > own.only_rival_right
        ? "better"
        : "worse",
    };
  });
  const against_rivals = (["worse", "not different", "better"] as const).find((
    verdict,
  ) => rivals.some(({ network_is }) => network_is === verdict))!;
  return {
    rivals,
    against_rivals,
    named_rival: rivals
      .filter(({ network_is }) => network_is === against_rivals)
      .reduce((best, each) =>
        each.samples_right > best.samples_right ||
          each.samples_right === best.samples_right &&
            each.macro_f1 > best.macro_f1
          ? each
          : best
      ),
  };
}
