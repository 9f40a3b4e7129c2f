/**
 * Puts whole groups into parts, so that each tissue's samples and all samples
 * are spread as wanted.
 *
 * To keep every tissue on both sides is set splitting, and to confine none to
 * one fold is hypergraph coloring; both are NP-hard. So this is a search: the
 * largest groups first, each where it is needed most (iterative stratification:
 * Sechidis, Tsoumakas and Vlahavas, ECML PKDD 2011), then moves that repair a
 * violated bound, partly at random (as in WalkSAT), then moves and swaps as
 * long as one helps.
 */

import type { RandomStream } from "../../random.ts";

/** Samples that stay together. */
export interface Group {
  readonly rows: readonly number[];
  /** Samples by tissue: `[tissue index, samples]`, each tissue once. */
  readonly counts: readonly (readonly [number, number])[];
}

/** How many samples or groups of a tissue a part may hold. */
export interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
}

/** What the parts should hold. */
export interface SearchOptions {
  readonly groups: readonly Group[];
  /** Parts, numbered from 1; a group outside of all is in part 0. */
  readonly parts: number;
  /** The share of the samples, and of each tissue's, that a part should hold. */
  readonly share: number;
  /** Each tissue's bounds, in groups; `maximum` is kept before `minimum`. */
  readonly bounds: readonly Bounds[];
  /** The cost of one group too many. */
  readonly surplusCost: number;
  /** Well above the rounding error of two costs that cancel. */
  readonly smallestGain: number;
}

/** One group too few costs more than any distance from the share. */
const TOO_FEW = 1e7;
/** How often a repair is drawn at random. */
const RANDOM_MOVES = 0.3;
/** Pairs compared for swaps, so that huge sheets take seconds. */
const SWAP_BUDGET = 4_000_000;

/** The state of a search: all groups are outside at first. */
export abstract class GroupSearch {
  /** Each group's part. */
  readonly part: Int32Array;
  /** Pairs that may still be compared. */
  protected budget = SWAP_BUDGET;
  /** Each group's samples by tissue; all samples are one more, unbounded. */
  readonly #counts: Group["counts"][];
  readonly #bounds: readonly Bounds[];
  /** Each tissue's groups and samples. */
  readonly #members: number[][];
  readonly #totals: Float64Array;
  /** The samples and the groups of each tissue in each part. */
  readonly #samplesIn: Float64Array;
  readonly #groupsIn: Int32Array;
  /** Numbers a tissue has in the two arrays above. */
  readonly #stride: number;

  constructor(readonly options: SearchOptions) {
    const { groups, bounds, parts } = options;
    this.part = new Int32Array(groups.length);
    this.#counts = groups.map(({ rows, counts }) => [
      ...counts,
      [bounds.length, rows.length],
    ]);
    this.#bounds = [...bounds, { minimum: 0, maximum: Infinity }];
    this.#stride = parts + 1;
    this.#members = this.#bounds.map(() => []);
    this.#totals = new Float64Array(this.#bounds.length);
    this.#samplesIn = new Float64Array(this.#bounds.length * this.#stride);
    this.#groupsIn = new Int32Array(this.#samplesIn.length);
    this.#counts.forEach((counts, group) => {
      for (const [tissue, count] of counts) {
        this.#members[tissue].push(group);
        this.#totals[tissue] += count;
      }
    });
  }

  /** The part that suits a group best, other than its own. */
  abstract bestPart(group: number): number;

  /** Draws a part for a group, other than its own, if there are several. */
  protected drawPart(group: number, _stream: RandomStream): number {
    return this.bestPart(group);
  }

  /** Swaps a group with the best of the others, if that lowers the cost. */
  protected abstract swap(group: number, order: readonly number[]): boolean;

  move(group: number, to: number): void {
    this.#add(group, this.part[group], -1);
    this.#add(group, to, 1);
    this.part[group] = to;
  }

  #add(group: number, part: number, sign: number): void {
    for (const [tissue, count] of this.#counts[group]) {
      const index = tissue * this.#stride + part;
      this.#samplesIn[index] += sign * count;
      this.#groupsIn[index] += sign;
    }
  }

  /** How much a move to another part changes the cost; less is better. */
  gain(group: number, to: number): number {
    const from = this.part[group];
    let gain = 0;
    for (const [tissue, count] of this.#counts[group]) {
      const total = this.#totals[tissue];
      const aim = this.options.share * total;
      const first = tissue * this.#stride;
      if (to > 0) {
        gain += distanceGain(count, this.#samplesIn[first + to] - aim, total);
      }
      if (from > 0) {
        gain += distanceGain(count, aim - this.#samplesIn[first + from], total);
      }
      if (to > 0) gain += this.#violationGain(tissue, to, 1);
      if (from > 0) gain += this.#violationGain(tissue, from, -1);
    }
    return gain;
  }

  #violationGain(tissue: number, part: number, groups: number): number {
    const held = this.#groupsIn[tissue * this.#stride + part];
    return this.#violation(tissue, held + groups) -
      this.#violation(tissue, held);
  }

  /** What it costs that a part holds so many groups of a tissue. */
  #violation(tissue: number, held: number): number {
    const { minimum, maximum } = this.#bounds[tissue];
    if (held > maximum) return this.options.surplusCost * (held - maximum);
    return held < minimum ? TOO_FEW * (minimum - held) : 0;
  }

  /** The tissues with a violated bound, each with the part that violates it. */
  violated(): { tissues: number[]; parts: number[]; cost: number } {
    const tissues: number[] = [];
    const parts: number[] = [];
    let cost = 0;
    this.#bounds.forEach(({ minimum, maximum }, tissue) => {
      for (let part = 1; part < this.#stride; part++) {
        const held = this.#groupsIn[tissue * this.#stride + part];
        if (held >= minimum && held <= maximum) continue;
        tissues.push(tissue);
        parts.push(part);
        cost += this.#violation(tissue, held);
      }
    });
    return { tissues, parts, cost };
  }

  /** Moves groups of tissues with violated bounds; keeps the best state. */
  repair(stream: RandomStream): void {
    let violated = this.violated();
    let least = violated.cost;
    let best = this.part.slice();
    const limit = 2000 + 50 * this.options.bounds.length;
    for (let step = 0; step < limit && least > 0; step++) {
      const which = stream.integer(violated.tissues.length);
      const [tissue, part] = [violated.tissues[which], violated.parts[which]];
      const held = this.#groupsIn[tissue * this.#stride + part];
      const isSurplus = held > this.#bounds[tissue].maximum;
      const candidates = this.#members[tissue].filter((group) =>
        (this.part[group] === part) === isSurplus
      );
      let group = candidates[stream.integer(candidates.length)];
      let to = this.drawPart(group, stream);
      if (stream.uniform() >= RANDOM_MOVES) {
        let lowest = this.gain(group, to);
        for (const other of candidates) {
          const better = this.bestPart(other);
          const gain = this.gain(other, better);
          if (gain < lowest) [group, to, lowest] = [other, better, gain];
        }
      }
      this.move(group, to);
      violated = this.violated();
      if (violated.cost < least) {
        least = violated.cost;
        best = this.part.slice();
      }
    }
    best.forEach((part, group) => {
      if (this.part[group] !== part) this.move(group, part);
    });
  }

  /** Moves and swaps groups, in this order, as long as that lowers the cost. */
  improve(order: readonly number[]): void {
    let improved = true;
    while (improved && this.budget > 0) {
      improved = false;
      for (const group of order) {
        const to = this.bestPart(group);
        if (this.gain(group, to) < -this.options.smallestGain) {
          this.move(group, to);
          improved = true;
        }
      }
      for (const group of order) {
        if (this.swap(group, order)) improved = true;
        if (this.budget <= 0) return;
      }
    }
  }
}

/** The groups from the largest on, equal ones in random order. */
export function orderBySize(
  groups: readonly Group[],
  stream: RandomStream,
): number[] {
  return stream.shuffle(groups.map((_, index) => index))
    .sort((a, b) => groups[b].rows.length - groups[a].rows.length);
}

/** How many groups each tissue comes from. */
export function groupsPerTissue(groups: readonly Group[]): number[] {
  const found: number[] = [];
  for (const { counts } of groups) {
    for (const [tissue] of counts) found[tissue] = (found[tissue] ?? 0) + 1;
  }
  return found;
}

/** How much a squared distance changes if `count` are added, by their total. */
function distanceGain(count: number, distance: number, total: number): number {
  return count * (count + 2 * distance) / total;
}
