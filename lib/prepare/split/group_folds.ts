/**
 * Spreads whole groups over the folds of a cross-fitting, each tissue's samples
 * and all samples as evenly as the groups allow.
 *
 * That no tissue is confined to one fold is hypergraph coloring, which is
 * NP-hard. So this is a search: the largest groups first, each into the fold
 * that needs it most (iterative stratification: Sechidis, Tsoumakas and
 * Vlahavas, ECML PKDD 2011), then moves that repair a confined tissue, partly
 * at random (as in WalkSAT), then moves and swaps as long as one helps.
 */

import type { RandomStream } from "../../random.ts";
import type { Group } from "./group_split.ts";

/** The cost of a confined tissue. Unevenness costs less than two per sample. */
const CONFINED = 1e7;
/** How often a repair is drawn at random. */
const RANDOM_MOVES = 0.3;
/** Pairs compared for swaps, so that huge sheets take seconds. */
const SWAP_BUDGET = 4_000_000;
/** Well above the rounding error of two costs of 1e7 that cancel. */
const SMALLEST_GAIN = 1e-6;

/**
 * Puts each group into a fold.
 *
 * The only group of a tissue is never tested, because no other sample of the
 * tissue could be trained on. If no folds are found that leave every tissue a
 * group to train on, groups are excluded from testing one after another.
 *
 * @param groups The groups, in an order that the caller fixes.
 * @param tissues How many tissues there are.
 * @param folds How many folds, at least 2.
 * @param stream Orders the groups and breaks ties.
 * @returns Each group's fold, 1 to `folds`; 0 for a group that is never tested.
 */
export function spreadGroups(
  groups: readonly Group[],
  tissues: number,
  folds: number,
  stream: RandomStream,
): Int32Array {
  const groupsOf = new Int32Array(tissues);
  for (const { counts } of groups) {
    for (const [tissue] of counts) groupsOf[tissue]++;
  }
  const trained = groups.map(({ counts }) =>
    counts.some(([tissue]) => groupsOf[tissue] === 1)
  );
  const sizes = groups.map(({ counts }) =>
    counts.reduce((sum, [, count]) => sum + count, 0)
  );
  const order = stream.shuffle(groups.map((_, index) => index))
    .sort((a, b) => sizes[b] - sizes[a]);
  for (;;) {
    const search = new Search(groups, sizes, trained, tissues, folds);
    for (const group of order) {
      if (!trained[group]) search.move(group, search.bestFold(group));
    }
    search.repair(stream);
    const confined = search.confined();
    if (confined.length === 0) {
      search.improve(order);
      return Int32Array.from(search.fold, (fold) => fold + 1);
    }
    const members = new Set(
      confined.flatMap((tissue) => search.members[tissue]),
    );
    const isConfined = new Set(confined);
    const repaired = (group: number) =>
      groups[group].counts.filter(([tissue]) => isConfined.has(tissue)).length;
    // The group that repairs most tissues; the smallest of several.
    const [excluded] = [...members].sort((a, b) =>
      repaired(b) - repaired(a) || sizes[a] - sizes[b] || a - b
    );
    trained[excluded] = true;
  }
}

class Search {
  /** Each group's fold from 0; -1 for a group in none. */
  readonly fold: Int32Array;
  /** Each tissue's groups that can be tested. */
  readonly members: number[][];
  readonly #tested: number[];
  readonly #isTrained: boolean[];
  readonly #totals: Float64Array;
  readonly #counts: Float64Array;
  readonly #groupCounts: Int32Array;
  readonly #foldSizes: Float64Array;
  readonly #total: number;

  constructor(
    readonly groups: readonly Group[],
    readonly sizes: readonly number[],
    trained: readonly boolean[],
    readonly tissues: number,
    readonly folds: number,
  ) {
    this.fold = new Int32Array(groups.length).fill(-1);
    this.members = Array.from({ length: tissues }, () => []);
    this.#tested = groups.flatMap((_, index) => trained[index] ? [] : [index]);
    this.#isTrained = new Array(tissues).fill(false);
    this.#totals = new Float64Array(tissues);
    this.#counts = new Float64Array(tissues * folds);
    this.#groupCounts = new Int32Array(tissues * folds);
    this.#foldSizes = new Float64Array(folds);
    this.#total = this.#tested.reduce((sum, group) => sum + sizes[group], 0);
    groups.forEach(({ counts }, group) => {
      for (const [tissue, count] of counts) {
        if (trained[group]) {
          this.#isTrained[tissue] = true;
        } else {
          this.members[tissue].push(group);
          this.#totals[tissue] += count;
        }
      }
    });
  }

  /** Moves a group; -1 is no fold. */
  move(group: number, to: number): void {
    this.#add(group, this.fold[group], -1);
    this.#add(group, to, 1);
    this.fold[group] = to;
  }

  /** How much that move changes the cost; less is better. */
  gain(group: number, to: number): number {
    const from = this.fold[group];
    if (from === to) return 0;
    const share = 1 / this.folds;
    let gain = 0;
    for (const [tissue, count] of this.groups[group].counts) {
      const total = this.#totals[tissue];
      const first = tissue * this.folds;
      gain += count * (count + 2 * (this.#counts[first + to] - share * total)) /
        total;
      if (from >= 0) {
        gain += count *
          (count - 2 * (this.#counts[first + from] - share * total)) / total;
      }
      if (this.#isTrained[tissue]) continue;
      const all = this.members[tissue].length;
      if (this.#groupCounts[first + to] + 1 === all) gain += CONFINED;
      if (from >= 0 && this.#groupCounts[first + from] === all) {
        gain -= CONFINED;
      }
    }
    const size = this.sizes[group];
    const aim = share * this.#total;
    gain += size * (size + 2 * (this.#foldSizes[to] - aim)) / this.#total;
    if (from >= 0) {
      gain += size * (size - 2 * (this.#foldSizes[from] - aim)) / this.#total;
    }
    return gain;
  }

  /** The fold that suits a group best, other than its own. */
  bestFold(group: number): number {
    let best = -1;
    let least = Infinity;
    for (let to = 0; to < this.folds; to++) {
      if (to === this.fold[group]) continue;
      const gain = this.gain(group, to);
      if (gain < least) {
        least = gain;
        best = to;
      }
    }
    return best;
  }

  /** The tissues that are confined to one fold and never trained. */
  confined(): number[] {
    const confined: number[] = [];
    for (let tissue = 0; tissue < this.tissues; tissue++) {
      const all = this.members[tissue].length;
      if (this.#isTrained[tissue] || all === 0) continue;
      const fold = this.fold[this.members[tissue][0]];
      if (this.#groupCounts[tissue * this.folds + fold] === all) {
        confined.push(tissue);
      }
    }
    return confined;
  }

  /** Moves groups of confined tissues; keeps the best state. */
  repair(stream: RandomStream): void {
    let confined = this.confined();
    let least = confined.length;
    let best = [...this.fold];
    const limit = 2000 + 50 * this.tissues;
    for (let step = 0; step < limit && least > 0; step++) {
      const own = this.members[confined[stream.integer(confined.length)]];
      let group = own[stream.integer(own.length)];
      let to = stream.integer(this.folds - 1);
      if (to >= this.fold[group]) to++;
      if (stream.uniform() >= RANDOM_MOVES) {
        for (const other of own) {
          const fold = this.bestFold(other);
          if (this.gain(other, fold) < this.gain(group, to)) {
            group = other;
            to = fold;
          }
        }
      }
      this.move(group, to);
      confined = this.confined();
      if (confined.length < least) {
        least = confined.length;
        best = [...this.fold];
      }
    }
    for (const group of this.#tested) {
      if (this.fold[group] !== best[group]) this.move(group, best[group]);
    }
  }

  /** Moves and swaps groups as long as that lowers the cost. */
  improve(order: readonly number[]): void {
    const own = order.filter((group) => this.fold[group] >= 0);
    let budget = SWAP_BUDGET;
    let improved = true;
    while (improved && budget > 0) {
      improved = false;
      for (const group of own) {
        const to = this.bestFold(group);
        if (this.gain(group, to) < -SMALLEST_GAIN) {
          this.move(group, to);
          improved = true;
        }
      }
      for (const group of own) {
        budget -= own.length;
        if (this.#swap(group, own)) improved = true;
        if (budget <= 0) return;
      }
    }
  }

  /** Swaps a group with the best of the others, if that lowers the cost. */
  #swap(group: number, own: readonly number[]): boolean {
    const from = this.fold[group];
    let best = -SMALLEST_GAIN;
    let partner = -1;
    for (let to = 0; to < this.folds; to++) {
      if (to === from) continue;
      const cost = this.gain(group, to);
      this.move(group, to);
      for (const other of own) {
        if (this.fold[other] !== to || other === group) continue;
        const change = cost + this.gain(other, from);
        if (change < best) {
          best = change;
          partner = other;
        }
      }
      this.move(group, from);
    }
    if (partner < 0) return false;
    const to = this.fold[partner];
    this.move(group, to);
    this.move(partner, from);
    return true;
  }

  #add(group: number, fold: number, sign: number): void {
    if (fold < 0) return;
    for (const [tissue, count] of this.groups[group].counts) {
      this.#counts[tissue * this.folds + fold] += sign * count;
      this.#groupCounts[tissue * this.folds + fold] += sign;
    }
    this.#foldSizes[fold] += sign * this.sizes[group];
  }
}
