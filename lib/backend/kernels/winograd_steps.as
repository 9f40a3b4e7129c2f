// The one-dimensional transforms of Winograd's F(4, 3).
//
// F(4, 3) computes four neighboring outputs of a filter of three taps by six
// products instead of twelve (Winograd 1980; Lavin and Gray 2016). The
// interpolation points are 0, +-1/sqrt(2), +-sqrt(2) and infinity, which halve
// the rounding error of the usual 0, +-1, +-2 and infinity: see WINOGRAD.md.
//
// Every step transforms four channels at once along one axis of a tile: it
// reads vectors sourceStep apart and writes vectors targetStep apart.

/** 1 / sqrt(2) and sqrt(2). */
const A: f32 = 0.70710678118654752;
const B: f32 = 1.41421356237309505;

@inline
function times(factor: f32, v: v128): v128 {
  return f32x4.mul(f32x4.splat(factor), v);
}

/** Stores the four constants of inputStep. */
@inline
export function storeInputConstants(target: usize): void {
  store<f32>(target, A);
  store<f32>(target, B, 4);
  store<f32>(target, 0.5, 8);
  store<f32>(target, 2.5, 12);
}

/**
 * Six values of the image to six factors. The constants are loaded from memory
 * into registers: V8 would build a literal constant again at every use, which
 * takes a sixth of the time.
 */
@inline
export function inputStep(
  source: usize,
  sourceStep: usize,
  target: usize,
  targetStep: usize,
  root: v128,
  twiceRoot: v128,
  half: v128,
  fiveHalves: v128,
): void {
  const d0 = v128.load(source);
  const d1 = v128.load(source + sourceStep);
  const d2 = v128.load(source + 2 * sourceStep);
  const d3 = v128.load(source + 3 * sourceStep);
  const d4 = v128.load(source + 4 * sourceStep);
  const d5 = v128.load(source + 5 * sourceStep);
  v128.store(target, f32x4.add(f32x4.sub(d0, f32x4.mul(fiveHalves, d2)), d4));
  const even1 = f32x4.sub(d4, f32x4.add(d2, d2));
  const odd1 = f32x4.sub(f32x4.mul(root, d3), f32x4.mul(twiceRoot, d1));
  v128.store(target + targetStep, f32x4.add(even1, odd1));
  v128.store(target + 2 * targetStep, f32x4.sub(even1, odd1));
  const even2 = f32x4.sub(d4, f32x4.mul(half, d2));
  const odd2 = f32x4.sub(f32x4.mul(twiceRoot, d3), f32x4.mul(root, d1));
  v128.store(target + 3 * targetStep, f32x4.add(even2, odd2));
  v128.store(target + 4 * targetStep, f32x4.sub(even2, odd2));
  v128.store(
    target + 5 * targetStep,
    f32x4.add(f32x4.sub(d1, f32x4.mul(fiveHalves, d3)), d5),
  );
}

/** Three taps of a filter to six factors. */
@inline
export function filterStep(
  source: usize,
  sourceStep: usize,
  target: usize,
  targetStep: usize,
): void {
  const w0 = v128.load(source);
  const w1 = v128.load(source + sourceStep);
  const w2 = v128.load(source + 2 * sourceStep);
  v128.store(target, w0);
  const even1 = times(-2.0 / 3.0, f32x4.add(w0, times(0.5, w2)));
  const odd1 = times(-2.0 / 3.0 * A, w1);
  v128.store(target + targetStep, f32x4.add(even1, odd1));
  v128.store(target + 2 * targetStep, f32x4.sub(even1, odd1));
  const even2 = times(1.0 / 6.0, f32x4.add(w0, f32x4.add(w2, w2)));
  const odd2 = times(1.0 / 6.0 * B, w1);
  v128.store(target + 3 * targetStep, f32x4.add(even2, odd2));
  v128.store(target + 4 * targetStep, f32x4.sub(even2, odd2));
  v128.store(target + 5 * targetStep, w2);
}

/** Six products to four values of the result. */
@inline
export function outputStep(
  source: usize,
  sourceStep: usize,
  target: usize,
  targetStep: usize,
): void {
  const m0 = v128.load(source);
  const m1 = v128.load(source + sourceStep);
  const m2 = v128.load(source + 2 * sourceStep);
  const m3 = v128.load(source + 3 * sourceStep);
  const m4 = v128.load(source + 4 * sourceStep);
  const m5 = v128.load(source + 5 * sourceStep);
  const even1 = f32x4.add(m1, m2);
  const odd1 = times(A, f32x4.sub(m1, m2));
  const even2 = f32x4.add(m3, m4);
  const odd2 = times(B, f32x4.sub(m3, m4));
  v128.store(target, f32x4.add(m0, f32x4.add(even1, even2)));
  v128.store(target + targetStep, f32x4.add(odd1, odd2));
  v128.store(
    target + 2 * targetStep,
    f32x4.add(times(0.5, even1), f32x4.add(even2, even2)),
  );
  v128.store(
    target + 3 * targetStep,
    f32x4.add(f32x4.add(times(0.5, odd1), f32x4.add(odd2, odd2)), m5),
  );
}

/** The transpose of outputStep: four values of the gradient to six factors. */
@inline
export function gradientStep(
  source: usize,
  sourceStep: usize,
  target: usize,
  targetStep: usize,
): void {
  const y0 = v128.load(source);
  const y1 = v128.load(source + sourceStep);
  const y2 = v128.load(source + 2 * sourceStep);
  const y3 = v128.load(source + 3 * sourceStep);
  v128.store(target, y0);
  const even1 = f32x4.add(y0, times(0.5, y2));
  const odd1 = times(A, f32x4.add(y1, times(0.5, y3)));
  v128.store(target + targetStep, f32x4.add(even1, odd1));
  v128.store(target + 2 * targetStep, f32x4.sub(even1, odd1));
  const even2 = f32x4.add(y0, f32x4.add(y2, y2));
  const odd2 = times(B, f32x4.add(y1, f32x4.add(y3, y3)));
  v128.store(target + 3 * targetStep, f32x4.add(even2, odd2));
  v128.store(target + 4 * targetStep, f32x4.sub(even2, odd2));
  v128.store(target + 5 * targetStep, y3);
}

/** The transpose of filterStep: six sums of products to three taps. */
@inline
export function tapStep(
  source: usize,
  sourceStep: usize,
  target: usize,
  targetStep: usize,
): void {
  const u0 = v128.load(source);
  const u1 = v128.load(source + sourceStep);
  const u2 = v128.load(source + 2 * sourceStep);
  const u3 = v128.load(source + 3 * sourceStep);
  const u4 = v128.load(source + 4 * sourceStep);
  const u5 = v128.load(source + 5 * sourceStep);
  const even1 = times(-2.0 / 3.0, f32x4.add(u1, u2));
  const odd1 = times(-2.0 / 3.0 * A, f32x4.sub(u1, u2));
  const even2 = times(1.0 / 6.0, f32x4.add(u3, u4));
  const odd2 = times(1.0 / 6.0 * B, f32x4.sub(u3, u4));
  v128.store(target, f32x4.add(u0, f32x4.add(even1, even2)));
  v128.store(target + targetStep, f32x4.add(odd1, odd2));
  v128.store(
    target + 2 * targetStep,
    f32x4.add(
      f32x4.add(times(0.5, even1), f32x4.add(even2, even2)),
      u5,
    ),
  );
}
