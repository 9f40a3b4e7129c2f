import assert from "node:assert/strict";
import { readFlags } from "../../lib/cli/flags.ts";
import { InputError } from "../../lib/cli/errors.ts";
import {
  choice,
  integer,
  integerOr,
  list,
  number,
  numberOr,
  text,
  toggle,
} from "../../lib/cli/parameters.ts";

const parameters = {
  epochs: integer(50, { minimum: 1 }, "passes"),
  draws: integerOr(200, ["auto"], { minimum: 1 }, "draws"),
  least: numberOr("auto", ["auto"], { minimum: 0 }, "least value"),
  shift: number(0, { above: -5, below: 5 }, "shift"),
  keep: choice("last", ["last", "best"], "which network"),
  sizes: list("N", "sizes"),
  label: text("", "COLUMN", "label"),
  force: toggle("force"),
  help: toggle("help"),
};

const read = (...args: string[]) =>
  Object.fromEntries(readFlags(args, parameters, "cnn"));

Deno.test("flags of every kind are read", () => {
  assert.deepEqual(
    read("--epochs", "20", "--shift=-1.5e0", "--keep", "best", "--force"),
    { epochs: 20, shift: -1.5, keep: "best", force: true },
  );
  assert.deepEqual(read("--shift", "-2"), { shift: -2 });
  assert.deepEqual(read("--draws", "50"), { draws: 50 });
  assert.deepEqual(read("--draws", "auto"), { draws: "auto" });
  assert.deepEqual(read("--least", "0.5"), { least: 0.5 });
  assert.deepEqual(read("--least", "auto"), { least: "auto" });
  assert.deepEqual(read("--", "--label", "a b=c"), { label: "a b=c" });
  assert.deepEqual(read("--label=--x=y"), { label: "--x=y" });
  assert.deepEqual(read("--sizes", "a, b", "--sizes", "c"), {
    sizes: ["a", "b", "c"],
  });
  assert.deepEqual(read("-h"), { help: true });
  assert.deepEqual(read("--force=false"), { force: false });
  assert.deepEqual(read(), {});
});

for (
  const [args, message] of [
    [
      ["--epoch", "3"],
      'Cannot read the flags: --epoch is not a flag of "cnn"; did you mean --epochs?',
    ],
    [
      ["--cnn.epochs=3"],
      'Cannot read the flags: --cnn.epochs is not a flag of "cnn"; did you mean --epochs?',
    ],
    [
      ["-epochs", "3"],
      'Cannot read the flags: -epochs is not a flag of "cnn"; did you mean --epochs?',
    ],
    [
      ["--constructor", "3"],
      /^Cannot read the flags: --constructor is not a flag of "cnn"; did you/,
    ],
    [
      ["--epochs", "0"],
      "Cannot read --epochs: 0 is given where a whole number of at least 1 should be",
    ],
    [
      ["--epochs", "2.5"],
      "Cannot read --epochs: 2.5 is given where a whole number of at least 1 should be",
    ],
    [
      ["--epochs", "ten"],
      'Cannot read --epochs: "ten" is given where a whole number of at least 1 should be',
    ],
    [
      ["--draws", "atuo"],
      'Cannot read --draws: "atuo" is given where a whole number of at least 1, or auto should be',
    ],
    [
      ["--draws", "0"],
      /0 is given where a whole number of at least 1, or auto/,
    ],
    [
      ["--least", "-1"],
      "Cannot read --least: -1 is given where a number of at least 0, or auto should be",
    ],
    [["--epochs", ""], /"" is given where a whole number/],
    [["--epochs", "1e3"], /1e3 is given where a whole number/],
    [["--epochs", "99999999999999999999"], /is given where a whole number/],
    [
      ["--shift", "5"],
      "Cannot read --shift: 5 is given where a number above -5 and below 5 should be",
    ],
    [["--shift", "NaN"], /"NaN" is given where a number/],
    [["--shift", "Infinity"], /"Infinity" is given/],
    [["--shift", "0x1"], /"0x1" is given/],
    [["--shift", "1e999"], /is given where a number/],
    [
      ["--keep", "all"],
      'Cannot read --keep: "all" is given where one of last, best should be',
    ],
    [["--force=maybe"], /"maybe" is given where true or false should be/],
    [
      ["--label", "--force"],
      "Cannot read --label: no value is given where COLUMN should be",
    ],
    [["--epochs"], "Cannot read --epochs: no value is given where N should be"],
    [
      ["--epochs", "3", "--epochs=4"],
      "Cannot read --epochs: it is given twice and should be given once",
    ],
    [
      ["matrix.csv"],
      'Cannot read the flags: "matrix.csv" stands alone where a flag such as --epochs should be',
    ],
  ] as [string[], string | RegExp][]
) {
  Deno.test(`refused: ${args.join(" ")}`, () => {
    assert.throws(() => read(...args), (error) => {
      assert.ok(error instanceof InputError);
      if (typeof message === "string") assert.equal(error.message, message);
      else assert.match(error.message, message);
      assert.equal(error.remedy, "deno task cnn --help");
      return true;
    });
  });
}
