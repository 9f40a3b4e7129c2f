import assert from "node:assert/strict";
import { barProgress, silentProgress } from "../../lib/cli/progress.ts";

/** What cli-progress needs of a terminal; it keeps what is written. */
function fakeTerminal(columns: number, isTTY = true) {
  const written: string[] = [];
  const write = (text: string) => {
    written.push(text);
    return true;
  };
  const stream = { isTTY, columns, write } as unknown as NodeJS.WritableStream;
  /** The lines drawn, one after the other. */
  const frames = () => written.filter((text) => !text.startsWith("\x1b"));
  return { stream, written, frames };
}

Deno.test("a bar is drawn with rate, time left and note, and wiped out", () => {
  const { stream, written, frames } = fakeTerminal(80);
  let milliseconds = 0;
  const progress = barProgress({ stream, now: () => milliseconds })(
    "training",
    1920,
    "samples",
  );
  milliseconds = 10_000;
  progress.advance(500, "epoch 1");
  progress.advance(0, "epoch 2, loss 0.42");
  progress.close();
  assert.equal(frames()[0], "  training ░░░░░░░░░░ 0/1,920 samples");
  assert.equal(
    frames().at(-1),
    "  training ██░░░░░░░░ 500/1,920 samples, 50/s, 28 s left; epoch 2, loss " +
      "0.42",
  );
  assert.equal(written.at(-1), "\x1b[2K", "the line is not wiped out");
});

Deno.test("no line reaches the terminal's last column", () => {
  for (const columns of [40, 80, 120]) {
    const { stream, frames } = fakeTerminal(columns);
    const progress = barProgress({ stream, now: () => 0 })("cnn", 10, "sets");
    progress.advance(3, "a note ".repeat(30));
    progress.close();
    assert.ok(frames().every((line) => line.length < columns));
    assert.ok(frames().at(-1)!.endsWith("…"));
  }
});

Deno.test("nothing is drawn where no terminal is", () => {
  const { stream, written } = fakeTerminal(80, false);
  for (const factory of [barProgress({ stream }), silentProgress]) {
    const progress = factory("training", 10, "samples");
    progress.advance(10, "done");
    progress.close();
  }
  assert.deepEqual(written, []);
});
