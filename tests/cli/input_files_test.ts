import assert from "node:assert/strict";
import { list, text } from "../../lib/cli/parameters.ts";
import {
  locateUserInput,
  portableValues,
  userInputKey,
} from "../../lib/cli/input_files.ts";

const parameters = {
  input: text("", "FILE", "the matrix"),
  sets: list("FILE", "gene sets"),
  label: text("", "COLUMN", "the label"),
};
const values = {
  input: "/elsewhere/m.csv",
  sets: [`${Deno.cwd()}/data/a.txt`, "sets/b.txt"],
  label: "/not/a/file",
};

Deno.test("paths lose what belongs to this machine, other texts do not", () => {
  assert.deepEqual(portableValues(parameters, values), {
    input: "m.csv",
    sets: ["data/a.txt", "sets/b.txt"],
    label: "/not/a/file",
  });
  assert.deepEqual(
    portableValues(parameters, {
      input: "../m.csv",
      sets: ["./data/a.txt", "data/../../b.txt"],
      label: "../x",
    }),
    { input: "m.csv", sets: ["data/a.txt", "b.txt"], label: "../x" },
  );
  assert.deepEqual(
    portableValues(parameters, { input: "", sets: [], label: "" }),
    { input: "", sets: [], label: "" },
  );
});

Deno.test("a file's key leads back to the file", () => {
  for (const path of [values.input, ...values.sets]) {
    const key = userInputKey(parameters, values, path);
    assert.equal(locateUserInput(parameters, values, key), path);
  }
  assert.equal(userInputKey(parameters, values, "sets/b.txt"), "sets:b.txt");
  assert.equal(userInputKey(parameters, values, "/x/c.txt"), "file:c.txt");
  assert.equal(locateUserInput(parameters, values, "sets:c.txt"), undefined);
  assert.equal(locateUserInput(parameters, values, "label:x"), undefined);
});
