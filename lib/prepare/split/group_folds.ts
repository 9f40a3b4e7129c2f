/**
 * Spreads whole groups over the folds of a cross-fitting, each tissue's samples
 * and all samples as evenly as the groups allow.
 */

import type { RandomStream } from "../../random.ts";
import {
  type Group,
  GroupSearch,
  groupsPerTissue,
  orderBySize,
} from "./group_search.ts";

/** The cost of a confined tissue. Unevenness costs less than two per sample. */
const CONFINED = 1e7;
/** A group that takes no part in the search. */
const EXCLUDED: Group = { rows: [], counts: [] };

/**
 * Puts each group into a fold.
 *
 * The only group of a tissue is never tested, because no other sample of the
 * tissue could be trained on. If no folds are found that leave every tissue a
 * group to train on, groups are excluded from testing one after another.
 *
 * @param groups The groups, in an order that the caller fixes.
 * @param folds How many folds, at least 2.
 * @param stream Orders the groups and breaks ties.
 * @returns Each group's fold, 1 to `folds`; 0 for a group that is never tested.
 */
export function spreadGroups(
  groups: readonly Group[],
  folds: number,
  stream: RandomStream,
): Int32Array {
  const perTissue = groupsPerTissue(groups);
  const trained = groups.map(({ counts }) =>
    counts.some(([tissue]) => perTissue[tissue] === 1)
  );
  const order = orderBySize(groups, stream);
  for (;;) {
    // A tissue that a fold has all groups of is confined, if none is trained.
    const bounds = perTissue.map((all) => ({ minimum: 0, maximum: all - 1 }));
    for (const { counts } of groups.filter((_, group) => trained[group])) {
      for (const [tissue] of counts) bounds[tissue].maximum = Infinity;
    }
    const search = new Folding({
      groups: groups.map((group, index) => trained[index] ? EXCLUDED : group),
      parts: folds,
      share: 1 / folds,
      bounds,
      surplusCost: CONFINED,
      smallestGain: 1e-6,
    });
    const tested = order.filter((group) => !trained[group]);
    for (const group of tested) search.move(group, search.bestPart(group));
    search.repair(stream);
    const confined = new Set(search.violated().tissues);
    if (confined.size === 0) {
      search.improve(tested);
      return search.part;
    }
    const repaired = (group: number) =>
      groups[group].counts.filter(([tissue]) => confined.has(tissue)).length;
    const sizeOf = (group: number) => groups[group].rows.length;
    // The group that repairs most tissues; the smallest of several.
    const [excluded] = tested.sort((a, b) =>
      repaired(b) - repaired(a) || sizeOf(a) - sizeOf(b) || a - b
    );
    trained[excluded] = true;
  }
}

class Folding extends GroupSearch {
  override bestPart(group: number): number {
    let best = 0;
    let least = Infinity;
    for (let to = 1; to <= this.options.parts; to++) {
      if (to === this.part[group]) continue;
      const gain = this.gain(group, to);
      if (gain < least) {
        least = gain;
        best = to;
      }
    }
    return best;
  }

  override drawPart(group: number, stream: RandomStream): number {
    const to = 1 + stream.integer(this.options.parts - 1);
    return to < this.part[group] ? to : to + 1;
  }

  override swap(group: number, order: readonly number[]): boolean {
    this.budget -= order.length;
    const from = this.part[group];
    let best = -this.options.smallestGain;
    let partner = -1;
    for (let to = 1; to <= this.options.parts; to++) {
      if (to === from) continue;
      const cost = this.gain(group, to);
      this.move(group, to);
      for (const other of order) {
        if (this.part[other] !== to || other === group) continue;
        const change = cost + this.gain(other, from);
        if (change < best) {
          best = change;
          partner = other;
        }
      }
      this.move(group, from);
    }
    if (partner < 0) return false;
    this.move(group, this.part[partner]);
    this.move(partner, from);
    return true;
  }
}
