// xoroshiro128+, the generator of lib/random.ts.

let state0: u64 = 0;
let state1: u64 = 0;

/** Takes the generator's state: its two words. */
export function setRandomState(address: usize): void {
  state0 = load<u64>(address);
  state1 = load<u64>(address, 8);
}

/** Gives the generator's state back, so that another draws on from it. */
export function getRandomState(address: usize): void {
  store<u64>(address, state0);
  store<u64>(address, state1, 8);
}

/** 32 random bits, in the lower half. */
@inline
export function next(): u64 {
  const out = state0 + state1;
  const mixed = state0 ^ state1;
  state0 = rotl<u64>(state0, 24) ^ mixed ^ (mixed << 16);
  state1 = rotl<u64>(mixed, 37);
  return out;
}

/** A whole number in [0, 2^53): 2^53 times what `uniform` returns. */
@inline
export function random53(): f64 {
  const upper = next() & 0x3ffffff;
  return <f64>((upper << 27) | (next() & 0x7ffffff));
}
