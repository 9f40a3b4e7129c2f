// Draws as those of lib/random.ts.

import { next } from "./random";

/** A whole number in [0, limit), of as many outputs as pure-rand takes. */
function drawInteger(limit: u32): u32 {
  while (true) {
    const bits = <u32>next() ^ 0x80000000;
    const rest = bits % limit;
    // What is left of 2^32 after the last whole run of `limit` numbers is
    // drawn again.
    if (<u64>(bits - rest) + limit <= 0x100000000) return rest;
  }
}

/**
 * Draws some of `limit` numbers without replacement, in random order.
 *
 * @param pool The numbers, i32; those drawn come first.
 */
export function drawFrom(pool: usize, limit: i32, count: i32): void {
  for (let index = 0; index < count; index++) {
    const one = pool + (<usize>index << 2);
    const other = one + (<usize>drawInteger(limit - index) << 2);
    const held = load<i32>(one);
    store<i32>(one, load<i32>(other));
    store<i32>(other, held);
  }
}
