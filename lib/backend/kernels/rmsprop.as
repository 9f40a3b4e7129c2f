// One RMSprop step in place, epsilon outside the root.

/** rho m + (1 - rho) g^2. */
@inline
function meanOf(m: v128, g: v128, rho: v128, rest: v128): v128 {
  return f32x4.add(f32x4.mul(rho, m), f32x4.mul(rest, f32x4.mul(g, g)));
}

/** w - rate g / (sqrt(m) + epsilon). */
@inline
function weightsOf(
  w: v128,
  g: v128,
  m: v128,
  rate: v128,
  epsilon: v128,
): v128 {
  const root = f32x4.add(f32x4.sqrt(m), epsilon);
  return f32x4.sub(w, f32x4.div(f32x4.mul(rate, g), root));
}

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
  const whole = (size & ~7) << 2;
  const all = size << 2;
  let offset: usize = 0;
  // Pairs of vectors, all loads before the stores: V8 can make one of each.
  for (; offset < whole; offset += 32) {
    const toM = meanSquare + offset;
    const toW = weights + offset;
    const g0 = v128.load(gradient + offset);
    const g1 = v128.load(gradient + offset, 16);
    const m0 = meanOf(v128.load(toM), g0, rhos, rests);
    const m1 = meanOf(v128.load(toM, 16), g1, rhos, rests);
    const w0 = weightsOf(v128.load(toW), g0, m0, rates, epsilons);
    const w1 = weightsOf(v128.load(toW, 16), g1, m1, rates, epsilons);
    v128.store(toM, m0);
    v128.store(toM, m1, 16);
    v128.store(toW, w0);
    v128.store(toW, w1, 16);
  }
  for (; offset < all; offset += 4) {
    const g = load<f32>(gradient + offset);
    const m: f32 = rho * load<f32>(meanSquare + offset) + rest * (g * g);
    const step: f32 = (rate * g) / (sqrt<f32>(m) + epsilon);
    store<f32>(meanSquare + offset, m);
    store<f32>(weights + offset, load<f32>(weights + offset) - step);
  }
}
