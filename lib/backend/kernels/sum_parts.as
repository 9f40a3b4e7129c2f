// The sum of partial results, in their order.

/** sum[i] = parts[0][i] + parts[1][i] + ...; parts are partBytes apart. */
export function sumParts(
  parts: usize,
  count: i32,
  partBytes: usize,
  sum: usize,
  size: i32,
): void {
  let i = 0;
  for (; i + 4 <= size; i += 4) {
    let part = parts;
    let total = v128.load(part);
    for (let index = 1; index < count; index++) {
      part += partBytes;
      total = f32x4.add(total, v128.load(part));
    }
    v128.store(sum, total);
    parts += 16;
    sum += 16;
  }
  for (; i < size; i++) {
    let part = parts;
    let total = load<f32>(part);
    for (let index = 1; index < count; index++) {
      part += partBytes;
      total += load<f32>(part);
    }
    store<f32>(sum, total);
    parts += 4;
    sum += 4;
  }
}
