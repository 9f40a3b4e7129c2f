/**
 * Picks whole groups so that the picked part of each tissue is close to a
 * fraction.
 *
 * To keep every tissue on both sides is set splitting, which is NP-hard. So
 * this is a search: a greedy start like iterative stratification (Sechidis,
 * Tsoumakas and Vlahavas, ECML PKDD 2011), then flips that repair a violated
 * bound, partly at random (as in WalkSAT), then flips and swaps as long as one
 * brings the fractions closer.
 */

import type { RandomStream } from "../../random.ts";

/** A group that is picked or left as a whole. */
export interface Group {
  /** Samples by tissue: `[tissue index, samples]`, each tissue once. */
  readonly counts: readonly (readonly [number, number])[];
}

/** How many of its groups may be picked for a tissue. */
export interface GroupBounds {
  readonly minimum: number;
  readonly maximum: number;
}

/** One group too many costs more than all that too few can. */
const TOO_MANY = 1e10;
/** One group too few costs more than any distance from the fraction. */
const TOO_FEW = 1e7;
/** How often a repair is drawn at random. */
const RANDOM_FLIPS = 0.3;
/** Pairs compared for swaps, so that huge sheets take seconds. */
const SWAP_BUDGET = 4_000_000;
const SMALLEST_GAIN = 1e-9;

/**
 * Picks groups.
 *
 * @param groups The groups, in an order that the caller fixes.
 * @param bounds Each tissue's bounds; `maximum` is kept before `minimum`.
 * @param fraction The share of the samples to pick, in [0, 1].
 * @param stream Orders the groups and breaks ties.
 * @returns Whether each group is picked.
 */
export function pickGroups(
  groups: readonly Group[],
  bounds: readonly GroupBounds[],
  fraction: number,
  stream: RandomStream,
): boolean[] {
  const search = new Search(groups, bounds, fraction);
  const order = stream.shuffle(groups.map((_, index) => index))
    .sort((a, b) => search.sizes[b] - search.sizes[a]);
  for (const group of order) {
    if (search.gain(group) < 0) search.flip(group);
  }
  search.repair(stream);
  search.improve(order);
  return search.picked;
}

class Search {
  readonly picked: boolean[];
  /** Samples of each group. */
  readonly sizes: number[];
  readonly #totals: Float64Array;
  readonly #counts: Float64Array;
  readonly #groupCounts: Int32Array;
  readonly #members: number[][];
  readonly #total: number;
  #count = 0;

  constructor(
    readonly groups: readonly Group[],
    readonly bounds: readonly GroupBounds[],
    readonly fraction: number,
  ) {
    this.picked = groups.map(() => false);
    this.sizes = groups.map(({ counts }) =>
      counts.reduce((sum, [, count]) => sum + count, 0)
    );
    this.#total = this.sizes.reduce((sum, size) => sum + size, 0);
    this.#totals = new Float64Array(bounds.length);
    this.#counts = new Float64Array(bounds.length);
    this.#groupCounts = new Int32Array(bounds.length);
    this.#members = bounds.map(() => []);
    groups.forEach(({ counts }, group) => {
      for (const [tissue, count] of counts) {
        this.#totals[tissue] += count;
        this.#members[tissue].push(group);
      }
    });
  }

  /** How much a flip of that group changes the cost; less is better. */
  gain(group: number): number {
    const sign = this.picked[group] ? -1 : 1;
    let gain = 0;
    for (const [tissue, count] of this.groups[group].counts) {
      const off = this.#counts[tissue] - this.fraction * this.#totals[tissue];
      gain += count * (count + 2 * sign * off) / this.#totals[tissue];
      const picked = this.#groupCounts[tissue];
      gain += this.#violation(tissue, picked + sign) -
        this.#violation(tissue, picked);
    }
    const size = this.sizes[group];
    const off = this.#count - this.fraction * this.#total;
    return gain + size * (size + 2 * sign * off) / this.#total;
  }

  flip(group: number): void {
    const sign = this.picked[group] ? -1 : 1;
    this.picked[group] = !this.picked[group];
    this.#count += sign * this.sizes[group];
    for (const [tissue, count] of this.groups[group].counts) {
      this.#counts[tissue] += sign * count;
      this.#groupCounts[tissue] += sign;
    }
  }

  /** Flips groups of tissues with violated bounds; keeps the best state. */
  repair(stream: RandomStream): void {
    let least = this.#violations();
    let best = [...this.picked];
    const limit = 2000 + 50 * this.bounds.length;
    for (let step = 0; step < limit && least > 0; step++) {
      const violated = this.bounds.map((_, tissue) => tissue).filter((tissue) =>
        this.#violation(tissue, this.#groupCounts[tissue]) > 0
      );
      const tissue = violated[stream.integer(violated.length)];
      const surplus = this.#groupCounts[tissue] > this.bounds[tissue].maximum;
      const candidates = this.#members[tissue].filter((group) =>
        this.picked[group] === surplus
      );
      const any = candidates[stream.integer(candidates.length)];
      this.flip(
        stream.uniform() < RANDOM_FLIPS ? any : this.#cheapest(candidates, any),
      );
      const violations = this.#violations();
      if (violations < least) {
        least = violations;
        best = [...this.picked];
      }
    }
    best.forEach((picked, group) => {
      if (this.picked[group] !== picked) this.flip(group);
    });
  }

  /** Flips and swaps groups as long as that lowers the cost. */
  improve(order: readonly number[]): void {
    let budget = SWAP_BUDGET;
    let improved = true;
    while (improved && budget > 0) {
      improved = false;
      for (const group of order) {
        if (this.gain(group) < -SMALLEST_GAIN) {
          this.flip(group);
          improved = true;
        }
      }
      for (const group of order) {
        if (!this.picked[group]) continue;
        const cost = this.gain(group);
        this.flip(group);
        const others = order.filter((other) =>
          !this.picked[other] && other !== group
        );
        budget -= others.length;
        const other = others.length > 0
          ? this.#cheapest(others, others[0])
          : group;
        if (other !== group && cost + this.gain(other) < -SMALLEST_GAIN) {
          this.flip(other);
          improved = true;
        } else {
          this.flip(group);
        }
        if (budget <= 0) return;
      }
    }
  }

  #cheapest(candidates: readonly number[], first: number): number {
    let best = first;
    let least = this.gain(first);
    for (const group of candidates) {
      const gain = this.gain(group);
      if (gain < least) {
        least = gain;
        best = group;
      }
    }
    return best;
  }

  #violation(tissue: number, picked: number): number {
    const { minimum, maximum } = this.bounds[tissue];
    if (picked > maximum) return TOO_MANY * (picked - maximum);
    return picked < minimum ? TOO_FEW * (minimum - picked) : 0;
  }

  #violations(): number {
    let sum = 0;
    for (let tissue = 0; tissue < this.bounds.length; tissue++) {
      sum += this.#violation(tissue, this.#groupCounts[tissue]);
    }
    return sum;
  }
}
