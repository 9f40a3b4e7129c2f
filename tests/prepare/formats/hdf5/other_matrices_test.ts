/** Logarithms in AnnData's X beside the counts that they were taken of. */

import assert from "node:assert/strict";
import type { ValueSink } from "../../../../lib/prepare/formats/hdf5/messages.ts";
import {
  noteOtherMatrices,
  WatchedSink,
} from "../../../../lib/prepare/formats/hdf5/other_matrices.ts";
import { anndata } from "../../../../lib/prepare/formats/anndata.ts";
import { fixture } from "../written_by_python.ts";

const nowhere: ValueSink = { size() {}, block() {}, entries() {} };

/** Whether such values, given as a block or as single ones, look logged. */
function looksLogged(values: readonly number[]): boolean {
  const [block, entries] = [new WatchedSink(nowhere), new WatchedSink(nowhere)];
  const own = Float32Array.from(values);
  block.block({ row: 0, column: 0, width: own.length, values: own });
  const places = new Int32Array(own.length);
  entries.entries({ rows: places, columns: places, values: own });
  assert.equal(block.mayBeLogarithms, entries.mayBeLogarithms);
  return block.mayBeLogarithms;
}

Deno.test("other matrices: what may be logarithms", () => {
  assert.equal(looksLogged([0, 2.5, 11.25]), true);
  assert.equal(looksLogged([-1.5, 0, 3, NaN]), true);
  // Single cells have small counts.
  assert.equal(looksLogged([0, 1, 12, NaN]), false);
  assert.equal(looksLogged([0, 0.5, 812]), false);
});

Deno.test("other matrices: named as --layer takes them", () => {
  assert.deepEqual(noteOtherMatrices("X", []), []);
  assert.deepEqual(noteOtherMatrices("X", ["raw", "counts"]), [
    "X may be logarithms, and the file also has 'raw', 'counts': --layer NAME " +
    "reads one of them instead",
  ]);
  assert.match(noteOtherMatrices("X", ["raw"])[0], /reads it instead$/);
});

Deno.test("other matrices: a note on AnnData of logarithms, if none was chosen", async () => {
  const notesOf = async (name: string, layer?: string) =>
    (await anndata.read({ path: fixture(name) }, { layer })).notes;
  assert.deepEqual(await notesOf("logged.h5ad"), [
    "X may be logarithms, and the file also has 'raw', 'counts': --layer NAME " +
    "reads one of them instead",
  ]);
  for (const layer of ["X", "raw", "counts"]) {
    assert.deepEqual(await notesOf("logged.h5ad", layer), []);
  }
  // It has a layer, too, and X holds large values.
  assert.deepEqual(await notesOf("dense.h5ad"), []);
});
