/** The user's files: read only where they may be, and only if they match. */

import assert from "node:assert/strict";
import { dirname } from "node:path";
import { hashText } from "../../../lib/store/hash.ts";
import { findStage } from "../../../lib/pipeline/pipeline.ts";
import {
  command,
  contentsOf,
  namesIn,
  prepare,
  withFolder,
} from "../fake_pipeline.ts";
import { readRecord } from "../../../lib/store/record.ts";
import { defineStage } from "../../../lib/pipeline/stage.ts";
import { AllowedInputs } from "../../../lib/pipeline/verify/allowed_inputs.ts";
import { forge } from "./forge.ts";
import { verifiablePipeline, verify, withRun } from "./verifiable_run.ts";

const SECRET = "hunter2secret";

/** Works in another folder; a stage's record names paths from there. */
async function within(folder: string, test: () => Promise<void>) {
  const before = Deno.cwd();
  Deno.chdir(folder);
  try {
    await test();
  } finally {
    Deno.chdir(before);
  }
}

/** Asserts that a run is refused without a word of a file's content. */
async function assertHidden(
  run: string,
  line: string,
  expected: RegExp,
  pipeline = verifiablePipeline(),
): Promise<void> {
  const { status, all } = await verify(run, line, pipeline);
  assert.ok(status === 1 || status === 2, all);
  assert.match(all, expected);
  assert.ok(!all.includes(SECRET), all);
  assert.ok(!all.includes(hashText(SECRET).slice(0, 12)), all);
}

Deno.test("a file that the record has no hash of is not read", () =>
  withRun(async (run, folder) => {
    const secret = `${folder}/secret/pw.csv`;
    await Deno.mkdir(dirname(secret));
    await Deno.writeTextFile(secret, SECRET);
    for (const path of [secret, "/dev/zero", "../secret/pw.csv", "x.csv"]) {
      await forge(run, "prepare", (record) => {
        record.parameters.input = path;
        record.inputs = {};
      });
      await assertHidden(
        run,
        `--data ${folder}/data`,
        /its record does not say what it read|should be a path as it is recorded/,
      );
    }
    // With one of another file, or of the bare flag.
    for (const hash of [hashText("x"), hashText("")]) {
      await forge(run, "prepare", (record) => {
        record.parameters.input = "pw.csv";
        record.inputs = { "input:pw.csv": hash };
      });
      await assertHidden(run, "", /it read pw\.csv, which is not in the work/);
      await assertHidden(
        run,
        `--data ${dirname(secret)}`,
        /Cannot make prepare again: \S+pw\.csv is not the file that it read\n/,
      );
    }
  }, { input: "1\n2\n3" }));

Deno.test("a file elsewhere is not opened, even if its hash is known", () =>
  withRun(async (run, folder) => {
    const secret = `${folder}/secret`;
    await Deno.mkdir(secret);
    await Deno.writeTextFile(`${secret}/n.txt`, SECRET);
    const point = (path: string) =>
      forge(run, "prepare", (record) => {
        record.parameters.input = path;
        record.inputs = { "input:n.txt": hashText(SECRET) };
      });
    await Deno.mkdir(`${folder}/links`);
    const link = `${folder}/links/n.txt`;
    await Deno.symlink(`${secret}/n.txt`, link);
    await Deno.symlink(secret, `${folder}/links/folder`);
    await Deno.symlink(`${secret}/n.txt`, `${run}/n.txt`);
    const missing = /it read n\.txt, which is n|should be a path as it is/;
    for (
      const path of [
        ...[`${secret}/n.txt`, "../secret/n.txt", "links/n.txt"],
        ...["links/folder/n.txt", link, `${run}/n.txt`],
      ]
    ) {
      await point(path);
      await Deno.mkdir(`${folder}/links/here`, { recursive: true });
      await within(
        `${folder}/links/here`,
        () => assertHidden(run, `--data ${folder}/links`, missing),
      );
    }
    // A path that the run's config.json names.
    const config = JSON.parse(await Deno.readTextFile(`${run}/config.json`));
    config.input = `${secret}/n.txt`;
    await Deno.writeTextFile(`${run}/config.json`, JSON.stringify(config));
    await point("n.txt");
    await assertHidden(run, "", missing);
    await Deno.writeTextFile(`${run}/config.json`, "{}");
    // Neither is a file of the run itself, which is someone else's.
    await Deno.remove(`${run}/n.txt`);
    await Deno.writeTextFile(`${run}/n.txt`, SECRET);
    await point("reports/r/n.txt");
    await within(folder, () => assertHidden(run, "", missing));
  }, { input: "1\n2\n3" }));

Deno.test("a device is never read", () =>
  withRun(async (run, folder) => {
    await Deno.remove(`${folder}/data/n.txt`);
    for (const target of ["/dev/zero", "/dev/null", "/proc/self/mem"]) {
      await Deno.symlink(target, `${folder}/data/n.txt`);
      await assertHidden(
        run,
        `--data ${folder}/data`,
        /it read n\.txt, which is neither in/,
      );
      await Deno.remove(`${folder}/data/n.txt`);
    }
    // Not even where the user says that the files are.
    for (const name of ["zero", "null"]) {
      await forge(run, "prepare", (record) => {
        record.parameters.input = name;
        record.inputs = { [`input:${name}`]: hashText("") };
      });
      await assertHidden(
        run,
        "--data /dev",
        /is a pipe or a device and should|which is neither in \/dev nor/,
      );
    }
  }, { input: "1\n2\n3" }));

Deno.test("a message of a stage that has read a file is not shown", async () => {
  const failing = (error: (text: string) => Error) => {
    const { stages, ...rest } = verifiablePipeline();
    return {
      ...rest,
      stages: stages.map((stage) =>
        stage.name !== "add" ? stage : defineStage({
          ...stage,
          async run(context) {
            const path = await context.artifact("prepare/kept.txt");
            throw error(await Deno.readTextFile(path));
          },
        })
      ),
    };
  };
  const { InputError, RunError } = await import("../../../lib/cli/errors.ts");
  const errors = [
    (text: string) => new InputError(`Cannot read ${text}`, text),
    (text: string) => new RunError(`Cannot go on: ${text}`),
    (text: string) => new TypeError(`${text} is undefined`),
  ];
  await withRun(async (run, folder) => {
    for (const error of errors) {
      await assertHidden(
        run,
        `--data ${folder}/data`,
        /Cannot make add again: it .*, for it may quote a file of yours\. If/,
        failing(error),
      );
      // Whose run it is, the user knows.
      const line = `--data ${folder}/data --debug`;
      const shown = await verify(run, line, failing(error));
      assert.match(
        shown.err,
        /^It was made from:\n {2}\w+: .*hunter2secret\\u\{1b\}/m,
      );
      assert.ok(!shown.err.includes("\u001b"));
    }
    const full = () => {
      const error = new Error("No space left (os error 28): open '/x/\u001b'");
      return Object.assign(error, { code: "ENOSPC" });
    };
    await assertHidden(
      run,
      `--data ${folder}/data`,
      /Cannot make add again: the disk is full \(\/x\/\\u\{1b\}\)\n/,
      failing(full),
    );
    const device = () =>
      new InputError("Cannot open the backend webgpu: no graphics adapter");
    await assertHidden(
      run,
      `--data ${folder}/data`,
      /Cannot make add again: Cannot open the backend webgpu: no graphics/,
      failing(device),
    );
    assert.deepEqual(await namesIn(`${folder}/reports`), ["r"]);
    const { err } = await verify(
      run,
      `--data ${folder}/data`,
      failing(errors[0]),
    );
    assert.ok(
      err.endsWith(
        `\n  try: deno task verify --run ${run} --quiet=false ` +
          `--data ${folder}/data --debug`,
      ),
      err,
    );
  }, { input: `${SECRET}\u001b` });
  // Of simulated data there is nothing to hide.
  await withRun(async (run) => {
    const { status, err } = await verify(
      run,
      "",
      failing(() => new InputError("Cannot add \u001b[2J: too large")),
    );
    assert.equal(status, 2);
    assert.match(err, /again: Cannot add \\u\{1b\}\[2J: too large$/);
  });
});

Deno.test("a file that has moved gives the same run", () =>
  withRun(async (run, folder) => {
    await Deno.mkdir(`${folder}/work/data`, { recursive: true });
    await Deno.writeTextFile(`${folder}/work/data/n.txt`, "1\n2\n3");
    const made = `${folder}/work/reports/made`;
    await within(`${folder}/work`, async () => {
      const line = "--run reports/made --input data/n.txt";
      const { status } = await command("all", line, verifiablePipeline());
      assert.equal(status, 0);
    });
    const record = await readRecord(made, "prepare");
    assert.equal(record?.parameters.input, "data/n.txt");
    const before = await contentsOf(made);
    await within(`${folder}/work`, async () => {
      assert.equal((await verify("reports/made")).status, 0);
      await Deno.rename("data", `${folder}/elsewhere`);
      const { status, err } = await verify("reports/made");
      assert.equal(status, 2);
      assert.match(err, /it read n\.txt, .*\n {2}try: .* --data DIR$/);
      const line = `--data ${folder}/elsewhere`;
      const moved = await verify("reports/made", line);
      assert.equal(moved.status, 0, moved.all);
      assert.match(moved.out, /is the same: all 6 files/);
      assert.doesNotMatch(moved.out, /altered record/);
    });
    assert.deepEqual(await contentsOf(made), before);
    assert.deepEqual(await namesIn(`${folder}/reports`), ["r"]);
    assert.equal((await verify(run)).status, 0);
  }));

/** Files that were opened. */
const opened: string[] = [];

/** Joins the files of a folder. */
const joinFolder = defineStage({
  ...prepare,
  async run(context) {
    const { input } = context.parameters;
    await context.userInput(input);
    let text = "";
    for (const name of (await namesIn(input))) {
      if (name.startsWith(".")) continue;
      await context.userInput(`${input}/${name}`, { of: input });
      opened.push(name);
      text += await Deno.readTextFile(`${input}/${name}`);
    }
    await Deno.writeTextFile(`${context.folder}/kept.txt`, text);
    return { verdict: "joined" };
  },
});

/** Gives a test a run on the folder `data/parts`, which holds two files. */
function withFolderRun(
  test: (
    run: string,
    folder: string,
    pipeline: ReturnType<typeof verifiablePipeline>,
  ) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    const { stages, ...rest } = verifiablePipeline();
    const pipeline = {
      ...rest,
      stages: stages.map((stage) =>
        stage.name === "prepare" ? joinFolder : stage
      ),
    } as typeof rest & { stages: typeof stages };
    assert.equal(findStage(pipeline, "prepare"), joinFolder);
    const run = `${folder}/reports/joined`;
    const parts = `${folder}/data/parts`;
    await Deno.mkdir(parts, { recursive: true });
    await Deno.writeTextFile(`${parts}/a.txt`, "1");
    await Deno.writeTextFile(`${parts}/b.txt`, "2");
    const line = `--run ${run} --input ${parts}`;
    assert.equal((await command("all", line, pipeline)).status, 0);
    await test(run, folder, pipeline);
  });
}

Deno.test("a file of a folder that the record does not list is not opened", () =>
  withFolderRun(async (run, folder, pipeline) => {
    await Deno.writeTextFile(`${folder}/data/parts/b.txt`, SECRET);
    await forge(run, "prepare", ({ inputs }) => {
      delete inputs["input:parts/b.txt"];
    });
    opened.length = 0;
    await assertHidden(
      run,
      `--data ${folder}/data`,
      /it would read \S+parts\/b\.txt, which its record does not list\n/,
      pipeline,
    );
    assert.deepEqual(opened, ["a.txt"]);
  }));

Deno.test("a folder of links to the user's files is verified", () =>
  withFolderRun(async (run, folder, pipeline) => {
    const parts = `${folder}/data/parts`;
    await Deno.mkdir(`${folder}/data/real`);
    for (const name of ["a.txt", "b.txt"]) {
      await Deno.rename(`${parts}/${name}`, `${folder}/data/real/${name}`);
      await Deno.symlink(`../real/${name}`, `${parts}/${name}`);
    }
    await Deno.symlink("..", `${folder}/data/real/around`);
    await Deno.symlink("../real", `${parts}/.folder`);
    const data = `--data ${folder}/data`;
    const { status, all } = await verify(run, data, pipeline);
    assert.equal(status, 0, all);
    // Not if they lie elsewhere, however long the way is.
    await Deno.writeTextFile(`${folder}/elsewhere.txt`, SECRET);
    await Deno.symlink(
      `${folder}/elsewhere.txt`,
      `${folder}/data/real/other.txt`,
    );
    await assertHidden(
      run,
      data,
      /parts\/\.folder\/other\.txt leads out of/,
      pipeline,
    );
    await Deno.remove(`${folder}/data/real/other.txt`);
    await assertHidden(
      run,
      `--data ${parts}`,
      /folder leads out of the folders/,
      pipeline,
    );
  }));

Deno.test("a folder may not lead out of the user's", () =>
  withFolderRun(async (run, folder, pipeline) => {
    const parts = `${folder}/data/parts`;
    const data = `--data ${folder}/data`;
    assert.equal((await verify(run, data, pipeline)).status, 0);

    await Deno.writeTextFile(`${folder}/b.txt`, "2");
    await Deno.remove(`${parts}/b.txt`);
    await Deno.symlink(`${folder}/b.txt`, `${parts}/b.txt`);
    await assertHidden(run, data, /parts\/b\.txt leads out of/, pipeline);
    // Hidden files are not listed, and links among them count as well.
    await Deno.remove(`${parts}/b.txt`);
    await Deno.writeTextFile(`${parts}/b.txt`, "2");
    await Deno.symlink("/dev/zero", `${parts}/.c`);
    await assertHidden(run, data, /parts\/\.c leads out of/, pipeline);
    await Deno.remove(`${parts}/.c`);
    await Deno.symlink("b.txt", `${parts}/.c`);
    // A link to a file within it is no way out.
    await Deno.writeTextFile(`${parts}/b.txt`, SECRET);
    await assertHidden(
      run,
      data,
      /b\.txt is not the file that it read\n/,
      pipeline,
    );
    await Deno.writeTextFile(`${parts}/c.txt`, SECRET);
    await assertHidden(
      run,
      data,
      /parts does not hold the files that it held\n/,
      pipeline,
    );
  }));

Deno.test("no input lies in a folder in which a run is made again", () =>
  withRun(async (run, folder) => {
    const record = (await readRecord(run, "prepare"))!;
    const root = await Deno.realPath(folder);
    const allowed = await AllowedInputs.of(record, {
      ...{ runFolder: run, data: folder, paths: new Map() },
    });
    assert.ok(allowed.holds(`${root}/data/n.txt`));
    assert.ok(!allowed.holds(`${root}/reports/r/add/sum.txt`));
    assert.ok(!allowed.holds(`${root}/reports/.verify-r/run/r/add/sum.txt`));
    assert.ok(!allowed.holds(`${root}/reports/.verify-two/run/two/a.csv`));
  }, { input: "1\n2\n3" }));

Deno.test("config.json does not lead to another file of that name", () =>
  withRun(async (run, folder) => {
    const path = `${run}/config.json`;
    const config = JSON.parse(await Deno.readTextFile(path));
    await Deno.mkdir(`${folder}/other`);
    await Deno.rename(`${folder}/data/n.txt`, `${folder}/other/n.txt`);
    await Deno.writeTextFile(
      path,
      JSON.stringify({ ...config, input: "other/n.txt" }),
    );
    await within(folder, async () => {
      const { status, err } = await verify(run);
      assert.equal(status, 2);
      assert.match(err, /it read n\.txt, which is not in the working folder/);
    });
  }, { input: "1\n2\n3" }));
