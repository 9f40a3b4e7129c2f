// What follows a convolution: a shift, a ReLU, and the gradient of a ReLU.

/**
 * y = y + shift for up to 4 channels of rows x columns pixels, then max(0, y)
 * with `relu`, then 0 where `gate`, laid out like y, is not above 0. Address 0
 * means no shift or no gate.
 */
@inline
export function finish(
  y: usize,
  rows: i32,
  columns: i32,
  lanes: i32,
  rowBytes: usize,
  pixelBytes: usize,
  shift: usize,
  relu: bool,
  gate: usize,
): void {
  const zero = f32x4.splat(0);
  for (let i = 0; i < rows; i++) {
    let target = <usize>i * rowBytes;
    for (let j = 0; j < columns; j++) {
      if (lanes == 4) {
        let v = v128.load(y + target);
        if (shift) v = f32x4.add(v, v128.load(shift));
        if (relu) v = f32x4.pmax(v, zero);
        if (gate) v = v128.and(v, f32x4.gt(v128.load(gate + target), zero));
        v128.store(y + target, v);
      } else {
        for (let lane = 0; lane < lanes; lane++) {
          const offset = <usize>lane << 2;
          let v = load<f32>(y + target + offset);
          if (shift) v += load<f32>(shift + offset);
          if (relu && v < 0) v = 0;
          if (gate && !(load<f32>(gate + target + offset) > 0)) v = 0;
          store<f32>(y + target + offset, v);
        }
      }
      target += pixelBytes;
    }
  }
}

/** max(0, y) with `relu`, then 0 where `gate` is not above 0. */
export function rectify(y: usize, size: i32, relu: bool, gate: usize): void {
  if (!relu && !gate) return;
  // Four floats at a time, and the rest.
  finish(y, 1, size >> 2, 4, 0, 16, 0, relu, gate);
  const rest = <usize>(size & ~3) << 2;
  finish(y + rest, 1, 1, size & 3, 0, 0, 0, relu, gate ? gate + rest : 0);
}
