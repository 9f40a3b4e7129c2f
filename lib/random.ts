/**
 * Named random streams. Every random choice of a run draws from a stream of
 * its own, whose seed is derived from the master seed and a name such as
 * `ttest/set/17/kmeans/3`. So no result depends on the order in which the
 * choices are made, nor on how many threads make them.
 */

import { createHash } from "node:crypto";
import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import {
  xoroshiro128plus,
  xoroshiro128plusFromState,
} from "pure-rand/generator/xoroshiro128plus";

/** Outputs thrown away at the start: the generator mixes a 32-bit seed slowly. */
const WARM_UP = 16;

/**
 * The seed of a named stream: the first 32 bits of SHA-256 of `master/name`.
 *
 * @param master The run's master seed, a whole number.
 * @param name The stream's name, its parts separated by slashes.
 * @returns A whole number in [0, 2^32).
 *
 * @example
 * ```ts
 * import { deriveSeed } from "./random.ts";
 * console.assert(deriveSeed(42, "split") === deriveSeed(42, "split"));
 * console.assert(deriveSeed(42, "split") !== deriveSeed(43, "split"));
 * ```
 */
export function deriveSeed(master: number, name: string): number {
  return createHash("sha256").update(`${master}/${name}`).digest()
    .readUInt32BE(0);
}

/**
 * A source of random numbers that depends on its seed alone
 * (xoroshiro128+ by way of pure-rand).
 *
 * @example
 * ```ts
 * import { RandomStream } from "./random.ts";
 * const stream = new RandomStream(7);
 * const draw = stream.uniform();
 * console.assert(draw >= 0 && draw < 1);
 * console.assert(new RandomStream(7).uniform() === draw);
 * console.assert(stream.child("a").seed === new RandomStream(7).child("a").seed);
 * ```
 */
export class RandomStream {
  #generator;

  /** @param seed A whole number in [0, 2^32), as `deriveSeed` gives it. */
  constructor(readonly seed: number) {
    this.#generator = xoroshiro128plus(seed | 0);
    for (let i = 0; i < WARM_UP; i++) this.#generator.next();
  }

  /**
   * The stream of that name within this one. It does not depend on what was
   * drawn from this one.
   */
  child(name: string): RandomStream {
    return new RandomStream(deriveSeed(this.seed, name));
  }

  /** A number in [0, 1) with 53 random bits. */
  uniform = (): number => uniformFloat64(this.#generator);

  /**
   * The generator's two words of 64 bits, the lower half of each first, for a
   * kernel that draws on from here.
   */
  state(): Int32Array {
    const [upper0, lower0, upper1, lower1] = this.#generator.getState();
    return Int32Array.of(lower0, upper0, lower1, upper1);
  }

  /** Draws on from a state that a kernel has left, as `state` gives it. */
  continueFrom([lower0, upper0, lower1, upper1]: Int32Array): void {
    this.#generator = xoroshiro128plusFromState([
      upper0,
      lower0,
      upper1,
      lower1,
    ]);
  }

  /** 32 random bits as a signed whole number: the cheapest draw. */
  bits = (): number => this.#generator.next();

  /** A whole number in [0, limit). */
  integer(limit: number): number {
    return uniformInt(this.#generator, 0, limit - 1);
  }

  /** Shuffles `items` in place (Fisher-Yates) and returns them. */
  shuffle<Items extends { length: number; [index: number]: unknown }>(
    items: Items,
  ): Items {
    for (let last = items.length - 1; last > 0; last--) {
      const other = this.integer(last + 1);
      const held = items[last];
      items[last] = items[other];
      items[other] = held;
    }
    return items;
  }

  /**
   * `count` different whole numbers of [0, limit), in random order.
   *
   * @throws {RangeError} If `count` is greater than `limit`.
   */
  sample(limit: number, count: number): Uint32Array {
    if (count > limit) {
      throw new RangeError(
        `Cannot draw ${count} different numbers: there are only ${limit}`,
      );
    }
    const pool = new Uint32Array(limit);
    for (let index = 0; index < limit; index++) pool[index] = index;
    for (let index = 0; index < count; index++) {
      const other = index + this.integer(limit - index);
      const held = pool[index];
      pool[index] = pool[other];
      pool[other] = held;
    }
    return pool.slice(0, count);
  }
}

/**
 * Opens the stream of that name under a master seed.
 *
 * @example
 * ```ts
 * import { openStream } from "./random.ts";
 * const order = openStream(42, "cnn/shuffle/epoch/1").shuffle([0, 1, 2, 3]);
 * console.assert(order.length === 4);
 * ```
 */
export function openStream(master: number, name: string): RandomStream {
  return new RandomStream(deriveSeed(master, name));
}
