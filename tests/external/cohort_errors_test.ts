/** The readers' errors name the flags of the other cohort. */

import assert from "node:assert/strict";
import { InputError, rerun } from "../../lib/cli/errors.ts";
import { asCohortError } from "../../lib/external/cohort_errors.ts";

function translated(message: string, remedy?: InputError["remedy"]) {
  return asCohortError(new InputError(message, remedy)) as InputError;
}

Deno.test("flags in words and commands are those of the stage external", () => {
  const found = translated(
    "Cannot find the tissues: --label is x, --samples-x and " +
      "--duplicates sum (on all: --prepare.duplicates sum)",
    "Name the column with --label or give --samples FILE with --input FILE",
  );
  assert.equal(
    found.message,
    "Cannot judge by another cohort: cannot find the tissues: " +
      "--external-label is x, --samples-x and --duplicates sum (on all: " +
      "--external.duplicates sum)",
  );
  assert.equal(
    found.remedy,
    "Name the column with --external-label or give --external-samples FILE " +
      "with --external FILE",
  );
  const command = asCohortError(
    new InputError("x", rerun("prepare", { label: "organ", orient: "auto" })),
  ) as InputError;
  assert.deepEqual(
    command.rerun,
    rerun("external", { "external-label": "organ", orient: "auto" }),
  );
});

Deno.test("a command that this stage cannot take becomes words", () => {
  const found = asCohortError(
    new InputError("x", rerun("prepare", { "min-samples": 2 })),
  ) as InputError;
  assert.equal(found.rerun, undefined);
  assert.equal(found.remedy, "Change the file of --external");
  assert.equal(translated("Cannot x").remedy, undefined);
});

Deno.test("other errors stay as they are", () => {
  const error = new RangeError("x");
  assert.equal(asCohortError(error), error);
});
