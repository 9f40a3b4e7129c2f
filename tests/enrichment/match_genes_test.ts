/** Genes of the matrix are found under what the annotation calls them. */

import assert from "node:assert/strict";
import { matchEntries } from "../../lib/enrichment/match_genes.ts";

const named = (
  ids: readonly string[],
  names: readonly (string | null)[] = [],
) => ids.map((gene, index) => ({ gene, name: names[index] ?? null }));
const kind = (kind: string, ...names: string[]) => ({
  kind,
  names: names.map((name, entry) => [name, entry] as const),
});

Deno.test("the kind of name that finds most genes is taken", () => {
  const genes = named(["AT1G01", "AT1G02", "AT1G03"]);
  const found = matchEntries(genes, [
    kind("id", "locus:1", "locus:2", "locus:3"),
    kind("symbol", "AT1G01", "NAC1", "x"),
    kind("synonym", "AT1G01", "AT1G02", "y"),
  ], "a.gaf");
  assert.equal(found.kind, "synonym");
  assert.deepEqual(found.entriesOf, [[0], [1], []]);
  assert.deepEqual([found.matched, found.ambiguous], [2, 0]);
});

Deno.test("names of the matrix are looked for, too; equal ones are left out", () => {
  const genes = named(["E1", "E2", "E3", "E4"], ["TP53", "MYC", "MYC", null]);
  const found = matchEntries(genes, [kind("symbol", "TP53", "MYC")], "a.gaf");
  assert.equal(found.geneKey, "name");
  assert.deepEqual(found.entriesOf, [[0], [], [], []]);
  assert.deepEqual([found.matched, found.ambiguous], [1, 2]);
});

Deno.test("versions are left out on either side, if ids then fit", () => {
  const plain = ["ENSG01", "ENSG02"];
  const versions = ["ENSG01.4", "ENSG02.11"];
  for (const [ours, theirs] of [[plain, versions], [versions, plain]]) {
    const found = matchEntries(named(ours), [kind("id", ...theirs)], "a.gaf");
    assert.ok(found.isLoose);
    assert.deepEqual(found.entriesOf, [[0], [1]]);
  }
  // Transcripts of a gene are entries of it.
  const found = matchEntries(
    named(["LOC_Os01g01010"]),
    [kind("id", "LOC_Os01g01010.1", "LOC_Os01g01010.2")],
    "a.gaf",
  );
  assert.deepEqual(found.entriesOf, [[0, 1]]);
});

Deno.test("names that look like versions are no versions where ids fit", () => {
  const genes = named(["AC01.1", "AC01.2", "AC02.1", "AC03"]);
  const found = matchEntries(
    genes,
    [kind("id", "AC01.1", "AC01.2", "AC03", "AC02.7")],
    "a.gaf",
  );
  assert.ok(!found.isLoose);
  assert.deepEqual(found.entriesOf, [[0], [1], [], [2]]);
});

Deno.test("genes whose ids differ by their versions only have no entry", () => {
  const found = matchEntries(
    named(["G1.1", "G1.2", "G2.1"]),
    [kind("id", "G1", "G2")],
    "a.gaf",
  );
  assert.deepEqual(found.entriesOf, [[], [], [1]]);
  assert.equal(found.ambiguous, 2);
});

Deno.test("wrong ids are one line with both styles and five examples", () => {
  const many = Array.from({ length: 9 }, (_, index) => `P${index}`);
  assert.throws(
    () =>
      matchEntries(
        named(many),
        [kind("id", ...many.map((id) => "x" + id))],
        "b.gaf",
      ),
    /^InputError: Cannot use the annotation b\.gaf: it has none of the matrix's 9 genes, whose ids look like 'P0', 'P1', 'P2', 'P3', 'P4', …; its own look like 'xP0', 'xP1', 'xP2', 'xP3', 'xP4', …$/,
  );
});
