/**
 * Picks whole groups so that each tissue's picked part comes near a fraction.
 *
 * To hold every tissue on both sides is set splitting, which is NP-hard; so it
 * is searched: a greedy start in the manner of iterative stratification
 * (Sechidis, Tsoumakas and Vlahavas, ECML PKDD 2011), then flips that mend a
 * broken bound, partly at random (as WalkSAT does), then flips and swaps as
 * long as one brings the fractions nearer.
 */

import type { RandomStream } from "../../random.ts";

/** A group that is picked or left as a whole. */
export interface Group {
  /** Samples by tissue: `[tissue index, samples]`, each tissue once. */
  readonly counts: readonly (readonly [number, number])[];
}

/** In how many of its groups a tissue may be picked. */
export interface GroupBounds {
  readonly minimum: number;
  readonly maximum: number;
}

/** One group too many costs more than all that too few can. */
const TOO_MANY = 1e10;
/** One group too few costs more than any distance from the fraction. */
const TOO_FEW = 1e7;
/** How often a mending flip is drawn at random. */
const RANDOM_FLIPS = 0.3;
/** Pairs looked at for swaps, so that huge sheets end in seconds. */
const SWAP_BUDGET = 4_000_000;
const SMALLEST_GAIN = 1e-9;

/**
 * Picks groups.
 *
 * @param groups The groups, in an order that the caller fixes.
 * @param bounds Each tissue's bounds; `maximum` is kept before `minimum`.
 * @param fraction The part of the samples to pick, in [0, 1].
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
  search.mend(stream);
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

  /** What a flip of that group changes in the cost; less is better. */
  gain(group: number): number {
    const sign = this.picked[group] ? -1 : 1;
    let gain = 0;
    for (const [tissue, count] of this.groups[group].counts) {
      const off = this.#counts[tissue] - this.fraction * this.#totals[tissue];
      gain += count * (count + 2 * sign * off) / this.#totals[tissue];
      const held = this.#groupCounts[tissue];
      gain += this.#breach(tissue, held + sign) - this.#breach(tissue, held);
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

  /** Flips groups of tissues whose bounds are broken; keeps the best state. */
  mend(stream: RandomStream): void {
    let least = this.#breaches();
    let best = [...this.picked];
    const limit = 2000 + 50 * this.bounds.length;
    for (let step = 0; step < limit && least > 0; step++) {
      const broken = this.bounds.map((_, tissue) => tissue).filter((tissue) =>
        this.#breach(tissue, this.#groupCounts[tissue]) > 0
      );
      const tissue = broken[stream.integer(broken.length)];
      const surplus = this.#groupCounts[tissue] > this.bounds[tissue].maximum;
      const candidates = this.#members[tissue].filter((group) =>
        this.picked[group] === surplus
      );
      const any = candidates[stream.integer(candidates.length)];
      this.flip(
        stream.uniform() < RANDOM_FLIPS ? any : this.#cheapest(candidates, any),
      );
      const breaches = this.#breaches();
      if (breaches < least) {
        least = breaches;
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

  #breach(tissue: number, held: number): number {
    const { minimum, maximum } = this.bounds[tissue];
    if (held > maximum) return TOO_MANY * (held - maximum);
    return held < minimum ? TOO_FEW * (minimum - held) : 0;
  }

  #breaches(): number {
    let sum = 0;
    for (let tissue = 0; tissue < this.bounds.length; tissue++) {
      sum += this.#breach(tissue, this.#groupCounts[tissue]);
    }
    return sum;
  }
}
