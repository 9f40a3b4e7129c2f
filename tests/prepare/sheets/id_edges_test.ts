/** The ends of an id never tell that it is none. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { IdEdges } from "../../../lib/prepare/sheets/id_edges.ts";
import { looseForm, numberForm } from "../../../lib/prepare/sheets/id_forms.ts";
import { anyName, SEED } from "../../fuzz.ts";

const text = fc.oneof(
  anyName,
  fc.string({ maxLength: 4 }),
  fc.constantFrom(
    "X1",
    "x_1",
    "e\u0301a",
    "Xa",
    "x",
    "-",
    "Z9",
    "\u212a1",
    "01",
    "001",
    "X01",
    "1",
  ),
).map((name) => name.trim()).filter((name) => name !== "");

Deno.test("a text with the form of an id may be one", () => {
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), (ids) => {
      for (const formOf of [looseForm, numberForm]) {
        const forms = ids.map(formOf).filter((form) => form !== "");
        for (const id of ids) {
          const edges = new IdEdges();
          edges.add(forms.filter((form) => form === formOf(id)));
          if (forms.includes(formOf(id))) assert.ok(edges.mayBe(id));
        }
      }
    }),
    { seed: SEED, numRuns: 5000 },
  );
});

Deno.test("most other texts are recognized by their ends", () => {
  const edges = new IdEdges();
  edges.add(["s1", "s2"]);
  for (const id of ["S1", "s-2", "X", "x9"]) assert.ok(edges.mayBe(id));
  for (const id of ["S3", "t1", "12.5", "leaf"]) assert.ok(!edges.mayBe(id));
});

Deno.test("the fast way to the loose form is the way of the others", () => {
  const ascii = fc.string({ maxLength: 8 }).map((id) => id.trim());
  fc.assert(
    fc.property(ascii, (id) => {
      // The soft hyphen is no ASCII and becomes a point at the end.
      const slow = looseForm(`${id}\u00ad`).slice(0, -1);
      if (id !== "" && !/^x$/i.test(id)) assert.equal(looseForm(id), slow);
    }),
    { seed: SEED, numRuns: 5000 },
  );
});
