// One RMSprop step in place, epsilon outside the root.

/** m = rho m + (1 - rho) g^2; w -= rate g / (sqrt(m) + epsilon). */
export function rmspropStep(
  weights: usize,
  meanSquare: usize,
  gradient: usize,
  size: usize,
  rate: f32,
  rho: f32,
  rest: f32,
  epsilon: f32,
): void {
  const rates = f32x4.splat(rate);
  const rhos = f32x4.splat(rho);
  const rests = f32x4.splat(rest);
  const epsilons = f32x4.splat(epsilon);
  const whole = (size & ~3) << 2;
  const all = size << 2;
  let at: usize = 0;
  for (; at < whole; at += 16) {
    const g = v128.load(gradient + at);
    const m = f32x4.add(
      f32x4.mul(rhos, v128.load(meanSquare + at)),
      f32x4.mul(rests, f32x4.mul(g, g)),
    );
    const step = f32x4.div(
      f32x4.mul(rates, g),
      f32x4.add(f32x4.sqrt(m), epsilons),
    );
    v128.store(meanSquare + at, m);
    v128.store(weights + at, f32x4.sub(v128.load(weights + at), step));
  }
  for (; at < all; at += 4) {
    const g = load<f32>(gradient + at);
    const m: f32 = rho * load<f32>(meanSquare + at) + rest * (g * g);
    const step: f32 = (rate * g) / (sqrt<f32>(m) + epsilon);
    store<f32>(meanSquare + at, m);
    store<f32>(weights + at, load<f32>(weights + at) - step);
  }
}
