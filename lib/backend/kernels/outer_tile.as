// The tile of tile.as with its left operand transposed: the 4 values of one k
// are contiguous.

/**
 * Tile of c = sum over k of a[k][0..3] (x) panel[k][0..7]. The values of `a`
 * for one k and the next are aBytes apart, `panel` is `[depth][8]`. With
 * `accumulate`, the tile is added to what c holds.
 */
export function outer4x8(
  a: usize,
  aBytes: usize,
  panel: usize,
  depth: i32,
  c: usize,
  cRowBytes: usize,
  accumulate: bool,
): void {
  let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00;
  let c20 = c00, c21 = c00, c30 = c00, c31 = c00;
  const end = panel + (<usize>depth << 5);
  // Two at a time, for half as many loop steps.
  const pairsEnd = panel + (<usize>(depth & ~1) << 5);
  while (panel < pairsEnd) {
    const p0 = v128.load(panel);
    const p1 = v128.load(panel, 16);
    const s0 = v128.load_splat<f32>(a);
    c00 = f32x4.add(c00, f32x4.mul(s0, p0));
    c01 = f32x4.add(c01, f32x4.mul(s0, p1));
    const s1 = v128.load_splat<f32>(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(s1, p0));
    c11 = f32x4.add(c11, f32x4.mul(s1, p1));
    const s2 = v128.load_splat<f32>(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(s2, p0));
    c21 = f32x4.add(c21, f32x4.mul(s2, p1));
    const s3 = v128.load_splat<f32>(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(s3, p0));
    c31 = f32x4.add(c31, f32x4.mul(s3, p1));
    const next = a + aBytes;
    const np0 = v128.load(panel, 32);
    const np1 = v128.load(panel, 48);
    const ns0 = v128.load_splat<f32>(next);
    c00 = f32x4.add(c00, f32x4.mul(ns0, np0));
    c01 = f32x4.add(c01, f32x4.mul(ns0, np1));
    const ns1 = v128.load_splat<f32>(next, 4);
    c10 = f32x4.add(c10, f32x4.mul(ns1, np0));
    c11 = f32x4.add(c11, f32x4.mul(ns1, np1));
    const ns2 = v128.load_splat<f32>(next, 8);
    c20 = f32x4.add(c20, f32x4.mul(ns2, np0));
    c21 = f32x4.add(c21, f32x4.mul(ns2, np1));
    const ns3 = v128.load_splat<f32>(next, 12);
    c30 = f32x4.add(c30, f32x4.mul(ns3, np0));
    c31 = f32x4.add(c31, f32x4.mul(ns3, np1));
    a = next + aBytes;
    panel += 64;
  }
  while (panel < end) {
    const p0 = v128.load(panel);
    const p1 = v128.load(panel, 16);
    const s0 = v128.load_splat<f32>(a);
    c00 = f32x4.add(c00, f32x4.mul(s0, p0));
    c01 = f32x4.add(c01, f32x4.mul(s0, p1));
    const s1 = v128.load_splat<f32>(a, 4);
    c10 = f32x4.add(c10, f32x4.mul(s1, p0));
    c11 = f32x4.add(c11, f32x4.mul(s1, p1));
    const s2 = v128.load_splat<f32>(a, 8);
    c20 = f32x4.add(c20, f32x4.mul(s2, p0));
    c21 = f32x4.add(c21, f32x4.mul(s2, p1));
    const s3 = v128.load_splat<f32>(a, 12);
    c30 = f32x4.add(c30, f32x4.mul(s3, p0));
    c31 = f32x4.add(c31, f32x4.mul(s3, p1));
    a += aBytes;
    panel += 32;
  }
  const d1 = c + cRowBytes;
  const d2 = d1 + cRowBytes;
  const d3 = d2 + cRowBytes;
  if (accumulate) {
    c00 = f32x4.add(v128.load(c), c00);
    c01 = f32x4.add(v128.load(c, 16), c01);
    c10 = f32x4.add(v128.load(d1), c10);
    c11 = f32x4.add(v128.load(d1, 16), c11);
    c20 = f32x4.add(v128.load(d2), c20);
    c21 = f32x4.add(v128.load(d2, 16), c21);
    c30 = f32x4.add(v128.load(d3), c30);
    c31 = f32x4.add(v128.load(d3, 16), c31);
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(d1, c10);
  v128.store(d1, c11, 16);
  v128.store(d2, c20);
  v128.store(d2, c21, 16);
  v128.store(d3, c30);
  v128.store(d3, c31, 16);
}
