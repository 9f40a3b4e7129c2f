import assert from "node:assert/strict";
import { distinctRows, firstEqualRows } from "../../lib/ml/equal_rows.ts";
import { openStream } from "../../lib/random.ts";

Deno.test("every row is given the first that equals it", () => {
  const rows = Float32Array.of(1, 2, 2, 1, 1, 2, 0, 5, -0, 5, 2, 1);
  const firsts = firstEqualRows(rows, 2);
  assert.deepEqual([...firsts], [0, 1, 0, 3, 3, 1]);
  assert.deepEqual(distinctRows(firsts), [0, 1, 3]);
  assert.deepEqual([...firstEqualRows(new Float32Array(), 3)], []);
});

Deno.test("many rows of few values are told apart as by their text", () => {
  const stream = openStream(4, "rows");
  for (const columns of [1, 2, 7]) {
    const values = Float64Array.from(
      { length: 3000 * columns },
      () => stream.integer(3) / 3,
    );
    const seen = new Map<string, number>();
    const wanted = Array.from({ length: 3000 }, (_, row) => {
      const text = values.subarray(row * columns, (row + 1) * columns).join();
      if (!seen.has(text)) seen.set(text, row);
      return seen.get(text);
    });
    assert.deepEqual([...firstEqualRows(values, columns)], wanted);
  }
});

Deno.test("numbers that differ in their last bit are different", () => {
  assert.deepEqual([...firstEqualRows(Float64Array.of(1, 1 + 2 ** -52), 1)], [
    0,
    1,
  ]);
});
