import assert from "node:assert/strict";
import { GrowableMatrix } from "../../../lib/prepare/formats/growable_matrix.ts";

/** Rows enough for blocks that grow, and for some of the largest. */
function fill(width: number, rows: number): GrowableMatrix {
  const store = new GrowableMatrix(width);
  let open = store.open();
  for (let row = 0; row < rows; row++) {
    open.fill(row);
    open[width - 1] = -row;
    open = store.next();
  }
  open.fill(NaN); // Never kept.
  return store;
}

Deno.test("rows: come back in their order, however many blocks", () => {
  for (const [width, rows] of [[1, 3], [7, 40_000], [9973, 1000], [3, 0]]) {
    const joined = fill(width, rows).join();
    assert.equal(joined.length, width * rows);
    let wrong = 0;
    joined.forEach((held, at) => {
      const row = Math.floor(at / width);
      const expected = at % width === width - 1 ? -row : row;
      if (held !== expected) wrong++;
    });
    assert.equal(wrong, 0, `${rows} x ${width}`);
  }
});

Deno.test("rows: joining frees what it has copied and leaves nothing", () => {
  const store = fill(100, 10);
  const open = store.open();
  assert.equal(open.length, 100);
  assert.equal(store.join().length, 1000);
  assert.equal(open.length, 0);
  assert.equal(store.join().length, 0);
});
