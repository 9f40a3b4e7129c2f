/** Ctrl-C while a stage computes. */

import assert from "node:assert/strict";
import { contentsOf, namesIn, withFolder } from "./fake_pipeline.ts";
import { scratchFolder } from "../../lib/store/leftovers.ts";
import { endOf } from "../scripts/ended.ts";
import { runScript, startScript } from "../scripts/run_script.ts";
import { matrix, quickest } from "../scripts/small_matrix.ts";
import { copySmallRun } from "../scripts/small_run.ts";

/** Long enough that the signal comes in the midst of it. */
const LONG = ["--cnn.epochs", "4000"];

/** Waits until a folder holds a name that begins so. */
async function untilThere(folder: string, prefix: string): Promise<void> {
  for (let attempt = 0; attempt < 3000; attempt++) {
    const names = await namesIn(folder).catch(() => []);
    if (names.some((name) => name.startsWith(prefix))) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`${folder} held no ${prefix} within 30 s`);
}

for (const [signal, status] of [["SIGINT", 130], ["SIGTERM", 143]] as const) {
  Deno.test({
    name: `${signal} ends a training at once, and says how to go on`,
    ignore: Deno.build.os === "windows",
    fn: () =>
      withFolder(async (folder) => {
        const input = `${folder}/matrix.csv`;
        const run = `${folder}/run`;
        await Deno.writeTextFile(input, matrix);
        const flags = ["--input", input, "--run", run, ...quickest]
          .filter((flag, index, all) =>
            flag !== "--cnn.epochs" && all[index - 1] !== "--cnn.epochs"
          );
        const command = startScript(
          folder,
          "all",
          ...flags,
          ...LONG,
          "--force",
        );
        const ended = endOf(command);
        await untilThere(run, ".cnn.kept");
        await new Promise((resolve) => setTimeout(resolve, 200));
        const start = performance.now();
        command.kill(signal);
        const { code, stderr } = await ended;
        const seconds = (performance.now() - start) / 1000;
        const said = new TextDecoder().decode(stderr).split("\n");
        assert.equal(code, status);
        assert.ok(seconds < 2, `it took ${seconds} s`);
        assert.match(said.join(" "), /Stopped while cnn was running\./);
        assert.match(
          said.join(" "),
          /Kept in \S+: prepare, and the checkpoints/,
        );
        // To go on is not to start over.
        assert.equal(
          said.at(-2),
          `  to go on: deno task all ${[...flags, ...LONG].join(" ")}`,
        );
        assert.ok(
          said.every((line, index) =>
            line.length <= 80 || index === said.length - 2
          ),
        );
        const before = await contentsOf(`${run}/prepare`);
        // What is left does not stand in the way of the next command.
        const next = await runScript(
          folder,
          "all",
          "--input",
          input,
          "--run",
          run,
          ...quickest,
        );
        assert.equal(next.code, 0, next.err);
        assert.match(next.out, /prepare\s+up to date/);
        assert.deepEqual(await contentsOf(`${run}/prepare`), before);
        assert.ok((await namesIn(run)).every((name) => !name.startsWith(".")));
      }),
  });
}

Deno.test({
  name: "SIGINT in verify says how to clear what it has made",
  ignore: Deno.build.os === "windows",
  fn: () =>
    withFolder(async (folder) => {
      const { run } = await copySmallRun(folder);
      const before = await contentsOf(run);
      const around = scratchFolder(run);
      const flags = ["--run", run, "--data", folder];
      const command = startScript(folder, "verify", ...flags);
      const ended = endOf(command);
      await untilThere(`${around}/run/small`, ".");
      command.kill("SIGINT");
      const { code, stderr } = await ended;
      const said = new TextDecoder().decode(stderr);
      assert.equal(code, 130, said);
      assert.ok(
        said.endsWith(
          ` was made again. The run is untouched.\n` +
            `  to go on: deno task verify ${flags.join(" ")}\n` +
            `  to clear what it made: deno task clean --run ${run}\n`,
        ),
        said,
      );
      const listed = await runScript(folder, "clean", "--run", run);
      assert.ok(listed.out.includes(`${around}  `), listed.out);
      await runScript(folder, "clean", "--run", run, "--yes");
      assert.deepEqual(await namesIn(`${folder}/reports`), ["small"]);
      assert.deepEqual(await contentsOf(run), before);
    }),
});
