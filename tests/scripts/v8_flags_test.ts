/** V8's flags for speed change no byte, and --safe belongs to their absence. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { knowsWideVectors, V8_FLAGS } from "../../lib/backend/v8_flags.ts";
import { walk } from "../../lib/store/files.ts";
import { sha256 } from "../../lib/kernels/digest.ts";
import { callsOf, runFlags, type Task } from "../permissions/task_flags.ts";
import { withFolder } from "../pipeline/fake_pipeline.ts";
import { copyTree } from "../shared_folder.ts";
import { project } from "./run_script.ts";

const decoder = new TextDecoder();

/** Runs a task that may write below a folder only; returns what it said. */
async function run(
  folder: string,
  task: Task,
  args: string,
  moreFlags?: string,
): Promise<{ code: number; err: string }> {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      ...runFlags(task).map((flag) =>
        flag.startsWith("--allow-write=")
          ? `--allow-write=${folder}`
          : flag.startsWith("--v8-flags=") && moreFlags
          ? `${flag},${moreFlags}`
          : flag
      ),
      callsOf(task)[0].rest[0],
      ...args.split(" "),
    ],
    cwd: project,
    stdin: "null",
    env: { NO_COLOR: "1" },
  }).output();
  return { code, err: decoder.decode(stderr) };
}

/** What is in the folders of the stages that use the kernels. */
async function digestsOf(runFolder: string): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const stage of ["cnn", "shap"]) {
    for await (const path of walk(`${runFolder}/${stage}`)) {
      digests[path.slice(runFolder.length)] = await sha256(
        await Deno.readFile(path),
      );
    }
  }
  return digests;
}

const NOTE = "note: this takes about 1.6 times as long";

const skipped = knowsWideVectors() ? "" : " (skipped: V8 has none here)";

Deno.test({
  name: "the same bytes with V8's flags, without, and without AVX" + skipped,
  ignore: skipped !== "",
  fn: () =>
    withFolder(async (folder) => {
      const begun = `${folder}/begun`;
      for (
        const [task, flags] of [
          [
            "simulate",
            "--samples 36 --genes 150 --tissues 3 --planted 6 --studies 3",
          ],
          ["prepare", "--folds 1"],
        ] as const
      ) {
        const { code, err } = await run(
          folder,
          task,
          `--run ${begun} ${flags}`,
        );
        assert.equal(code, 0, err);
      }
      const results: Record<string, string>[] = [];
      for (
        const [safe, threads, flags] of [
          [":safe", 2, ""],
          ["", 1, ""],
          ["", 2, ""],
          ["", 2, "--no-enable-avx"],
        ] as const
      ) {
        const name = `${folder}/variant${results.length}`;
        await copyTree(begun, name);
        const flagsOfAll = `--run ${name} --threads ${threads} --backend wasm`;
        for (
          const [stage, own] of [
            [
              "cnn",
              "--width 0.25 --epochs 2 --ensemble 1 --batch 4 --learning-rate 0.01",
            ],
            ["shap", "--draws 4 --min-samples 1"],
          ]
        ) {
          const { code, err } = await run(
            folder,
            `${stage}${safe}` as Task,
            `${flagsOfAll} ${own}${safe && " --safe"}`,
            flags,
          );
          assert.equal(code, 0, err);
          assert.equal(
            err.replaceAll(/\s+/g, " ").includes(NOTE),
            safe !== "",
            err,
          );
        }
        results.push(await digestsOf(name));
      }
      const [plain, ...others] = results;
      assert.ok(Object.keys(plain).length > 10);
      for (const other of others) assert.deepEqual(other, plain);
    }),
});

Deno.test("a process knows whether it has the flags, in its workers, too", async () => {
  for (const flags of knowsWideVectors() ? ["", V8_FLAGS] : [""]) {
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: [
        "run",
        ...flags ? [`--v8-flags=${flags}`] : [],
        "--allow-read",
        fileURLToPath(new URL("./shows_v8_flags.ts", import.meta.url)),
      ],
    }).output();
    assert.equal(code, 0, decoder.decode(stderr));
    const has = flags !== "";
    assert.deepEqual(JSON.parse(decoder.decode(stdout)), [has, has]);
  }
});

Deno.test({
  name: "--safe is refused where the flags are on, with what to type" + skipped,
  ignore: skipped !== "",
  fn: () =>
    withFolder(async (folder) => {
      const where = `--run ${folder}/none`;
      for (
        const [task, flags] of [
          ["all", "--seed 7 --cnn.epochs 2"],
          ["cnn", "--epochs 2"],
          ["verify", "--threads 1"],
          ["doctor", "--seed 3"],
        ] as const
      ) {
        const given = task === "doctor" ? flags : `${where} ${flags}`;
        const { code, err } = await run(folder, task, `--safe ${given}`);
        assert.equal(code, 2, err);
        const [said, remedy, ...more] = err.trimEnd().split("\n");
        assert.match(said, /^Cannot turn V8's flags for speed off by --safe: /);
        assert.ok(remedy.endsWith(` task ${task}:safe ${given}`), remedy);
        assert.deepEqual(more, []);
      }
    }),
});
