/** Where scores of clusters follow from k alone, or samples are too much alike. */

import { countOf, withCommas } from "../cli/text.ts";

/** How samples were clustered by one gene set. */
export interface Clustered {
  /** Clusters asked for. */
  readonly k: number;
  readonly samples: number;
  /** Samples that differ by the genes of the set. */
  readonly profiles: number;
}

/**
 * Why all gene sets get the same scores.
 *
 * @returns A clause; empty if the scores depend on the genes.
 */
export function whyFixed({ k, samples }: Omit<Clustered, "profiles">): string {
  const same = "so all scores are the same whatever the genes";
  if (k >= samples) {
    return `k is ${withCommas(k)} for ${countOf(samples, "sample")}: every ` +
      `sample is a cluster of its own, ${same}`;
  }
  return k === 1 ? `k is 1: all samples are one cluster, ${same}` : "";
}

/**
 * Says that there are no more different samples than clusters. Identical
 * samples share a cluster, so that fewer than k are found.
 *
 * @returns A clause; empty if there are more.
 */
export function fewProfiles({ k, samples, profiles }: Clustered): string {
  if (profiles > k || profiles === samples) return "";
  return `the ${countOf(samples, "sample")} have ${
    countOf(profiles, "different profile")
  } for k = ${withCommas(k)}: ` +
    (profiles < k
      ? `${countOf(profiles, "cluster")} ${
        profiles === 1 ? "is" : "are"
      } found, as identical samples share one`
      : "each profile is a cluster");
}
