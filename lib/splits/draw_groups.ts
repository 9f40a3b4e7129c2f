/** Draws whole groups of samples to test with, other ones in each split. */

import type { RandomStream } from "../random.ts";

/**
 * Draws groups that hold about a share of each tissue's samples.
 *
 * One group after the other, in random order, is drawn if that brings the
 * tissues' shares closer to the wanted one: the sum over tissues of
 * (drawn - wanted)^2 / samples. A group is not drawn if a tissue would then have
 * nothing left to train with. In the end a tissue of several groups without a
 * test sample gets the best of them, if one can be spared. A search for the best
 * split, as for the run's own, would find the same one again and again where
 * groups are few.
 *
 * @param units The groups' rows, in an order that the caller fixes.
 * @param fraction The wanted share, in (0, 1).
 * @returns The rows of the groups drawn.
 */
export function drawTestGroups(
  tissues: readonly string[],
  units: readonly (readonly number[])[],
  fraction: number,
  stream: RandomStream,
): number[] {
  const groups = units.map((rows): Group => ({
    rows,
    counts: new Map(
      [...Map.groupBy(rows, (row) => tissues[row])]
        .map(([tissue, { length }]) => [tissue, length]),
    ),
  }));
  return new Draw(stream.shuffle(groups), fraction).run()
    .flatMap(({ rows }) => rows);
}

/** A group with its samples of each tissue. */
interface Group {
  readonly rows: readonly number[];
  readonly counts: ReadonlyMap<string, number>;
}

/** Groups that are drawn in one order. */
class Draw {
  readonly #chosen: Group[] = [];
  readonly #all = new Map<string, number>();
  readonly #drawn = new Map<string, number>();

  constructor(readonly order: readonly Group[], readonly fraction: number) {
    for (const { counts } of order) add(this.#all, counts);
  }

  run(): readonly Group[] {
    for (const group of this.order) {
      if (this.#change(group) < 0 && this.#sparesAll(group)) this.#take(group);
    }
    for (const tissue of [...this.#all.keys()].sort()) {
      if (this.#drawn.has(tissue)) continue;
      const [added] = this.order
        .filter((group) => group.counts.has(tissue) && this.#sparesAll(group))
        .sort((a, b) => this.#change(a) - this.#change(b));
      if (added !== undefined) this.#take(added);
    }
    return this.#chosen;
  }

  /** How far a tissue's share is from the wanted one, with more samples. */
  #costOf(tissue: string, more: number): number {
    const total = this.#all.get(tissue)!;
    const drawn = (this.#drawn.get(tissue) ?? 0) + more;
    return (drawn - this.fraction * total) ** 2 / total;
  }

  /** What a group would add to the cost. */
  #change({ counts }: Group): number {
    let change = 0;
    for (const [tissue, count] of counts) {
      change += this.#costOf(tissue, count) - this.#costOf(tissue, 0);
    }
    return change;
  }

  /** Whether each tissue keeps a sample to train with. */
  #sparesAll({ counts }: Group): boolean {
    return [...counts].every(([tissue, count]) =>
      (this.#drawn.get(tissue) ?? 0) + count < this.#all.get(tissue)!
    );
  }

  #take(group: Group): void {
    this.#chosen.push(group);
    add(this.#drawn, group.counts);
  }
}

function add(
  sums: Map<string, number>,
  counts: ReadonlyMap<string, number>,
): void {
  for (const [tissue, count] of counts) {
    sums.set(tissue, (sums.get(tissue) ?? 0) + count);
  }
}
