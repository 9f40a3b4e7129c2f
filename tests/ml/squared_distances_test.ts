import assert from "node:assert/strict";
import { openStream } from "../../lib/random.ts";
import { squaredDistances } from "../../lib/ml/squared_distances.ts";

function draw(rows: number, columns: number, name: string): Float32Array {
  const { uniform } = openStream(1, name);
  return Float32Array.from({ length: rows * columns }, () => 30 * uniform());
}

Deno.test("distances equal the sum of squared differences", () => {
  // More columns than a block, and rows that fill no panel.
  for (const [aRows, bRows, columns] of [[3, 7, 601], [1, 1, 1], [2, 4, 256]]) {
    const a = draw(aRows, columns, "a");
    const b = draw(bRows, columns, "b");
    const distances = squaredDistances(a, b, columns);
    assert.equal(distances.length, aRows * bRows);
    for (let i = 0; i < aRows; i++) {
      for (let j = 0; j < bRows; j++) {
        let wanted = 0;
        for (let c = 0; c < columns; c++) {
          wanted += (a[i * columns + c] - b[j * columns + c]) ** 2;
        }
        // What cancels are norms of about 300 a column.
        assert.ok(
          Math.abs(distances[i * bRows + j] - wanted) < 1e-12 * 300 * columns,
        );
      }
    }
  }
});

Deno.test("equal rows are exactly 0 apart, wherever they stand", () => {
  const row = draw(1, 777, "row");
  const rows = new Float32Array(7 * 777);
  for (let i = 0; i < 7; i++) rows.set(row, i * 777);
  assert.ok(squaredDistances(rows, rows, 777).every((value) => value === 0));
});

Deno.test("distances within a matrix equal those to a copy of it", () => {
  const rows = draw(11, 300, "rows");
  assert.deepEqual(
    squaredDistances(rows, rows, 300),
    squaredDistances(rows, rows.slice(), 300),
  );
});

Deno.test("distances refuse broken rows and what is not finite", () => {
  const two = Float32Array.of(1, 2);
  assert.throws(() => squaredDistances(two, two, 3), /not whole rows of 3/);
  assert.throws(() => squaredDistances(two, two, 0), /not whole rows of 0/);
  assert.throws(
    () => squaredDistances(two, Float32Array.of(1, Infinity), 1),
    /must be finite/,
  );
});
