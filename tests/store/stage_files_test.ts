/** Which files of a stage's folder are its own. */

import assert from "node:assert/strict";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { mayWrite } from "../../lib/store/stage_files.ts";
import {
  command,
  contentsOf,
  namesIn,
  withFolder,
} from "../pipeline/fake_pipeline.ts";

const example = new URL("../../reports/example/", import.meta.url);

Deno.test("each stage declares every file that it has written", async () => {
  let files = 0;
  for (const stage of pipeline.stages) {
    const path = new URL(`${stage.name}/stage.json`, example);
    const { outputs } = JSON.parse(await Deno.readTextFile(path));
    for (const file of Object.keys(outputs)) {
      if (file.startsWith("../")) {
        const name = file.slice(3);
        assert.ok(stage.outputs?.some((output) => output.file === name), name);
      } else {
        files++;
        assert.ok(mayWrite(stage, file), `${stage.name}/${file}`);
      }
    }
    for (
      const file of [
        "notes.txt",
        "thesis.docx",
        "results_final.csv",
        "embedding_a/b.svg",
        "stage.json.bak",
        "Weights.bin",
      ]
    ) assert.ok(!mayWrite(stage, file), `${stage.name}/${file}`);
  }
  assert.ok(files > 100, `${files}`);
});

/** What may become of a record on a disk that lost its power. */
const losses: Readonly<Record<string, (path: string) => Promise<void>>> = {
  lost: (path) => Deno.remove(path),
  empty: (path) => Deno.truncate(path),
  "full of zeros": async (path) =>
    await Deno.writeFile(path, new Uint8Array((await Deno.stat(path)).size)),
  "cut short": (path) => Deno.truncate(path, 100),
};

for (const [loss, lose] of Object.entries(losses)) {
  Deno.test(`a stage whose record is ${loss} is made again by the same command`, () =>
    withFolder(async (run) => {
      await command("all", `--run ${run} --quiet`);
      const whole = await contentsOf(run);
      for (const stage of ["simulate", "prepare", "add", "report"]) {
        for (const task of ["all", stage]) {
          await lose(`${run}/${stage}/stage.json`);
          const { status, err } = await command(task, `--run ${run} --quiet`);
          assert.deepEqual([status, err], [0, ""], `${task} ${stage}`);
          assert.deepEqual(await contentsOf(run), whole);
        }
      }
      // Its other files may be lost, too, or be of no use.
      await lose(`${run}/add/stage.json`);
      await Deno.remove(`${run}/add/sum.txt`);
      await Deno.truncate(`${run}/add/half.txt`);
      assert.equal((await command("all", `--run ${run} --quiet`)).status, 0);
      assert.deepEqual(await contentsOf(run), whole);
    }));
}

Deno.test("a file of the user's in a stage's folder stops what would remove it", () =>
  withFolder(async (run) => {
    await command("all", `--run ${run} --quiet`);
    for (const isLost of [false, true]) {
      if (isLost) await Deno.remove(`${run}/add/stage.json`);
      for (
        const name of [
          "notes.txt",
          "sum.txt.bak",
          "figures/for_paper.svg",
          ".hidden",
          "a\u001b[2J",
        ]
      ) {
        const path = `${run}/add/${name}`;
        await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), {
          recursive: true,
        });
        await Deno.writeTextFile(path, "mine");
        const before = await contentsOf(run);
        for (
          const [task, flags] of [
            ["all", "--add.factor 3"],
            ["all", "--seed 7"],
            ["all", "--force"],
            ["all", "--seed 7 --dry-run"],
            ["add", ""],
            ["add", "--dry-run"],
          ]
        ) {
          const said = await command(task, `--run ${run} ${flags}`);
          assert.deepEqual([said.status, said.out], [2, ""], `${task} ${name}`);
          const [message, remedy] = said.err.split("\n");
          assert.ok(
            message.startsWith(
              `Cannot make add again: ${run}/add/${
                name.replace("\u001b", "\\u{1b}")
              } is none of its files and would be removed`,
            ),
            message,
          );
          assert.equal(
            remedy,
            `  try: move it out of ${run}/add, or give another --run`,
          );
          assert.deepEqual(await contentsOf(run), before);
        }
        await Deno.remove(path);
      }
    }
    assert.equal((await command("all", `--run ${run} --force`)).status, 0);
  }));

Deno.test("of several such files the count is said, and one that stays is no matter", () =>
  withFolder(async (run) => {
    await command("all", `--run ${run} --quiet`);
    await Deno.writeTextFile(`${run}/prepare/b.txt`, "mine");
    await Deno.writeTextFile(`${run}/prepare/a.txt`, "mine");
    await Deno.writeTextFile(`${run}/prepare/c.txt`, "mine");
    const stopped = await command("all", `--run ${run} --prepare.keep 3`);
    assert.match(
      stopped.err,
      /prepare\/a\.txt is none of its files and would be removed, like 2 other files/,
    );
    // The stage is not made again.
    const later = await command("all", `--run ${run} --add.factor 3`);
    assert.equal(later.status, 0, later.err);
    assert.equal(await Deno.readTextFile(`${run}/prepare/a.txt`), "mine");
  }));

Deno.test("what a file manager puts into a folder is nobody's", () =>
  withFolder(async (run) => {
    await command("all", `--run ${run} --quiet`);
    const whole = await contentsOf(run);
    for (const name of [".DS_Store", "Thumbs.db", "desktop.ini", "._sum.txt"]) {
      await Deno.writeTextFile(`${run}/add/${name}`, "");
    }
    const { status, err } = await command("all", `--run ${run} --force`);
    assert.equal(status, 0, err);
    assert.deepEqual(await contentsOf(run), whole);
    assert.deepEqual(await namesIn(`${run}/add`), [
      "half.txt",
      "stage.json",
      "sum.txt",
    ]);
  }));
