// A ReLU in place, and the gradient of one.

/**
 * y = max(0, y) with `relu`, then 0 where `gate` is not above 0; address 0
 * means no gate.
 */
export function rectify(y: usize, relu: i32, gate: usize, size: i32): void {
  const end = y + (<usize>size << 2);
  for (; y < end; y += 4) {
    let v = load<f32>(y);
    if (relu && v < 0) v = 0;
    if (gate) {
      if (!(load<f32>(gate) > 0)) v = 0;
      gate += 4;
    }
    store<f32>(y, v);
  }
}
