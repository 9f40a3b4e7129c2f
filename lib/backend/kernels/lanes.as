// Parts of a vector of four floats.

/** Copies a few floats; 4 at once. */
@inline
export function copyLanes(source: usize, target: usize, lanes: i32): void {
  if (lanes == 4) {
    v128.store(target, v128.load(source));
  } else {
    for (let lane = 0; lane < lanes; lane++) {
      const offset = <usize>lane << 2;
      store<f32>(target + offset, load<f32>(source + offset));
    }
  }
}

/** The first two floats of a vector in float64. */
@inline
export function low(v: v128): v128 {
  return f64x2.promote_low_f32x4(v);
}

/** The last two floats of a vector in float64. */
@inline
export function high(v: v128): v128 {
  return low(v128.shuffle<i32>(v, v, 2, 3, 2, 3));
}
