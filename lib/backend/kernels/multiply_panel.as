// Many short rows times a panel of 8 columns.
//
// It computes what tile.as does, without a call for each block of rows.

/**
 * c[row][0..7] = sum over k of a[row][k] panel[k][0..7]. Rows of `a` are
 * aBytes apart, those of `c` cBytes; `depth` is even. Rows are processed by
 * fours: those up to the next multiple of 4 are read and written, too.
 */
export function multiplyPanel(
  a: usize,
  aBytes: usize,
  panel: usize,
  depth: i32,
  c: usize,
  cBytes: usize,
  rows: i32,
): void {
  const depthBytes = <usize>depth << 2;
  for (let row = 0; row < rows; row += 4) {
    let c00 = f32x4.splat(0), c01 = c00, c10 = c00, c11 = c00;
    let c20 = c00, c21 = c00, c30 = c00, c31 = c00;
    let a0 = a;
    let a1 = a0 + aBytes;
    let a2 = a1 + aBytes;
    let a3 = a2 + aBytes;
    let b = panel;
    const end = a0 + depthBytes;
    while (a0 < end) {
      const p0 = v128.load(b);
      const p1 = v128.load(b, 16);
      const s0 = v128.load_splat<f32>(a0);
      c00 = f32x4.add(c00, f32x4.mul(s0, p0));
      c01 = f32x4.add(c01, f32x4.mul(s0, p1));
      const s1 = v128.load_splat<f32>(a1);
      c10 = f32x4.add(c10, f32x4.mul(s1, p0));
      c11 = f32x4.add(c11, f32x4.mul(s1, p1));
      const s2 = v128.load_splat<f32>(a2);
      c20 = f32x4.add(c20, f32x4.mul(s2, p0));
      c21 = f32x4.add(c21, f32x4.mul(s2, p1));
      const s3 = v128.load_splat<f32>(a3);
      c30 = f32x4.add(c30, f32x4.mul(s3, p0));
      c31 = f32x4.add(c31, f32x4.mul(s3, p1));
      const q0 = v128.load(b, 32);
      const q1 = v128.load(b, 48);
      const t0 = v128.load_splat<f32>(a0, 4);
      c00 = f32x4.add(c00, f32x4.mul(t0, q0));
      c01 = f32x4.add(c01, f32x4.mul(t0, q1));
      const t1 = v128.load_splat<f32>(a1, 4);
      c10 = f32x4.add(c10, f32x4.mul(t1, q0));
      c11 = f32x4.add(c11, f32x4.mul(t1, q1));
      const t2 = v128.load_splat<f32>(a2, 4);
      c20 = f32x4.add(c20, f32x4.mul(t2, q0));
      c21 = f32x4.add(c21, f32x4.mul(t2, q1));
      const t3 = v128.load_splat<f32>(a3, 4);
      c30 = f32x4.add(c30, f32x4.mul(t3, q0));
      c31 = f32x4.add(c31, f32x4.mul(t3, q1));
      a0 += 8;
      a1 += 8;
      a2 += 8;
      a3 += 8;
      b += 64;
    }
    v128.store(c, c00);
    v128.store(c, c01, 16);
    c += cBytes;
    v128.store(c, c10);
    v128.store(c, c11, 16);
    c += cBytes;
    v128.store(c, c20);
    v128.store(c, c21, 16);
    c += cBytes;
    v128.store(c, c30);
    v128.store(c, c31, 16);
    c += cBytes;
    a += 4 * aBytes;
  }
}
