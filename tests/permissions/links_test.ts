/** Deno looks at where a link stands, not at where it leads; the tasks do. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { matrix } from "../scripts/small_matrix.ts";
import { namesIn } from "../pipeline/fake_pipeline.ts";
import { runFlags, type Task } from "./task_flags.ts";

/** Runs a task in a folder that holds `matrix.csv`. */
async function run(folder: string, task: Task, ...args: string[]) {
  const script = new URL(`../../scripts/${task}.ts`, import.meta.url);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...runFlags(task), fileURLToPath(script), ...args],
    cwd: folder,
    stdin: "null",
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}

async function withLinks(
  links: Record<string, string>,
  test: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    await Deno.writeTextFile(`${folder}/matrix.csv`, matrix);
    await Deno.mkdir(`${folder}/outside`);
    for (const [path, target] of Object.entries(links)) {
      await Deno.mkdir(`${folder}/${path}/..`, { recursive: true });
      await Deno.symlink(target, `${folder}/${path}`, { type: "dir" });
    }
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const input = ["--input", "matrix.csv"];

Deno.test("a run's folder that leads elsewhere by a link is refused", () =>
  withLinks({
    "reports/link": "../outside",
    "reports/broken": "../nowhere",
  }, async (folder) => {
    const elsewhere =
      `a link to ${folder}/outside, and a task may write below reports/ only\n` +
      "  try: give another --run\n";
    const cases: [Task, string, string][] = [
      ["prepare", "reports/link", `it is ${elsewhere}`],
      ["all", "reports/link/", `it is ${elsewhere}`],
      ["prepare", "reports/link/a/b", `reports/link is ${elsewhere}`],
      [
        "prepare",
        "reports/broken",
        "it is a link to a folder that is not there\n  try: give another --run\n",
      ],
    ];
    for (const [task, given, says] of cases) {
      const { code, out, err } = await run(
        folder,
        task,
        "--run",
        given,
        ...input,
      );
      const name = given.replace(/\/$/, "");
      assert.equal(err, `Cannot write to ${name}: ${says}`);
      assert.deepEqual([code, out], [2, ""], given);
    }
    assert.deepEqual(await namesIn(`${folder}/outside`), []);
    assert.deepEqual(await namesIn(`${folder}/reports`), ["broken", "link"]);
  }));

Deno.test("links within reports/ are taken, and reports/ may be one itself", () =>
  withLinks(
    { "reports": "outside", "outside/latest": "first" },
    async (folder) => {
      await Deno.mkdir(`${folder}/outside/first`);
      const { code, err } = await run(
        folder,
        "prepare",
        ...["--run", "reports/latest", ...input],
      );
      assert.equal(code, 0, err);
      assert.deepEqual(await namesIn(`${folder}/outside/first`), [
        "config.json",
        "prepare",
        "timings.json",
      ]);
    },
  ));

Deno.test("verify on a link names the command that may write beside its target", () =>
  withLinks({ "reports/link": "../outside" }, async (folder) => {
    await Deno.mkdir(`${folder}/reports/r`);
    await Deno.symlink("r", `${folder}/reports/near`);
    const allowed = runFlags("verify").map((flag) =>
      flag.replace("write=reports", `write=${folder}/.verify-outside`)
    );
    for (
      const [name, remedy] of [
        ["near", `deno task verify --run ${folder}/reports/r --data data`],
        [
          "link",
          `deno run ${allowed.join(" ")} scripts/verify.ts --run ` +
          `${folder}/outside --data data`,
        ],
      ]
    ) {
      const { code, err } = await run(
        folder,
        "verify",
        ...["--run", `reports/${name}`, "--data", "data"],
      );
      assert.equal(code, 2);
      assert.equal(
        err,
        `Cannot verify reports/${name}: it is a link and should be a run's ` +
          `own folder\n  try: ${remedy}\n`,
      );
    }
  }));

Deno.test("a run's folder beside reports/ is refused, and the one below named", () =>
  withLinks({}, async (folder) => {
    for (const more of [[], ["--dry-run"]]) {
      const { code, out, err } = await run(
        folder,
        "prepare",
        ...["--run", "liver", ...input, ...more],
      );
      assert.deepEqual([code, out], [2, ""]);
      assert.equal(
        err,
        "Cannot write to liver: a task may write below reports/ only\n" +
          "  try: deno task prepare --run reports/liver --input matrix.csv" +
          `${more.map((flag) => ` ${flag}`).join("")}\n`,
      );
    }
    assert.deepEqual(await namesIn(folder), ["matrix.csv", "outside"]);
    const named = await run(folder, "prepare", ...input);
    assert.equal(named.code, 0, named.err);
    assert.match(
      named.err,
      /^the run's folder is reports\/matrix, named after/,
    );
    assert.deepEqual(await namesIn(`${folder}/reports`), ["matrix"]);
  }));
