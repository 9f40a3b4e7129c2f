// max(0, z * scale + shift), channel by channel, and its gradient.

/** y = max(0, z * scale + shift); a NaN stays NaN. */
export function scaleShiftRelu(
  z: usize,
  y: usize,
  scale: usize,
  shift: usize,
  pixels: i32,
  channels: i32,
): void {
  const zero = f32x4.splat(0);
  const whole = <usize>(channels & ~3) << 2;
  const all = <usize>channels << 2;
  for (let pixel = 0; pixel < pixels; pixel++) {
    let c: usize = 0;
    for (; c < whole; c += 16) {
      const v = f32x4.add(
        f32x4.mul(v128.load(z + c), v128.load(scale + c)),
        v128.load(shift + c),
      );
      v128.store(y + c, f32x4.pmax(v, zero));
    }
    for (; c < all; c += 4) {
      const v = load<f32>(z + c) * load<f32>(scale + c) + load<f32>(shift + c);
      store<f32>(y + c, v < 0 ? 0 : v);
    }
    z += all;
    y += all;
  }
}

/** dz = dy * scale where z * scale + shift > 0, 0 elsewhere. */
export function scaleShiftReluGradient(
  dy: usize,
  z: usize,
  dz: usize,
  scale: usize,
  shift: usize,
  pixels: i32,
  channels: i32,
): void {
  const zero = f32x4.splat(0);
  const whole = <usize>(channels & ~3) << 2;
  const all = <usize>channels << 2;
  for (let pixel = 0; pixel < pixels; pixel++) {
    let c: usize = 0;
    for (; c < whole; c += 16) {
      const factor = v128.load(scale + c);
      const v = f32x4.add(
        f32x4.mul(v128.load(z + c), factor),
        v128.load(shift + c),
      );
      const gradient = f32x4.mul(v128.load(dy + c), factor);
      v128.store(dz + c, v128.and(gradient, f32x4.gt(v, zero)));
    }
    for (; c < all; c += 4) {
      const factor = load<f32>(scale + c);
      const v = load<f32>(z + c) * factor + load<f32>(shift + c);
      store<f32>(dz + c, v > 0 ? load<f32>(dy + c) * factor : 0);
    }
    dy += all;
    z += all;
    dz += all;
  }
}
