// 2x2 max pooling with stride 2, and its gradient.

/** One image: y[i,j,c] = the largest of its window, no odd last row or column. */
export function maxPool(
  x: usize,
  y: usize,
  height: i32,
  width: i32,
  channels: i32,
): void {
  const pixel = <usize>channels << 2;
  const row = <usize>width * pixel;
  const whole = <usize>(channels & ~3) << 2;
  for (let i = 0; i < height >> 1; i++) {
    let p = x + <usize>(2 * i) * row;
    for (let j = 0; j < width >> 1; j++) {
      let c: usize = 0;
      for (; c < whole; c += 16) {
        const q = p + c;
        v128.store(
          y + c,
          f32x4.max(
            f32x4.max(v128.load(q), v128.load(q + pixel)),
            f32x4.max(v128.load(q + row), v128.load(q + row + pixel)),
          ),
        );
      }
      for (; c < pixel; c += 4) {
        const q = p + c;
        store<f32>(
          y + c,
          max<f32>(
            max<f32>(load<f32>(q), load<f32>(q + pixel)),
            max<f32>(load<f32>(q + row), load<f32>(q + row + pixel)),
          ),
        );
      }
      y += pixel;
      p += 2 * pixel;
    }
  }
}

/**
 * One image: dx = dy at the first element of each window, in row-major order,
 * that equals y; elsewhere 0. `dx` may be x.
 */
export function maxPoolGradient(
  dy: usize,
  x: usize,
  y: usize,
  dx: usize,
  height: i32,
  width: i32,
  channels: i32,
): void {
  const pixel = <usize>channels << 2;
  const row = <usize>width * pixel;
  const whole = <usize>(channels & ~3) << 2;
  const toDx = dx - x;
  for (let i = 0; i < height >> 1; i++) {
    let p = x + <usize>(2 * i) * row;
    for (let j = 0; j < width >> 1; j++) {
      let c: usize = 0;
      for (; c < whole; c += 16) {
        const q = p + c;
        const target = q + toDx;
        const top = v128.load(y + c);
        const g = v128.load(dy + c);
        const m0 = f32x4.eq(v128.load(q), top);
        const m1 = f32x4.eq(v128.load(q + pixel), top);
        const m2 = f32x4.eq(v128.load(q + row), top);
        const m3 = f32x4.eq(v128.load(q + row + pixel), top);
        const seen1 = v128.or(m0, m1);
        const seen2 = v128.or(seen1, m2);
        v128.store(target, v128.and(g, m0));
        v128.store(target + pixel, v128.and(g, v128.andnot(m1, m0)));
        v128.store(target + row, v128.and(g, v128.andnot(m2, seen1)));
        v128.store(target + row + pixel, v128.and(g, v128.andnot(m3, seen2)));
      }
      for (; c < pixel; c += 4) {
        const q = p + c;
        const target = q + toDx;
        const top = load<f32>(y + c);
        const g = load<f32>(dy + c);
        const m0 = load<f32>(q) == top;
        const m1 = !m0 && load<f32>(q + pixel) == top;
        const m2 = !m0 && !m1 && load<f32>(q + row) == top;
        const m3 = !m0 && !m1 && !m2 && load<f32>(q + row + pixel) == top;
        store<f32>(target, m0 ? g : 0);
        store<f32>(target + pixel, m1 ? g : 0);
        store<f32>(target + row, m2 ? g : 0);
        store<f32>(target + row + pixel, m3 ? g : 0);
      }
      y += pixel;
      dy += pixel;
      p += 2 * pixel;
    }
    if (width & 1) {
      memory.fill(p + toDx, 0, pixel);
      memory.fill(p + toDx + row, 0, pixel);
    }
  }
  if (height & 1) memory.fill(dx + <usize>(height - 1) * row, 0, row);
}
