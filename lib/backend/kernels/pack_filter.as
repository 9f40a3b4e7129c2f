// Filters in the layout that the inner loops of the convolution read.

/** `[9 * ci][co]` to panels `[ceil(co / 8)][9 * ci][8]`, zeros on the right. */
export function packFilter(
  filter: usize,
  panels: usize,
  ci: i32,
  co: i32,
): void {
  const depth = 9 * ci;
  for (let first = 0; first < co; first += 8) {
    for (let k = 0; k < depth; k++) {
      for (let lane = 0; lane < 8; lane++) {
        const o = first + lane;
        const source = filter + (<usize>(k * co + o) << 2);
        store<f32>(panels, o < co ? load<f32>(source) : 0);
        panels += 4;
      }
    }
  }
}

/**
 * The filter of the input gradient: taps rotated by 180 degrees, channels
 * swapped, as `[9][co][ci]`.
 */
export function turnFilter(
  filter: usize,
  turned: usize,
  ci: i32,
  co: i32,
): void {
  for (let tap = 8; tap >= 0; tap--) {
    const source = filter + (<usize>(tap * ci * co) << 2);
    for (let o = 0; o < co; o++) {
      for (let c = 0; c < ci; c++) {
        store<f32>(turned, load<f32>(source + (<usize>(c * co + o) << 2)));
        turned += 4;
      }
    }
  }
}

/**
 * `[9 * ci][co]` to `[co][3][run]`, where a run is one row of taps, 3 * ci
 * long, with zeros up to a multiple of 4.
 */
export function packNarrowFilter(
  filter: usize,
  packed: usize,
  ci: i32,
  co: i32,
): void {
  const length = 3 * ci;
  const run = (length + 3) & ~3;
  for (let o = 0; o < co; o++) {
    for (let row = 0; row < 3; row++) {
      for (let k = 0; k < run; k++) {
        const source = filter + (<usize>((row * length + k) * co + o) << 2);
        store<f32>(packed, k < length ? load<f32>(source) : 0);
        packed += 4;
      }
    }
  }
}
