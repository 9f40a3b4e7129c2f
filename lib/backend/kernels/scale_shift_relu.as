// max(0, z * scale + shift), channel by channel, and its gradient.
//
// Pairs of vectors, all loads before the stores: V8 can make one of each. Of 8
// channels, those of the default network, the factors stay in registers.

/** max(0, z * scale + shift) of four channels. */
@inline
function activated(z: v128, scale: v128, shift: v128): v128 {
  return f32x4.pmax(f32x4.add(f32x4.mul(z, scale), shift), f32x4.splat(0));
}

/** dy * scale where z * scale + shift > 0, else 0, of four channels. */
@inline
function gradientOf(dy: v128, z: v128, scale: v128, shift: v128): v128 {
  const v = f32x4.add(f32x4.mul(z, scale), shift);
  return v128.and(f32x4.mul(dy, scale), f32x4.gt(v, f32x4.splat(0)));
}

/** y = max(0, z * scale + shift); a NaN stays NaN. */
export function scaleShiftRelu(
  z: usize,
  y: usize,
  scale: usize,
  shift: usize,
  pixels: i32,
  channels: i32,
): void {
  if (channels == 8) {
    const scale0 = v128.load(scale), scale1 = v128.load(scale, 16);
    const shift0 = v128.load(shift), shift1 = v128.load(shift, 16);
    const end = z + (<usize>pixels << 5);
    for (; z < end; z += 32) {
      const v0 = activated(v128.load(z), scale0, shift0);
      const v1 = activated(v128.load(z, 16), scale1, shift1);
      v128.store(y, v0);
      v128.store(y, v1, 16);
      y += 32;
    }
    return;
  }
  const pairs = <usize>(channels & ~7) << 2;
  const whole = <usize>(channels & ~3) << 2;
  const all = <usize>channels << 2;
  for (let pixel = 0; pixel < pixels; pixel++) {
    let c: usize = 0;
    for (; c < pairs; c += 32) {
      const v0 = activated(
        v128.load(z + c), v128.load(scale + c),
        v128.load(shift + c),
      );
      const v1 = activated(
        v128.load(z + c, 16), v128.load(scale + c, 16),
        v128.load(shift + c, 16),
      );
      v128.store(y + c, v0);
      v128.store(y + c, v1, 16);
    }
    for (; c < whole; c += 16) {
      const v = activated(
        v128.load(z + c), v128.load(scale + c),
        v128.load(shift + c),
      );
      v128.store(y + c, v);
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
  if (channels == 8) {
    const scale0 = v128.load(scale), scale1 = v128.load(scale, 16);
    const shift0 = v128.load(shift), shift1 = v128.load(shift, 16);
    const end = z + (<usize>pixels << 5);
    for (; z < end; z += 32) {
      const g0 = gradientOf(v128.load(dy), v128.load(z), scale0, shift0);
      const g1 = gradientOf(
        v128.load(dy, 16), v128.load(z, 16), scale1, shift1,
      );
      v128.store(dz, g0);
      v128.store(dz, g1, 16);
      dy += 32;
      dz += 32;
    }
    return;
  }
  const pairs = <usize>(channels & ~7) << 2;
  const whole = <usize>(channels & ~3) << 2;
  const all = <usize>channels << 2;
  for (let pixel = 0; pixel < pixels; pixel++) {
    let c: usize = 0;
    for (; c < pairs; c += 32) {
      const g0 = gradientOf(
        v128.load(dy + c), v128.load(z + c),
        v128.load(scale + c), v128.load(shift + c),
      );
      const g1 = gradientOf(
        v128.load(dy + c, 16), v128.load(z + c, 16),
        v128.load(scale + c, 16), v128.load(shift + c, 16),
      );
      v128.store(dz + c, g0);
      v128.store(dz + c, g1, 16);
    }
    for (; c < whole; c += 16) {
      const g = gradientOf(
        v128.load(dy + c), v128.load(z + c),
        v128.load(scale + c), v128.load(shift + c),
      );
      v128.store(dz + c, g);
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
