import assert from "node:assert/strict";
import { list, text } from "../../lib/cli/parameters.ts";
import {
  filesOfInput,
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

Deno.test("files of one path have keys of their own, which lead back to them", () => {
  const folder = { ...values, input: "/elsewhere/run 1/" };
  for (
    const [path, key] of [
      ["/elsewhere/run 1/a/quant.sf", "input:run 1/a/quant.sf"],
      ["/elsewhere/run 1/b/quant.sf", "input:run 1/b/quant.sf"],
      ["/elsewhere/run 1", "input:run 1"],
    ]
  ) {
    assert.equal(userInputKey(parameters, folder, path, folder.input), key);
    const found = locateUserInput(parameters, folder, key);
    assert.equal(found?.replace(/\/$/, ""), path);
  }
  const beside = userInputKey(
    parameters,
    values,
    "/elsewhere/g+1.tsv",
    values.input,
  );
  assert.equal(beside, "input:m.csv+g+1.tsv");
  assert.equal(
    locateUserInput(parameters, values, beside),
    "/elsewhere/g+1.tsv",
  );
  for (const path of ["/other/x.tsv", "/elsewhere/deep/x.tsv", "/x"]) {
    assert.throws(
      () => userInputKey(parameters, values, path, values.input),
      TypeError,
    );
  }
});

Deno.test("no key leads out of the input's folder", () => {
  for (
    const rest of [
      ...["/../x", "/a/../../x", "//etc/x", "/./x", "/a//x", "/", "/a\\..\\x"],
      ...["+../x", "+a/x", "+", "+..", "+.", "+a\\x", ".gz", "x"],
    ]
  ) {
    const inputs = { [`input:m.csv${rest}`]: "0" };
    assert.deepEqual(filesOfInput("input", "m.csv", inputs, "/d/m.csv"), []);
    const [key] = Object.keys(inputs);
    assert.equal(locateUserInput(parameters, values, key), undefined, key);
  }
});

Deno.test("the working folder is an input with a name", () => {
  const here = { input: ".", sets: ["x/"], label: "" };
  assert.deepEqual(portableValues(parameters, here), {
    ...here,
    sets: ["x"],
  });
  const key = userInputKey(parameters, here, ".");
  assert.match(key, /^input:[^./][^/]*$/);
  assert.equal(locateUserInput(parameters, here, key), ".");
});
