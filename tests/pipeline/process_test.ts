/** What only a process of its own can show: signals, permissions, status. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { endOf } from "../scripts/ended.ts";
import { namesIn, withFolder } from "./fake_pipeline.ts";

const program = fileURLToPath(new URL("./fake_command.ts", import.meta.url));

/** Starts the fake program, which may write below `writable`. */
function start(writable: string, ...args: string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "--cached-only",
      "--frozen",
      "--no-check",
      "--no-prompt",
      "--allow-read",
      `--allow-write=${writable}`,
      program,
      ...args,
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
}

async function finish(child: Deno.ChildProcess) {
  const { code, stdout, stderr } = await endOf(child);
  const decoder = new TextDecoder();
  return {
    code,
    out: decoder.decode(stdout),
    err: decoder.decode(stderr),
  };
}

/** Waits until the child has written half of its result. */
async function untilHalf(run: string): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt++) {
    const names = await namesIn(run).catch(() => []);
    const partial = names.find((name) => name.startsWith(".wait.partial-"));
    if (partial && (await namesIn(`${run}/${partial}`)).length > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error("The child has written nothing in 30 s");
}

Deno.test("status 0, 1 and 2, results on stdout, errors on stderr", () =>
  withFolder(async (run) => {
    const done = await finish(start(run, "all", "--run", run));
    assert.equal(done.code, 0, done.err);
    assert.match(done.out, /report: .*report\.md\n.*sum\.txt\n$/);
    const failed = await finish(
      start(run, "add", "--run", run, "--fail", "throw"),
    );
    assert.deepEqual(failed, {
      code: 1,
      out: "",
      err: `Cannot finish add: a fault of this program, or a file of ${run} ` +
        "that was changed by hand (TypeError: x is undefined; --debug shows " +
        `where)\n  try: deno task all --run ${run} --force\n`,
    });
    const bad = await finish(start(run, "add", "--run", run, "--facto", "3"));
    assert.deepEqual(bad, {
      code: 2,
      out: "",
      err:
        'Cannot read the flags: --facto is not a flag of "add"; did you mean --factor?\n' +
        "  try: deno task add --help\n",
    });
  }));

Deno.test("a run folder that may not be written is a clear error", () =>
  withFolder(async (folder) => {
    const run = `${folder}/elsewhere`;
    const { code, out, err } = await finish(
      start(`${folder}/reports`, "all", "--run", run, "--seed", "3"),
    );
    assert.deepEqual([code, out], [2, ""]);
    assert.equal(
      err,
      `Cannot write to ${run}: a task may write below reports/ only\n` +
        `  try: deno run --cached-only --frozen --allow-read --allow-write=${run} --allow-env=XDG_RUNTIME_DIR scripts/all.ts --run ${run} --seed 3\n`,
    );
    assert.deepEqual(await namesIn(folder), []);
  }));

Deno.test({
  name: "Ctrl-C ends with 130; the next command clears what is left",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (run) => {
      const child = start(run, "wait", "--run", run, "--seconds", "60");
      await untilHalf(run);
      child.kill("SIGINT");
      assert.equal((await finish(child)).code, 130);
      assert.ok(!(await namesIn(run)).includes("wait"));
      const next = await finish(
        start(run, "wait", "--run", run, "--seconds", "0"),
      );
      assert.equal(next.code, 0, next.err);
      assert.deepEqual(await namesIn(run), [
        "config.json",
        "timings.json",
        "wait",
      ]);
      assert.deepEqual(await namesIn(`${run}/wait`), [
        "half.txt",
        "stage.json",
      ]);
    }),
});

Deno.test("of two commands at once the second is refused", () =>
  withFolder(async (run) => {
    const first = start(run, "wait", "--run", run, "--seconds", "60");
    await untilHalf(run);
    const second = await finish(start(run, "wait", "--run", run));
    assert.equal(second.code, 1);
    assert.equal(
      second.err,
      `Cannot run wait: another command is running in ${run}, process ${first.pid} (deno task wait)\n` +
        "  try: wait until that command has ended, or give another --run\n",
    );
    // Another stage would change what the first command remembers of the run.
    const other = await finish(start(run, "simulate", "--run", run));
    assert.equal(other.code, 1);
    assert.match(other.err, /^Cannot run simulate: another command is running/);
    const dry = await finish(
      start(run, "simulate", "--run", run, "--dry-run"),
    );
    assert.equal(dry.code, 0, dry.err);
    await untilHalf(run);
    first.kill("SIGKILL");
    await finish(first);
  }));
