/** Picks whole groups so that the part of each tissue is close to a fraction. */

import type { RandomStream } from "../../random.ts";
import {
  type Group,
  GroupSearch,
  groupsPerTissue,
  orderBySize,
} from "./group_search.ts";

/** One group too many costs more than all that too few can. */
const TOO_MANY = 1e10;

/**
 * Picks groups. One group of each tissue is left.
 *
 * @param groups The groups, in an order that the caller fixes.
 * @param minimum How many to pick of each tissue at least, if it has more.
 * @param fraction The share of the samples to pick, in [0, 1].
 * @param stream Orders the groups and breaks ties.
 * @returns The groups that are picked.
 */
export function pickGroups(
  groups: readonly Group[],
  minimum: number,
  fraction: number,
  stream: RandomStream,
): Group[] {
  const search = new Picking({
    groups,
    parts: 1,
    share: fraction,
    bounds: groupsPerTissue(groups).map((all) => ({
      minimum: Math.min(minimum, all - 1),
      maximum: all - 1,
    })),
    surplusCost: TOO_MANY,
    smallestGain: 1e-9,
  });
  const order = orderBySize(groups, stream);
  for (const group of order) {
    if (search.gain(group, 1) < 0) search.move(group, 1);
  }
  search.repair(stream);
  search.improve(order);
  return groups.filter((_, group) => search.part[group] === 1);
}

/** Part 1 is picked, part 0 is not. */
class Picking extends GroupSearch {
  override bestPart(group: number): number {
    return 1 - this.part[group];
  }

  /** Only from the picked groups: a swap of another one is the same swap. */
  override swap(group: number, order: readonly number[]): boolean {
    if (this.part[group] === 0) return false;
    const cost = this.gain(group, 0);
    this.move(group, 0);
    let best = -1;
    let least = Infinity;
    for (const other of order) {
      if (this.part[other] === 1 || other === group) continue;
      this.budget--;
      const gain = this.gain(other, 1);
      if (gain < least) {
        least = gain;
        best = other;
      }
    }
    const improves = cost + least < -this.options.smallestGain;
    this.move(improves ? best : group, 1);
    return improves;
  }
}
