// Eigenvalues and eigenvectors of a symmetric matrix: Householder's reduction
// and the QL method, EISPACK's tred2 and tql2 (Smith et al. 1976).
//
// The operations and their order are those of ml-matrix, which has them from
// JAMA: sums over elements are made one after the other, and only what does not
// depend on each other is computed side by side.

/** The distance of 1 from the next number. */
const EPSILON: f64 = 2.220446049250313e-16;

@inline
function at(array: usize, index: i32): f64 {
  return load<f64>(array + (<usize>index << 3));
}

@inline
function put(array: usize, index: i32, value: f64): void {
  store<f64>(array + (<usize>index << 3), value);
}

/** sqrt(a² + b²) without overflow. */
function hypotenuse(a: f64, b: f64): f64 {
  if (abs(a) > abs(b)) {
    const ratio = b / a;
    return abs(a) * sqrt(1 + ratio * ratio);
  }
  if (b != 0) {
    const ratio = a / b;
    return abs(b) * sqrt(1 + ratio * ratio);
  }
  return 0;
}

/** into[k] -= a x[k] + b y[k] for k in [first, count). */
function subtractTwo(
  into: usize,
  a: f64,
  x: usize,
  b: f64,
  y: usize,
  first: i32,
  count: i32,
): void {
  const as = f64x2.splat(a), bs = f64x2.splat(b);
  let k = first;
  for (; k + 2 <= count; k += 2) {
    const offset = <usize>k << 3;
    v128.store(
      into + offset,
      f64x2.sub(
        v128.load(into + offset),
        f64x2.add(
          f64x2.mul(as, v128.load(x + offset)),
          f64x2.mul(bs, v128.load(y + offset)),
        ),
      ),
    );
  }
  if (k < count) put(into, k, at(into, k) - (a * at(x, k) + b * at(y, k)));
}

/** into[k] -= a x[k] for k in [0, count). */
function subtractTimes(into: usize, a: f64, x: usize, count: i32): void {
  const as = f64x2.splat(a);
  let k = 0;
  for (; k + 2 <= count; k += 2) {
    const offset = <usize>k << 3;
    v128.store(
      into + offset,
      f64x2.sub(
        v128.load(into + offset),
        f64x2.mul(as, v128.load(x + offset)),
      ),
    );
  }
  if (k < count) put(into, k, at(into, k) - a * at(x, k));
}

/** e = A d, of whose symmetric matrix A the first i rows are there by half. */
function multiply(v: usize, d: usize, e: usize, i: i32, row: usize): void {
  memory.fill(e, 0, <usize>i << 3);
  for (let j = 0; j < i; j++) {
    const own = v + row * j;
    const f = at(d, j);
    put(v + row * i, j, f);
    let sum = at(e, j) + at(own, j) * f;
    for (let k = j + 1; k < i; k++) {
      const value = at(own, k);
      sum += value * at(d, k);
      put(e, k, at(e, k) + value * f);
    }
    put(e, j, sum);
  }
}

/** Multiplies the reflections. */
function accumulate(v: usize, d: usize, n: i32, row: usize): void {
  for (let i = 0; i < n - 1; i++) {
    const last = v + row * i;
    put(last, n - 1, at(last, i));
    put(last, i, 1);
    const h = at(d, i + 1);
    const next = last + row;
    if (h != 0) {
      for (let k = 0; k <= i; k++) put(d, k, at(next, k) / h);
      let j = 0;
      // A sum waits for its last addition: four of them take turns.
      for (; j + 4 <= i + 1; j += 4) {
        const row0 = v + row * j, row1 = row0 + row;
        const row2 = row1 + row, row3 = row2 + row;
        let sum0: f64 = 0, sum1: f64 = 0, sum2: f64 = 0, sum3: f64 = 0;
        for (let k = 0; k <= i; k++) {
          const own = at(next, k);
          sum0 += own * at(row0, k);
          sum1 += own * at(row1, k);
          sum2 += own * at(row2, k);
          sum3 += own * at(row3, k);
        }
        subtractTimes(row0, sum0, d, i + 1);
        subtractTimes(row1, sum1, d, i + 1);
        subtractTimes(row2, sum2, d, i + 1);
        subtractTimes(row3, sum3, d, i + 1);
      }
      for (; j <= i; j++) {
        const own = v + row * j;
        let sum: f64 = 0;
        for (let k = 0; k <= i; k++) sum += at(next, k) * at(own, k);
        subtractTimes(own, sum, d, i + 1);
      }
    }
    memory.fill(next, 0, <usize>(i + 1) << 3);
  }
}

/** Reduces the matrix to a diagonal d and what lies beside it, e. */
function tridiagonalize(v: usize, d: usize, e: usize, n: i32): void {
  const row = <usize>n << 3;
  for (let j = 0; j < n; j++) put(d, j, at(v + row * j, n - 1));
  for (let i = n - 1; i > 0; i--) {
    let scale: f64 = 0;
    let h: f64 = 0;
    for (let k = 0; k < i; k++) scale += abs(at(d, k));
    if (scale == 0) {
      put(e, i, at(d, i - 1));
      for (let j = 0; j < i; j++) {
        put(d, j, at(v + row * j, i - 1));
        put(v + row * j, i, 0);
        put(v + row * i, j, 0);
      }
    } else {
      for (let k = 0; k < i; k++) {
        const own = at(d, k) / scale;
        put(d, k, own);
        h += own * own;
      }
      const f = at(d, i - 1);
      const g = f > 0 ? -sqrt(h) : sqrt(h);
      put(e, i, scale * g);
      h -= f * g;
      put(d, i - 1, f - g);
      multiply(v, d, e, i, row);
      let product: f64 = 0;
      for (let j = 0; j < i; j++) {
        const own = at(e, j) / h;
        put(e, j, own);
        product += own * at(d, j);
      }
      subtractTimes(e, product / (h + h), d, i);
      for (let j = 0; j < i; j++) {
        const own = v + row * j;
        subtractTwo(own, at(d, j), e, at(e, j), d, j, i);
        put(d, j, at(own, i - 1));
        put(own, i, 0);
      }
    }
    put(d, i, h);
  }
  accumulate(v, d, n, row);
  for (let j = 0; j < n; j++) {
    put(d, j, at(v + row * j, n - 1));
    put(v + row * j, n - 1, 0);
  }
  put(v, n * n - 1, 1);
  put(e, 0, 0);
}

/** Turns two vectors in their plane. */
function rotate(upper: usize, lower: usize, c: f64, s: f64, n: i32): void {
  const cs = f64x2.splat(c), ss = f64x2.splat(s);
  let k = 0;
  for (; k + 2 <= n; k += 2) {
    const offset = <usize>k << 3;
    const one = v128.load(upper + offset), other = v128.load(lower + offset);
    v128.store(
      lower + offset,
      f64x2.add(f64x2.mul(ss, one), f64x2.mul(cs, other)),
    );
    v128.store(
      upper + offset,
      f64x2.sub(f64x2.mul(cs, one), f64x2.mul(ss, other)),
    );
  }
  if (k < n) {
    const one = at(upper, k), other = at(lower, k);
    put(lower, k, s * one + c * other);
    put(upper, k, c * one - s * other);
  }
}

/**
 * Decomposes a symmetric matrix.
 *
 * @param v The matrix, n x n float64; row k becomes the vector of value k.
 * @param d Becomes the n eigenvalues, in no order.
 * @param e Room for n numbers.
 */
export function decomposeSymmetric(v: usize, d: usize, e: usize, n: i32): void {
  tridiagonalize(v, d, e, n);
  const row = <usize>n << 3;
  for (let i = 1; i < n; i++) put(e, i - 1, at(e, i));
  put(e, n - 1, 0);
  let shift: f64 = 0;
  let largest: f64 = 0;
  for (let l = 0; l < n; l++) {
    largest = max(largest, abs(at(d, l)) + abs(at(e, l)));
    const small = EPSILON * largest;
    let m = l;
    while (m < n && !(abs(at(e, m)) <= small)) m++;
    while (m > l) {
      const first = at(d, l);
      const beside = at(e, l);
      let p = (at(d, l + 1) - first) / (2 * beside);
      let r = hypotenuse(p, 1);
      if (p < 0) r = -r;
      const own = beside / (p + r);
      const next = beside * (p + r);
      put(d, l, own);
      put(d, l + 1, next);
      const moved = first - own;
      for (let i = l + 2; i < n; i++) put(d, i, at(d, i) - moved);
      shift += moved;
      p = at(d, m);
      const nextBeside = at(e, l + 1);
      let c: f64 = 1, c2: f64 = 1, c3: f64 = 1, s: f64 = 0, s2: f64 = 0;
      for (let i = m - 1; i >= l; i--) {
        c3 = c2;
        c2 = c;
        s2 = s;
        const g = c * at(e, i);
        const h = c * p;
        r = hypotenuse(p, at(e, i));
        put(e, i + 1, s * r);
        s = at(e, i) / r;
        c = p / r;
        p = c * at(d, i) - s * g;
        put(d, i + 1, h + s * (c * g + s * at(d, i)));
        rotate(v + row * i, v + row * (i + 1), c, s, n);
      }
      p = -s * s2 * c3 * nextBeside * at(e, l) / next;
      put(e, l, s * p);
      put(d, l, c * p);
      if (!(abs(at(e, l)) > small)) break;
    }
    put(d, l, at(d, l) + shift);
    put(e, l, 0);
  }
}
