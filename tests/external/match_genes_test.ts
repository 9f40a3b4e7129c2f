/** The run's genes among those of the other cohort. */

import assert from "node:assert/strict";
import { matchCohortGenes } from "../../lib/external/match_genes.ts";

const genes = (...ids: string[]) =>
  ids.map((text) => {
    const [gene, name = null] = text.split("|");
    return { gene, name };
  });

Deno.test("genes are matched by id in any order, and the missing are -1", () => {
  const links = matchCohortGenes(
    genes("A", "B", "C", "D"),
    genes("D", "X", "A", "C"),
  );
  assert.equal(links.matchedBy, "id");
  assert.deepEqual([...links.columnOf], [2, -1, 3, 0]);
  assert.deepEqual([links.found, links.ambiguous], [3, 0]);
});

Deno.test("versions are ignored, unless one is the same", () => {
  const own = genes("ENSG00000000001", "ENSG00000000002", "ENSG00000000003.4");
  const links = matchCohortGenes(
    own,
    genes(
      "ENSG00000000002.11",
      "ENSG00000000001.3",
      "ENSG00000000003.5",
      "ENSG00000000003.4",
    ),
  );
  assert.deepEqual([...links.columnOf], [1, 0, 3]);
  assert.equal(links.ambiguous, 0);
  // Two versions of one gene, neither of them the run's.
  const twice = matchCohortGenes(
    own,
    genes("ENSG00000000001", "ENSG00000000002.1", "ENSG00000000002.2").concat(
      genes("ENSG00000000003"),
    ),
  );
  assert.deepEqual([...twice.columnOf], [0, -1, 3]);
  assert.deepEqual([twice.found, twice.ambiguous], [2, 1]);
  // A clone's accession is no version.
  const clones = matchCohortGenes(genes("AC012345.1", "A"), genes("A", "B"));
  assert.deepEqual([...clones.columnOf], [-1, 0]);
});

Deno.test("by name if fewer than half are ids; a name twice matches none", () => {
  const own = genes("G1|actin", "G2|tubulin", "G3|myosin", "G4|twin");
  const links = matchCohortGenes(
    own,
    genes("myosin", "actin", "twin", "G2", "other"),
  );
  assert.equal(links.matchedBy, "name");
  assert.deepEqual([...links.columnOf], [1, -1, 0, 2]);
  const twins = matchCohortGenes(
    own,
    genes("1|actin", "2|tubulin", "3|twin", "4|twin"),
  );
  assert.deepEqual([...twins.columnOf], [0, 1, -1, -1]);
  assert.deepEqual([twins.found, twins.ambiguous], [2, 1]);
  // The run has names for ids.
  const reverse = matchCohortGenes(genes("actin", "myosin"), own);
  assert.deepEqual([...reverse.columnOf], [0, 2]);
  // Half of the ids are enough: names are not mixed in.
  const half = matchCohortGenes(own, genes("G1", "G2", "myosin"));
  assert.deepEqual([half.matchedBy, half.found], ["id", 2]);
});

Deno.test("fewer than half of the genes are refused with what both look like", () => {
  assert.throws(
    () => matchCohortGenes(genes("A", "B", "C"), genes("A", "x", "y", "z")),
    {
      name: "InputError",
      message:
        "Cannot judge by another cohort: it has 1 of the run's 3 genes (33 %) " +
        "and should have at least half; its 4 look like 'A', 'x', 'y', the " +
        "run's like 'A', 'B', 'C'",
    },
  );
});
