import assert from "node:assert/strict";
import { InputError, rerun, RunError } from "../../lib/cli/errors.ts";
import { reportError } from "../../lib/pipeline/report_error.ts";
import { StageFailure } from "../../lib/pipeline/stage_failure.ts";
import { fakePipeline } from "./fake_pipeline.ts";

/** What is printed of an error in a command on `reports/r`. */
function said(command: string, error: Error, stage?: string) {
  const lines: string[] = [];
  const status = reportError(
    stage === undefined ? error : new StageFailure(stage, error),
    {
      command,
      args: [],
      request: {
        runFolder: "reports/r",
        pipeline: fakePipeline(),
        given: new Map<string, string | number>([
          ["run", "reports/r"],
          ["input", "../my data.csv"],
          [command === "all" ? "add.factor" : "factor", 3],
        ]),
      },
    },
    { out: (line) => assert.fail(line), err: (line) => lines.push(line) },
  );
  return { status, lines };
}

const given = "--run reports/r --input '../my data.csv'";

for (
  const [what, command, stage, remedy, expected] of [
    [
      "the command itself with another value",
      "add",
      "add",
      rerun("add", { factor: 2, samples: "all" }),
      `add ${given} --factor 2 --samples all`,
    ],
    [
      "all with another value",
      "all",
      "add",
      rerun("add", { samples: "all", factor: 2 }),
      `all ${given} --add.factor 2 --add.samples all`,
    ],
    [
      "all with another input flag",
      "all",
      "prepare",
      rerun("prepare", { samples: "s.csv" }),
      `all ${given} --add.factor 3 --samples s.csv`,
    ],
    [
      "the one stage that is to be forced",
      "all",
      "add",
      rerun("prepare", { force: true }),
      "prepare --run reports/r --force",
    ],
    [
      "an earlier stage",
      "add",
      "add",
      rerun("prepare"),
      "prepare --run reports/r",
    ],
  ] as const
) {
  Deno.test(`a remedy is ${what}`, () => {
    const { status, lines } = said(
      command,
      new InputError("Cannot add: no", remedy),
      stage,
    );
    assert.equal(status, 2);
    assert.deepEqual(lines, ["Cannot add: no", `  try: deno task ${expected}`]);
  });
}

Deno.test("a remedy in words stays as it is", () => {
  const { status, lines } = said("add", new RunError("Cannot add: no", "wait"));
  assert.equal(status, 1);
  assert.deepEqual(lines, ["Cannot add: no", "  try: wait"]);
});

Deno.test("an unexpected error is one line that names the stage", () => {
  const { status, lines } = said("all", new TypeError("x is\nmore"), "add");
  assert.equal(status, 1);
  assert.deepEqual(lines, [
    "Cannot finish add: a fault of this program, or a file of reports/r that " +
    "was changed by hand (TypeError: x is; --debug shows where)",
    "  try: deno task all --run reports/r --force",
  ]);
});
