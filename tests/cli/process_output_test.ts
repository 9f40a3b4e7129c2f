/** Printing never stops the work, whatever becomes of the output. */

import assert from "node:assert/strict";
import { barProgress } from "../../lib/cli/progress.ts";
import {
  drawingStream,
  outputTerminal,
  statusWith,
} from "../../lib/cli/process_output.ts";
import { withFolder } from "../pipeline/fake_pipeline.ts";
import { startScript } from "../scripts/run_script.ts";

/** Keeps what is written, some bytes at a time. */
function memory(most = Infinity) {
  const bytes: number[] = [];
  return {
    writeSync(chunk: Uint8Array) {
      const part = chunk.subarray(0, most);
      bytes.push(...part);
      return part.length;
    },
    text: () => new TextDecoder().decode(Uint8Array.from(bytes)),
  };
}

/** Fails each write. */
const broken = (error: Error) => ({
  writeSync(): number {
    throw error;
  },
});

Deno.test("a line is written whole, however little is taken at a time", () => {
  const out = memory(3);
  outputTerminal(out, memory()).out("größer: 5 µm");
  assert.equal(out.text(), "größer: 5 µm\n");
});

Deno.test("what a terminal would obey is escaped, but for line ends", () => {
  const [out, err] = [memory(), memory()];
  const terminal = outputTerminal(out, err);
  terminal.out("\x1b[2Jholds\r\nall\u202e");
  terminal.err("\x9b8m\t\x07");
  assert.equal(out.text(), "\\u{1b}[2Jholds\\r\nall\\u{202e}\n");
  assert.equal(err.text(), "\\u{9b}8m\\t\\u{7}\n");
});

Deno.test("a full disk is said once on stderr, and remembered", () => {
  const err = memory();
  const full = broken(
    Object.assign(new Error("No space left on device (os error 28)"), {
      code: "ENOSPC",
    }),
  );
  const terminal = outputTerminal(full, err);
  assert.equal(terminal.hasLost, false);
  terminal.out("one");
  terminal.out("two");
  assert.equal(terminal.hasLost, true);
  assert.equal(
    err.text(),
    "Cannot write the output: the disk is full\n" +
      "  try: make room there, or send the output elsewhere; the command " +
      "goes on\n",
  );
  // Lines are lost, and so the command cannot be called done.
  assert.deepEqual([0, 1, 2].map((status) => statusWith(terminal, status)), [
    1,
    1,
    2,
  ]);
  // Where nothing can be said it is remembered, all the same.
  const silent = outputTerminal(memory(), full);
  silent.err("three");
  assert.equal(silent.hasLost, true);
});

Deno.test("an error that is not known is said as it is", () => {
  const err = memory();
  outputTerminal(broken(new Error("odd\x1b")), err).out("one");
  assert.match(err.text(), /^Cannot write the output: odd\\u\{1b\}\n/);
});

Deno.test("a reader who has gone away is no failure", () => {
  const err = memory();
  const closed = broken(new Deno.errors.BrokenPipe("Broken pipe"));
  const terminal = outputTerminal(closed, err);
  terminal.out("one");
  assert.deepEqual([statusWith(terminal, 0), err.text()], [0, ""]);
});

Deno.test("a pipe that is full for now is waited for", () => {
  const out = memory();
  let busy = 2;
  const slow = {
    writeSync(bytes: Uint8Array) {
      if (busy-- > 0) throw new Deno.errors.WouldBlock("try again");
      return out.writeSync(bytes);
    },
  };
  const terminal = outputTerminal(slow, memory());
  terminal.out("one");
  assert.deepEqual([out.text(), terminal.hasLost], ["one\n", false]);
});

Deno.test("a bar on a terminal that is gone leaves the job alone", () => {
  const gone = broken(new Error("Input/output error (os error 5)"));
  const stream = Object.assign(drawingStream(gone), { isTTY: true });
  using progress = barProgress({ stream })("training", 10, "samples");
  assert.doesNotThrow(() => progress.advance(5, "epoch 1"));
});

Deno.test("a command whose reader goes away ends as it would with one", () =>
  withFolder(async (folder) => {
    const child = startScript(folder, "all", "--help");
    await child.stdout.cancel();
    const [{ code }, err] = await Promise.all([
      child.status,
      new Response(child.stderr).text(),
    ]);
    assert.deepEqual([code, err], [0, ""]);
  }));
