/** The run's tissues among those of the other cohort. */

import assert from "node:assert/strict";
import { matchTissues } from "../../lib/external/match_tissues.ts";

const own = ["heart", "left ventricle", "liver"];

Deno.test("names differ in case, blanks and separators; others are left out", () => {
  const match = matchTissues(
    ["Left_Ventricle", "LIVER", "brain", "", "NA", "liver", "brain"],
    own,
  );
  assert.deepEqual(match.tissueOf, [
    "left ventricle",
    "liver",
    null,
    null,
    null,
    "liver",
    null,
  ]);
  assert.deepEqual(match.common, [
    { tissue: "left ventricle", there: ["Left_Ventricle"], samples: 1 },
    { tissue: "liver", there: ["LIVER", "liver"], samples: 2 },
  ]);
  assert.deepEqual(match.strangers, [{ tissue: "brain", samples: 2 }]);
  assert.deepEqual(match.lacking, ["heart"]);
  assert.equal(match.unlabeled, 2);
});

Deno.test("the user's table goes before the names", () => {
  const match = matchTissues(
    ["cardiac", "liver", "Heart"],
    own,
    new Map([["Cardiac", "Heart"], ["liver", "left ventricle"], [
      "x",
      "liver",
    ]]),
  );
  assert.deepEqual(match.tissueOf, ["heart", "left ventricle", "heart"]);
  assert.deepEqual(match.notes, [
    "the other cohort has no tissue 'x', which the table of tissues names",
  ]);
  assert.throws(
    () => matchTissues(["liver"], own, new Map([["liver", "kidney"]])),
    {
      name: "InputError",
      message:
        "Cannot use the table of tissues: it calls 'liver' 'kidney', which is " +
        "no tissue of this run and should be one of 'heart', 'left " +
        "ventricle', 'liver'",
    },
  );
});

Deno.test("a spelling that could be two tissues is none of them", () => {
  const match = matchTissues(
    ["HEART", "liver", "skin"],
    ["Heart", "heart", "liver", "skin"],
  );
  assert.deepEqual(match.tissueOf, [null, "liver", "skin"]);
});

Deno.test("fewer than two common tissues are refused", () => {
  assert.throws(() => matchTissues(["liver", "brain", "liver"], own), {
    name: "InputError",
    message:
      "Cannot judge by another cohort: it has 1 tissue of the run's and " +
      "should have at least 2; its tissues are 'brain', 'liver', the run's " +
      "'heart', 'left ventricle', 'liver'",
    remedy: "Say which tissue is which: --external-tissues FILE, a table " +
      "with the columns from and to",
  });
});
