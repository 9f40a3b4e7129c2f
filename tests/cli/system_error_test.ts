/** Errors of the operating system, and lacking memory, in plain words. */

import assert from "node:assert/strict";
import { explainSystemError } from "../../lib/cli/system_error.ts";

const goOn = ", then give the command again: it goes on after the stages " +
  "that are finished";

Deno.test("a code says what is wrong", () => {
  const error = Object.assign(
    new Error("No space left on device (os error 28): writefile '/run/x'"),
    { code: "ENOSPC" },
  );
  // The numbers of other systems do not matter where there is a code.
  assert.deepEqual(explainSystemError(error, "darwin"), {
    what: "the disk is full (/run/x)",
    remedy: "make room on it" + goOn,
  });
});

for (
  const [os, number, what, fix] of [
    [
      "linux",
      122,
      /your disk quota is used up/,
      /make room on that disk, then/,
    ],
    ["darwin", 69, /your disk quota is used up/, /make room/],
    ["windows", 1295, /your disk quota is used up/, /make room/],
    ["linux", 5, /input\/output error/, /system's log/],
    ["darwin", 5, /input\/output error/, /system's log/],
    ["linux", 27, /larger than the system allows/, /ulimit -f/],
    ["linux", 23, /too many files are open on this machine/, /other programs/],
    ["linux", 24, /too many files are open/, /ulimit -n/],
    ["linux", 36, /a name is longer/, /shorter name$/],
    ["darwin", 63, /a name is longer/, /shorter name$/],
    ["linux", 37, /does not support locks/, /another disk$/],
    ["darwin", 77, /does not support locks/, /another disk$/],
    ["linux", 12, /the memory is not enough/, /deno task doctor --input FILE/],
  ] as const
) {
  Deno.test(`without a code, the number ${number} of ${os} says what is wrong`, () => {
    const error = new Error(`Some words (os error ${number})`);
    const { what: said, remedy } = explainSystemError(error, os)!;
    assert.match(said, what);
    assert.match(remedy, fix);
    assert.doesNotMatch(said + remedy, /os error|\n/);
  });
}

Deno.test("a number means what it means on this system", () => {
  const error = new Error("Object is remote (os error 69)");
  assert.equal(explainSystemError(error, "linux"), undefined);
});

for (
  const [what, allocate] of [
    ["a typed array", () => new Float64Array(Number.MAX_SAFE_INTEGER)],
    ["a buffer", () => new ArrayBuffer(2 ** 52)],
    ["an array", () => Array.from({ length: 2 ** 33 })],
    ["a text", () => "x".repeat(2 ** 30)],
  ] as const
) {
  Deno.test(`${what} that is too large is a lack of memory`, () => {
    let thrown: unknown;
    try {
      allocate();
    } catch (error) {
      thrown = error;
    }
    assert.ok(thrown instanceof RangeError);
    assert.deepEqual(explainSystemError(thrown), {
      what: "the memory is not enough",
      remedy: "give fewer --threads, or use a larger machine: " +
        '"deno task doctor --input FILE" says what a run takes',
    });
  });
}

Deno.test("any other error is not explained", () => {
  for (const error of [new Error("x is 3"), new RangeError("no"), "x", null]) {
    assert.equal(explainSystemError(error), undefined);
  }
});
