/** Genes that a file gives by id or by name. */

import assert from "node:assert/strict";
import { matchGenes } from "../../lib/prepare/match_genes.ts";

const GENES = [
  { gene: "E1", name: "TP53" },
  { gene: "E2", name: "MYC" },
  { gene: "E3", name: "U6" },
  { gene: "E4", name: "U6" },
  { gene: "E5", name: null },
  { gene: "E6", name: "CRLF2" },
];
const LEFT_OUT = [{ gene: "E7", name: "CRLF2" }, { gene: "E8", name: "INS" }];

function match(...given: string[]) {
  const found = matchGenes(new Set(given), GENES, LEFT_OUT);
  return { ...found, idOf: Object.fromEntries(found.idOf) };
}

Deno.test("ids are ids", () => {
  assert.deepEqual(match("E1", "E8", "other"), {
    byName: false,
    idOf: { E1: "E1", E8: "E8" },
    ambiguous: [],
  });
  assert.deepEqual(match("other").idOf, {});
  assert.deepEqual(match().idOf, {});
});

Deno.test("names are names if more than twice as many match as ids", () => {
  assert.deepEqual(match("TP53", "MYC", "tp53"), {
    byName: true,
    idOf: { TP53: "E1", MYC: "E2" },
    ambiguous: [],
  });
  // One id, two names: not fewer than half as many.
  assert.deepEqual(match("E5", "TP53", "MYC"), {
    byName: false,
    idOf: { E5: "E5" },
    ambiguous: [],
  });
  // A gene without a name stands with its id, as in lists of names.
  assert.deepEqual(match("E5", "TP53", "MYC", "INS"), {
    byName: true,
    idOf: { E5: "E5", TP53: "E1", MYC: "E2", INS: "E8" },
    ambiguous: [],
  });
});

Deno.test("a name of several genes is none of them", () => {
  assert.deepEqual(match("TP53", "U6"), {
    byName: true,
    idOf: { TP53: "E1" },
    ambiguous: ["U6"],
  });
  assert.equal(match("U6").byName, false);
  // Of the two genes one is in the matrix.
  assert.deepEqual(match("CRLF2").idOf, { CRLF2: "E6" });
});

Deno.test("names that are ids of other genes are read as ids", () => {
  const genes = [{ gene: "A", name: "B" }, { gene: "B", name: "A" }];
  const { byName } = matchGenes(new Set(["A", "B"]), genes);
  assert.equal(byName, false);
});
