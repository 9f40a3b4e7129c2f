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
  let offset: usize = 0;
  for (; offset < whole; offset += 16) {
    const g = v128.load(gradient + offset);
    const m = f32x4.add(
      f32x4.mul(rhos, v128.load(meanSquare + offset)),
      f32x4.mul(rests, f32x4.mul(g, g)),
    );
    const step = f32x4.div(
      f32x4.mul(rates, g),
      f32x4.add(f32x4.sqrt(m), epsilons),
    );
    v128.store(meanSquare + offset, m);
    v128.store(weights + offset, f32x4.sub(v128.load(weights + offset), step));
  }
  for (; offset < all; offset += 4) {
    const g = load<f32>(gradient + offset);
    const m: f32 = rho * load<f32>(meanSquare + offset) + rest * (g * g);
    const step: f32 = (rate * g) / (sqrt<f32>(m) + epsilon);
    store<f32>(meanSquare + offset, m);
    store<f32>(weights + offset, load<f32>(weights + offset) - step);
  }
}
