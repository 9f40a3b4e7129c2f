import assert from "node:assert/strict";
import {
  barProgress,
  lineProgress,
  silentProgress,
} from "../../lib/cli/progress.ts";

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
  progress.note("epoch 2, loss 0.42");
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

Deno.test("a log has a line a minute, from within the job's own calls", () => {
  const lines: string[] = [];
  let seconds = 0;
  const factory = lineProgress(
    "cnn",
    (line) => lines.push(line),
    () => 1000 * seconds,
  );
  {
    using progress = factory("training", 1920, "samples");
    for (; seconds < 150; seconds++) {
      progress.advance(4, `epoch ${1 + Math.floor(seconds / 40)}`);
    }
  }
  assert.deepEqual(lines, [
    "cnn       training 244/1,920 samples, 12 %, 4.0/s, 7.0 min left; epoch 2",
    "cnn       training 484/1,920 samples, 25 %, 4.0/s, 6.0 min left; epoch 4",
  ]);
  // Short jobs one after the other are not silent together.
  for (let job = 0; job < 4; job++, seconds += 20) {
    using progress = factory("predicting", 10, "samples");
    progress.advance(5);
    progress.note("fold 1");
  }
  assert.equal(lines.length, 3);
  assert.equal(
    lines[2],
    "cnn       predicting 5/10 samples, 50 %",
  );
});
