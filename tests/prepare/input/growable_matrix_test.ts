import assert from "node:assert/strict";
import { GrowableMatrix } from "../../../lib/prepare/input/growable_matrix.ts";

/** Enough rows for blocks that grow, and for some of the largest. */
function fill(width: number, rows: number): GrowableMatrix {
  const matrix = new GrowableMatrix(width);
  for (let row = 0; row < rows; row++) {
    const added = matrix.add().fill(row);
    added[width - 1] = -row;
  }
  return matrix;
}

Deno.test("rows: come back in their order, however many blocks", () => {
  for (const [width, rows] of [[1, 3], [7, 40_000], [9973, 1000], [3, 0]]) {
    const matrix = fill(width, rows);
    for (let row = 0; row < rows; row += 97) {
      const found = matrix.row(row);
      assert.equal(found.length, width);
      assert.equal(found[width - 1], -row);
    }
    const joined = matrix.take();
    assert.equal(joined.length, width * rows);
    let wrong = 0;
    joined.forEach((value, index) => {
      const row = Math.floor(index / width);
      const expected = index % width === width - 1 ? -row : row;
      if (value !== expected) wrong++;
    });
    assert.equal(wrong, 0, `${rows} x ${width}`);
  }
});

Deno.test("rows: joining frees the blocks and empties the matrix", () => {
  const matrix = fill(100, 10);
  const row = matrix.row(9);
  assert.equal(row.length, 100);
  assert.equal(matrix.take().length, 1000);
  assert.equal(row.length, 0);
  assert.equal(matrix.take().length, 0);
});

Deno.test("rows: chosen rows and columns come in the order given, also transposed", () => {
  const [width, rows] = [37, 20_000];
  const fillAgain = () => {
    const matrix = new GrowableMatrix(width);
    for (let row = 0; row < rows; row++) {
      const added = matrix.add();
      for (let column = 0; column < width; column++) {
        added[column] = row * width + column;
      }
    }
    return matrix;
  };
  assert.equal(fillAgain().count, rows);
  const all = (count: number) => Array.from({ length: count }, (_, i) => i);
  const choices = [
    {},
    { columns: [36, 0, 5, 5] },
    { rows: all(rows).filter((row) => row % 3 === 0) },
    { rows: all(rows).reverse(), columns: [1, 2] },
    { rows: [19_999, 0, 0, 7, 12_345], columns: [] },
    { rows: [], columns: [3] },
  ];
  for (const choice of choices) {
    for (const transposed of [false, true]) {
      const chosenRows = choice.rows ?? all(rows);
      const columns = choice.columns ?? all(width);
      const matrix = fillAgain();
      const taken = matrix.take({ ...choice, transposed });
      assert.equal(matrix.count, 0);
      assert.equal(taken.length, chosenRows.length * columns.length);
      let wrong = 0;
      chosenRows.forEach((row, index) =>
        columns.forEach((column, place) => {
          const found = transposed
            ? taken[place * chosenRows.length + index]
            : taken[index * columns.length + place];
          if (found !== row * width + column) wrong++;
        })
      );
      assert.equal(wrong, 0, JSON.stringify({ transposed }));
    }
  }
  for (const choice of [{ rows: [rows] }, { columns: [width] }]) {
    assert.throws(() => fillAgain().take(choice), RangeError);
  }
});
