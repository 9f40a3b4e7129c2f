/** Which files of a stage's folder are its own. */

import assert from "node:assert/strict";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { mayWrite } from "../../lib/store/stage_files.ts";
import {
  add,
  command,
  commandOf,
  contentsOf,
  fakePipeline,
  moveByRemedy,
  namesIn,
  prepare,
  report,
  simulate,
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
      for (const stage of ["simulate", "prepare", "add"]) {
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
              } was not written by it and would be removed`,
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
      /prepare\/a\.txt was not written by it and would be removed, and so would 2 other files\n/,
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
    for (
      const name of [
        ".DS_Store",
        "Thumbs.db",
        "desktop.ini",
        "._sum.txt",
        ".~lock.sum.txt#",
      ]
    ) {
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

/** The commands that would make the report. */
const reporting = [
  ["all", ""],
  ["all", "--dry-run"],
  ["all", "--force"],
  ["report", ""],
  ["report", "--dry-run"],
] as const;

Deno.test("a report that no record lists is moved away before a stage runs", () =>
  withFolder(async (folder) => {
    const run = `${folder}/a run`;
    const at = `${folder}/a run-report`;
    await Deno.mkdir(run);
    await Deno.writeTextFile(`${run}/report.md`, "mine");
    await Deno.writeTextFile(`${at}.md`, "taken");
    const all = (...args: string[]) => commandOf("all", "--run", run, ...args);
    for (const args of [[], ["--dry-run"]]) {
      const { status, out, err } = await all(...args);
      assert.deepEqual([status, out], [2, ""]);
      assert.equal(
        err,
        `Cannot make report: ${run}/report.md is in no record of a stage and ` +
          `would be replaced\n  try: mv '${run}/report.md' '${at}-2.md'`,
      );
      assert.deepEqual(await contentsOf(run), { "report.md": "mine" });
    }
    // Another stage does not replace it.
    const one = await commandOf("simulate", "--run", run);
    assert.equal(one.status, 0, one.err);
    await moveByRemedy((await all()).err);
    assert.equal((await all()).status, 0);
    assert.equal(await Deno.readTextFile(`${at}-2.md`), "mine");
    assert.equal(await Deno.readTextFile(`${at}.md`), "taken");
    // So is the report itself, where its record was removed.
    await Deno.remove(`${run}/report`, { recursive: true });
    assert.match((await all()).err, /report\.md is in no record of a stage/);
  }));

Deno.test("a report that was edited is not replaced", () =>
  withFolder(async (folder) => {
    const run = `${folder}/run`;
    await command("all", `--run ${run} --quiet`);
    const whole = await contentsOf(run);
    await Deno.writeTextFile(`${run}/report.md`, "edited");
    const before = await contentsOf(run);
    for (const [task, flags] of reporting) {
      const { status, out, err } = await command(task, `--run ${run} ${flags}`);
      assert.deepEqual([status, out], [2, ""], `${task} ${flags}`);
      assert.equal(
        err,
        `Cannot make report again: ${run}/report.md was changed by hand and ` +
          `would be replaced\n  try: mv ${run}/report.md ${run}-report.md`,
      );
      assert.deepEqual(await contentsOf(run), before);
    }
    await moveByRemedy((await command("all", `--run ${run}`)).err);
    assert.equal((await command("all", `--run ${run}`)).status, 0);
    assert.deepEqual(await contentsOf(run), whole);
    assert.equal(await Deno.readTextFile(`${run}-report.md`), "edited");
  }));

Deno.test("a report that a crash of the machine has emptied is made again", () =>
  withFolder(async (run) => {
    await command("all", `--run ${run} --quiet`);
    const whole = await contentsOf(run);
    for (const text of ["", "\0".repeat(70_000)]) {
      for (const isRecorded of [true, false]) {
        await Deno.writeTextFile(`${run}/report.md`, text);
        if (!isRecorded) await Deno.remove(`${run}/report/stage.json`);
        const { status, err } = await command("all", `--run ${run}`);
        assert.equal(status, 0, err);
        assert.deepEqual(await contentsOf(run), whole);
      }
    }
    // Half-way in its commit, the one beside the folders is an earlier one.
    await Deno.mkdir(`${run}/report/.beside`);
    await Deno.rename(`${run}/report.md`, `${run}/report/.beside/report.md`);
    await Deno.writeTextFile(`${run}/report.md`, "earlier");
    const dry = await command("all", `--run ${run} --dry-run --force`);
    assert.equal(dry.status, 0, dry.err);
    assert.equal((await command("all", `--run ${run} --force`)).status, 0);
    // Whether it is the stage's, no record says: it is not lost.
    assert.deepEqual(await contentsOf(run), {
      ...whole,
      "report-2.md": "earlier",
    });
  }));

Deno.test("a file that is put there while the stage runs is kept, and a note says so", () =>
  withFolder(async (run) => {
    await command("all", `--run ${run} --quiet`);
    const whole = await contentsOf(run);
    const busy = {
      ...add,
      async run(context: Parameters<typeof add.run>[0]) {
        await Deno.writeTextFile(`${run}/add/notes.txt`, "mine");
        // A record lists it, so it is the stage's.
        await Deno.writeTextFile(`${run}/add/sum.txt`, "edited");
        return await add.run(context);
      },
    };
    const { status, err } = await command(
      "add",
      `--run ${run}`,
      fakePipeline([simulate, prepare, busy, report]),
    );
    assert.equal(status, 0, err);
    assert.equal(
      err.replaceAll(/\s+/g, " "),
      `add note: ${run}/add/notes.txt was put there meanwhile and is kept`,
    );
    assert.deepEqual(await contentsOf(run), {
      ...whole,
      "add/notes.txt": "mine",
    });
  }));
