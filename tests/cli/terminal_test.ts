/** A stage's name stands beside its text, however long it is. */

import assert from "node:assert/strict";
import { besideName, COLUMNS, INDENT } from "../../lib/cli/terminal.ts";

Deno.test("text stands beside a stage's name within 80 columns", () => {
  const text = "word ".repeat(60);
  for (const name of ["cnn", "a".repeat(INDENT - 1), "confounding"]) {
    const [first, ...others] = besideName(name, text).split("\n");
    assert.match(first, new RegExp(`^${name} +word`));
    for (const line of [first, ...others]) assert.ok(line.length <= COLUMNS);
    for (const line of others) assert.equal(line.search(/\S/), INDENT);
  }
  assert.match(besideName("confounding", "x"), /^confounding {2}x$/);
});
