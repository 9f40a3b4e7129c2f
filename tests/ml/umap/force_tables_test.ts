import assert from "node:assert/strict";
import { fitCurve } from "../../../lib/ml/umap/curve.ts";
import {
  forces,
  forceTables,
  power,
} from "../../../lib/ml/umap/force_tables.ts";
import { openStream } from "../../../lib/random.ts";

Deno.test("a power by square roots is Math.pow's within 1e-14", () => {
  const { uniform } = openStream(1, "powers");
  for (let i = 0; i < 2000; i++) {
    const x = 10 ** (20 * uniform() - 10);
    const p = 3 * uniform();
    assert.ok(Math.abs(power(x, p) / Math.pow(x, p) - 1) < 1e-14, `${x}^${p}`);
  }
  assert.equal(power(5, 0), 1);
  assert.equal(power(5, 3), 125);
  assert.equal(power(9, 0.5), 3);
});

/** A force from its table, as the kernel reads it. */
function lookUp(table: Float64Array, square: number): number {
  const exponent = Math.floor(Math.log2(square));
  const piece = (exponent + 40) * PIECES +
    Math.floor((square / 2 ** exponent - 1) * PIECES);
  const [c0, c1, c2, c3] = table.subarray(4 * piece, 4 * piece + 4);
  return c0 + c1 * square + square * square * (c2 + c3 * square);
}

const PIECES = 32;

for (
  const [minDist, bound] of [[0, 4e-8], [0.1, 4e-8], [0.5, 7e-8], [1, 2e-7]]
) {
  Deno.test(`the tables for a minimum distance of ${minDist} are right to ${bound}`, () => {
    const curve = fitCurve(minDist);
    const tables = forceTables(curve);
    const { uniform } = openStream(1, "squares");
    const squares = Array.from(
      { length: 20_000 },
      () => 2 ** (64 * uniform() - 40),
    );
    // The ends of pieces, and the last number before the next one.
    for (let exponent = -40; exponent < 24; exponent++) {
      for (let piece = 0; piece < PIECES; piece++) {
        const next = 1 + (piece + 1) / PIECES;
        squares.push(2 ** exponent * (1 + piece / PIECES));
        squares.push(2 ** exponent * (next - 2 ** -52));
      }
    }
    for (const square of squares) {
      const right = forces(curve, square, Math.pow(square, curve.b));
      for (const force of ["attraction", "repulsion"] as const) {
        const found = lookUp(tables[force], square);
        const error = Math.abs(found / right[force] - 1);
        assert.ok(error < bound, `${force} at ${square}: ${error}`);
      }
    }
  });
}
