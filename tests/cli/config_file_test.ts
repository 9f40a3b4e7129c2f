import assert from "node:assert/strict";
import { checkConfig, readConfigFile } from "../../lib/cli/config_file.ts";
import { InputError } from "../../lib/cli/errors.ts";
import {
  integer,
  integerOr,
  list,
  text,
  toggle,
} from "../../lib/cli/parameters.ts";

const parameters = {
  seed: integer(42, { minimum: 0 }, "seed"),
  force: toggle("force"),
  samples: text("", "FILE", "sheet"),
  "cnn.epochs": integer(50, { minimum: 1 }, "passes"),
  "shap.draws": integerOr(200, ["auto"], { minimum: 1 }, "draws"),
  "ttest.sizes": list("N", "sizes"),
};

async function read(content: string) {
  const path = await Deno.makeTempFile({ suffix: ".json" });
  try {
    await Deno.writeTextFile(path, content);
    return Object.fromEntries(await readConfigFile(path, parameters));
  } catch (error) {
    assert.ok(error instanceof InputError);
    assert.ok(error.message.includes(path));
    throw new Error(error.message.replaceAll(path, "FILE"));
  } finally {
    await Deno.remove(path);
  }
}

Deno.test("nested and dotted keys mean the same", async () => {
  const expected = { seed: 1, "cnn.epochs": 20 };
  assert.deepEqual(await read('{"seed":1,"cnn":{"epochs":20}}'), expected);
  assert.deepEqual(await read('{"seed":1,"cnn.epochs":20}'), expected);
  assert.deepEqual(await read('\uFEFF{"seed":1,"cnn.epochs":20}'), expected);
});

Deno.test("a flag may have the name of a stage", () => {
  const parameters = {
    external: text("", "FILE", "another file"),
    "external.random": integer(99, { minimum: 1 }, "random sets"),
  };
  const check = (content: unknown) =>
    Object.fromEntries(checkConfig(content, parameters, "FILE"));
  assert.deepEqual(check({ external: "a.csv", "external.random": 5 }), {
    external: "a.csv",
    "external.random": 5,
  });
  assert.deepEqual(check({ external: { random: 5 } }), {
    "external.random": 5,
  });
  assert.deepEqual(check({ external: "" }), { external: "" });
  assert.throws(
    () => check({ external: { file: "a.csv" } }),
    /"external\.file" is not a known key/,
  );
});

Deno.test("lists are lists or texts with commas", async () => {
  const expected = { "ttest.sizes": ["a", "b"] };
  assert.deepEqual(await read('{"ttest":{"sizes":["a","b"]}}'), expected);
  assert.deepEqual(await read('{"ttest":{"sizes":"a,b"}}'), expected);
});

Deno.test("a word may stand for a whole number", async () => {
  assert.deepEqual(await read('{"shap":{"draws":9}}'), { "shap.draws": 9 });
  assert.deepEqual(await read('{"shap.draws":"auto"}'), {
    "shap.draws": "auto",
  });
});

for (
  const [content, message] of [
    [
      '{"shap":{"draws":"9"}}',
      'Cannot read "shap.draws" in FILE: "9" is given where a whole number of at least 1, or auto should be',
    ],
    [
      '{"cnn":{"epoch":20}}',
      'Cannot read FILE: "cnn.epoch" is not a known key; did you mean "cnn.epochs"?',
    ],
    [
      '{"sed":20}',
      'Cannot read FILE: "sed" is not a known key; did you mean "seed"?',
    ],
    [
      '{"__proto__":20}',
      /"__proto__" is not a known key/,
    ],
    [
      '{"cnn":{"epochs":"20"}}',
      'Cannot read "cnn.epochs" in FILE: "20" is given where a whole number of at least 1 should be',
    ],
    [
      '{"seed":-1}',
      'Cannot read "seed" in FILE: -1 is given where a whole number of at least 0 should be',
    ],
    ['{"seed":null}', /null is given where a whole number/],
    ['{"force":1}', /1 is given where true or false should be/],
    ['{"samples":{"a":1}}', /is given where a text should be/],
    ['{"ttest":{"sizes":[1]}}', /\[1\] is given where a list of texts/],
    ['{"cnn":3}', /3 is given where an object of the stage's parameters/],
    [
      '{"cnn.epochs":1,"cnn":{"epochs":2}}',
      'Cannot read FILE: "cnn.epochs" is given twice and should be given once',
    ],
    [
      '{"cnn":{"epochs":1,"epochs":2}}',
      'Cannot read FILE: "cnn.epochs" is given twice and should be given once',
    ],
    ['{"seed":1,"seed":1}', /"seed" is given twice/],
    ["[]", /it holds a list where an object/],
    ["{", /^Cannot read FILE: it is not JSON/],
  ] as [string, string | RegExp][]
) {
  Deno.test(`refused: ${content}`, async () => {
    await assert.rejects(read(content), { message });
  });
}

Deno.test("a missing file and a folder are named", async () => {
  const folder = await Deno.makeTempDir();
  await assert.rejects(readConfigFile(`${folder}/none.json`, parameters), {
    name: "InputError",
    message: `Cannot read ${folder}/none.json: there is no such file`,
  });
  await assert.rejects(readConfigFile(folder, parameters), {
    name: "InputError",
    message: /it is a folder and should be a JSON file/,
  });
  await Deno.remove(folder);
});
