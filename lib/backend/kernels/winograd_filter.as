// The factors of a filter for Winograd's F(4x4, 3x3).

import { copyLanes } from "./lanes";
import { filterStep } from "./winograd_steps";
import { LINE } from "./winograd_tiles";

/** Bytes of one plane `[ceil(co / 8)][ci rounded up to 4][8]`. */
@inline
export function filterPlane(ci: i32, co: i32): usize {
  return (<usize>(((co + 7) >> 3) * ((ci + 3) & ~3)) << 5) + LINE;
}

/** Bytes of a filter's factors. */
export function winogradFilterBytes(ci: i32, co: i32): usize {
  return 36 * filterPlane(ci, co);
}

/**
 * The factors of one block of 8 output channels of a filter `[3, 3, ci, co]`,
 * written to `u`: 36 planes of panels `[ceil(co / 8)][ci rounded up to 4][8]`,
 * zeros after the last channels. `scratch` holds 27 vectors.
 */
export function winogradFilter(
  filter: usize,
  u: usize,
  ci: i32,
  co: i32,
  block: i32,
  scratch: usize,
): void {
  const depth = (ci + 3) & ~3;
  const planeBytes = filterPlane(ci, co);
  const tapBytes = <usize>(ci * co) << 2;
  const columns = scratch + 9 * 16;
  let panel = u + (<usize>(block * depth) << 5);
  for (let c = 0; c < depth; c++) {
    for (let first = block << 3; first < (block << 3) + 8; first += 4) {
      const lanes = c < ci ? min(4, co - first) : 0;
      const source = filter + (<usize>(c * co + first) << 2);
      for (let tap = 0; tap < 9; tap++) {
        const to = scratch + (<usize>tap << 4);
        if (lanes < 4) v128.store(to, f32x4.splat(0));
        copyLanes(source + <usize>tap * tapBytes, to, lanes);
      }
      for (let j: usize = 0; j < 3; j++) {
        filterStep(scratch + (j << 4), 48, columns + (j << 4), 48);
      }
      for (let i: usize = 0; i < 6; i++) {
        const target = panel + i * 6 * planeBytes;
        filterStep(columns + i * 48, 16, target, planeBytes);
      }
      panel += 16;
    }
  }
}
