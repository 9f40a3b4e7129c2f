/** A key that stands twice in a JSON text. */

import assert from "node:assert/strict";
import { findRepeatedKey } from "../../lib/cli/repeated_key.ts";

for (
  const [text, key] of [
    ['{"seed": 1, "seed": 1}', "seed"],
    ['{"cnn.epochs": 1, "seed": 2, "cnn.epochs": 3}', "cnn.epochs"],
    ['{"cnn": {"epochs": 1, "width": 2, "epochs": 3}}', "cnn.epochs"],
    ['{"cnn": {"epochs": 1}, "cnn": {"width": 1}}', "cnn"],
    ['{"a": [{"b": 1, "b": 2}]}', "a.b"],
    ['{"s\\u0065ed": 1, "seed": 2}', "seed"],
    ['{"a\\"b": 1, "a\\"b": 2}', 'a"b'],
    ['{"a": 1, "b": {"a": 1}, "c": [{"a": 1}, {"a": 2}]}', undefined],
    ['{"a": "a", "b": "\\"a\\": {", "c": ["a", "a"]}', undefined],
    ['["a", "a"]', undefined],
    ["3", undefined],
  ] as const
) {
  Deno.test(`${text}: ${key ?? "none"}`, () => {
    JSON.parse(text);
    assert.equal(findRepeatedKey(text), key);
  });
}
