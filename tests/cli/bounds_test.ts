/** No number that a flag takes is too large to be worked with. */

import assert from "node:assert/strict";
import { commonParameters } from "../../lib/cli/common_flags.ts";
import { InputError } from "../../lib/cli/errors.ts";
import { readFlags } from "../../lib/cli/flags.ts";
import type { Parameters } from "../../lib/cli/parameters.ts";
import { ownFlags } from "../../lib/pipeline/flag_names.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";

/** What V8 says of an array that is too large, and what a deep call says. */
const BARE = /array|buffer|call stack/i;

const groups: [string, Parameters][] = [
  ["every command", commonParameters],
  ...pipeline.stages.map((stage): [string, Parameters] => [
    stage.name,
    ownFlags(stage),
  ]),
];

for (const [name, parameters] of groups) {
  Deno.test(`each number of ${name} is bounded on both sides`, () => {
    for (const [flag, { kind, ...bounds }] of Object.entries(parameters)) {
      if (kind !== "integer" && kind !== "number") continue;
      const { minimum, above, maximum, below } = bounds;
      const most = maximum ?? below;
      assert.ok((minimum ?? above) !== undefined, `--${flag} may be -1e300`);
      assert.ok(most !== undefined, `--${flag} may be 1e300`);
      for (const value of [`${most + 1}`, "9".repeat(400)]) {
        assert.throws(
          () => readFlags([`--${flag}`, value], parameters, name),
          { name: "InputError", message: / is given where a .*number/ },
          `--${flag} ${value}`,
        );
      }
    }
  });
}

for (const stage of pipeline.stages) {
  Deno.test(`${stage.name} checks its largest numbers before it allocates`, async () => {
    const defaults = Object.fromEntries(
      Object.entries(stage.parameters).map(([name, parameter]) => [
        name,
        parameter.default,
      ]),
    );
    const largest = Object.fromEntries(
      Object.entries(stage.parameters).map(([name, parameter]) => [
        name,
        parameter.maximum ?? parameter.default,
      ]),
    );
    for (
      const values of [
        largest,
        ...Object.keys(largest).map((name) => ({
          ...defaults,
          [name]: largest[name],
        })),
      ]
    ) {
      try {
        await stage.check?.(values);
      } catch (error) {
        assert.ok(error instanceof InputError, String(error));
        assert.doesNotMatch(error.message, BARE);
      }
    }
  });
}
