import assert from "node:assert/strict";
import { hashText } from "../../lib/store/hash.ts";
import { sealRecord } from "../../lib/store/record.ts";
import { recoverStage, StageFolder } from "../../lib/store/stage_folder.ts";
import { contentsOf, namesIn, withFolder } from "../pipeline/fake_pipeline.ts";

const cnn = {
  name: "cnn",
  outputs: [{ file: "cnn/result.txt" }, { file: "report.md" }],
};

/** The record of a stage that has this result. */
function recordOf(result: string): string {
  return sealRecord({
    ...{ stage: "cnn", version: "1", code: hashText(""), versions: {} },
    ...{ parameters: {}, seeds: { master: 1 }, backend: null, inputs: {} },
    ...{ backend_requested: "auto", absent: [], warnings: [], figures: [] },
    outputs: {
      "../report.md": hashText(`report of ${result}`),
      "result.txt": hashText(result),
    },
  });
}

/** Writes a whole stage folder with one result. */
async function write(run: string, result: string): Promise<void> {
  const folder = await StageFolder.open(run, cnn);
  await Deno.writeTextFile(`${folder.path}/stage.json`, recordOf(result));
  await Deno.writeTextFile(`${folder.path}/result.txt`, result);
  await folder.writeBeside("report.md", `report of ${result}`);
  await folder.commit();
}

/** What `write` leaves, and nothing else. */
const whole = (result: string) => ({
  "cnn/stage.json": recordOf(result),
  "cnn/result.txt": result,
  "report.md": `report of ${result}`,
});

Deno.test("a whole folder replaces the earlier one", () =>
  withFolder(async (run) => {
    await write(run, "first");
    assert.deepEqual(await contentsOf(run), whole("first"));
    await write(run, "second");
    assert.deepEqual(await contentsOf(run), whole("second"));
    assert.deepEqual(await namesIn(run), ["cnn", "report.md"]);
  }));

Deno.test("files are listed as the record names them", () =>
  withFolder(async (run) => {
    const folder = await StageFolder.open(run, cnn);
    // A file manager may look at it meanwhile.
    for (const name of ["a.svg", "stage.json", ".DS_Store"]) {
      await Deno.writeTextFile(`${folder.path}/${name}`, "");
    }
    await folder.writeBeside("report.md", "");
    assert.deepEqual((await folder.files()).map(({ name }) => name), [
      "../report.md",
      "a.svg",
    ]);
    await Deno.mkdir(`${folder.path}/figures`);
    await Deno.writeTextFile(`${folder.path}/figures/a.svg`, "");
    await assert.rejects(folder.files(), /record figures\/a\.svg of cnn/);
    await folder.discard();
  }));

Deno.test("nothing but what the stage declares is written beside", () =>
  withFolder(async (run) => {
    const folder = await StageFolder.open(run, cnn);
    for (const name of ["../x.md", ".hidden", "a/b.md", "x.md"]) {
      await assert.rejects(folder.writeBeside(name, ""), /declare/);
    }
    await folder.discard();
  }));

Deno.test("a discarded folder leaves the earlier one, or nothing", () =>
  withFolder(async (outer) => {
    const run = `${outer}/reports/new`;
    const fresh = await StageFolder.open(run, cnn);
    await Deno.writeTextFile(`${fresh.path}/half.txt`, "");
    await fresh.discard();
    assert.deepEqual(await namesIn(run), []);
    await write(run, "first");
    const again = await StageFolder.open(run, cnn);
    await Deno.writeTextFile(`${again.path}/half.txt`, "");
    await again.discard();
    assert.deepEqual(await contentsOf(run), whole("first"));
  }));

Deno.test("a crash between the two renames gives the earlier one back", () =>
  withFolder(async (run) => {
    await write(run, "first");
    const folder = await StageFolder.open(run, cnn);
    await Deno.writeTextFile(`${folder.path}/result.txt`, "second");
    await Deno.rename(`${run}/cnn`, `${run}/.cnn.old`);
    // The process dies here.
    await recoverStage(run, cnn);
    assert.deepEqual(await contentsOf(run), whole("first"));
    assert.deepEqual(await namesIn(run), ["cnn", "report.md"]);
  }));

Deno.test("a crash after both renames keeps the new one and completes it", () =>
  withFolder(async (run) => {
    await write(run, "first");
    const folder = await StageFolder.open(run, cnn);
    await Deno.writeTextFile(`${folder.path}/stage.json`, recordOf("second"));
    await Deno.writeTextFile(`${folder.path}/result.txt`, "second");
    await folder.writeBeside("report.md", "report of second");
    await Deno.rename(`${run}/cnn`, `${run}/.cnn.old`);
    await Deno.rename(folder.path, `${run}/cnn`);
    await recoverStage(run, cnn);
    assert.deepEqual(await contentsOf(run), whole("second"));
    assert.deepEqual(await namesIn(run), ["cnn", "report.md"]);
  }));

/** Puts files of the user's into a stage's folder. */
async function putInto(folder: string): Promise<void> {
  await Deno.mkdir(`${folder}/figures`);
  for (const name of ["notes.txt", "figures/for_paper.svg", "new.txt"]) {
    await Deno.writeTextFile(`${folder}/${name}`, `my ${name}`);
  }
}

/** These files, and what a stage has written beside them. */
const withMine = (result: string) => ({
  ...whole(result),
  "cnn/notes.txt": "my notes.txt",
  "cnn/figures/for_paper.svg": "my figures/for_paper.svg",
  "cnn/new.txt": "the stage's",
  "cnn/new-2.txt": "my new.txt",
});

Deno.test("files that somebody puts into the folder meanwhile are kept", () =>
  withFolder(async (run) => {
    await write(run, "first");
    const folder = await StageFolder.open(run, cnn);
    await Deno.writeTextFile(`${folder.path}/stage.json`, recordOf("second"));
    await Deno.writeTextFile(`${folder.path}/result.txt`, "second");
    await Deno.writeTextFile(`${folder.path}/new.txt`, "the stage's");
    await folder.writeBeside("report.md", "report of second");
    await putInto(`${run}/cnn`);
    assert.deepEqual(
      await folder.commit(),
      ["figures/for_paper.svg", "new-2.txt", "notes.txt"].map((name) =>
        `${run}/cnn/${name}`
      ),
    );
    assert.deepEqual(await contentsOf(run), withMine("second"));
    assert.deepEqual(await namesIn(run), ["cnn", "report.md"]);
  }));

Deno.test("so are they where the process dies before it has moved them", () =>
  withFolder(async (run) => {
    await write(run, "first");
    const folder = await StageFolder.open(run, cnn);
    await Deno.writeTextFile(`${folder.path}/stage.json`, recordOf("second"));
    await Deno.writeTextFile(`${folder.path}/result.txt`, "second");
    await Deno.writeTextFile(`${folder.path}/new.txt`, "the stage's");
    await folder.writeBeside("report.md", "report of second");
    await putInto(`${run}/cnn`);
    await Deno.rename(`${run}/cnn`, `${run}/.cnn.old`);
    await Deno.rename(folder.path, `${run}/cnn`);
    await recoverStage(run, cnn);
    assert.deepEqual(await contentsOf(run), withMine("second"));
    assert.deepEqual(await namesIn(run), ["cnn", "report.md"]);
  }));
