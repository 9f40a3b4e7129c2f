import assert from "node:assert/strict";
import { RunError } from "../../lib/cli/errors.ts";
import { recoverStage, StageFolder } from "../../lib/store/stage_folder.ts";
import { contentsOf, namesIn, withFolder } from "../pipeline/fake_pipeline.ts";

/** Writes a whole stage folder with one result. */
async function write(run: string, result: string): Promise<void> {
  const folder = await StageFolder.open(run, "cnn");
  await Deno.writeTextFile(`${folder.path}/stage.json`, "{}");
  await Deno.writeTextFile(`${folder.path}/result.txt`, result);
  await folder.writeBeside("report.md", `report of ${result}`);
  await folder.commit();
}

/** What `write` leaves, and nothing else. */
const whole = (result: string) => ({
  "cnn/stage.json": "{}",
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
    const folder = await StageFolder.open(run, "cnn");
    await Deno.mkdir(`${folder.path}/figures`);
    await Deno.writeTextFile(`${folder.path}/figures/a.svg`, "");
    await Deno.writeTextFile(`${folder.path}/stage.json`, "");
    await folder.writeBeside("report.md", "");
    assert.deepEqual((await folder.files()).map(({ name }) => name), [
      "../report.md",
      "figures/a.svg",
    ]);
    await folder.discard();
  }));

Deno.test("nothing but a bare name is written beside", () =>
  withFolder(async (run) => {
    const folder = await StageFolder.open(run, "cnn");
    for (const name of ["../x.md", ".hidden", "a/b.md"]) {
      await assert.rejects(folder.writeBeside(name, ""), /bare/);
    }
    await folder.discard();
  }));

Deno.test("a discarded folder leaves the earlier one, or nothing", () =>
  withFolder(async (outer) => {
    const run = `${outer}/reports/new`;
    const fresh = await StageFolder.open(run, "cnn");
    await Deno.writeTextFile(`${fresh.path}/half.txt`, "");
    await fresh.discard();
    assert.deepEqual(await namesIn(outer), []);
    await write(run, "first");
    const again = await StageFolder.open(run, "cnn");
    await Deno.writeTextFile(`${again.path}/half.txt`, "");
    await again.discard();
    assert.deepEqual(await contentsOf(run), whole("first"));
  }));

Deno.test("a crash between the two renames gives the earlier one back", () =>
  withFolder(async (run) => {
    await write(run, "first");
    const folder = await StageFolder.open(run, "cnn");
    await Deno.writeTextFile(`${folder.path}/result.txt`, "second");
    await Deno.rename(`${run}/cnn`, `${run}/.cnn.old`);
    // The process dies here; the system frees its lock.
    releaseWithoutCleaning(folder);
    await recoverStage(run, "cnn");
    assert.deepEqual(await contentsOf(run), whole("first"));
    assert.deepEqual(await namesIn(run), ["cnn", "report.md"]);
  }));

Deno.test("a crash after both renames keeps the new one and completes it", () =>
  withFolder(async (run) => {
    await write(run, "first");
    const folder = await StageFolder.open(run, "cnn");
    await Deno.writeTextFile(`${folder.path}/stage.json`, "{}");
    await Deno.writeTextFile(`${folder.path}/result.txt`, "second");
    await folder.writeBeside("report.md", "report of second");
    await Deno.rename(`${run}/cnn`, `${run}/.cnn.old`);
    await Deno.rename(folder.path, `${run}/cnn`);
    releaseWithoutCleaning(folder);
    await recoverStage(run, "cnn");
    assert.deepEqual(await contentsOf(run), whole("second"));
    assert.deepEqual(await namesIn(run), ["cnn", "report.md"]);
  }));

Deno.test("a second writer of one stage is refused and harms nothing", () =>
  withFolder(async (run) => {
    const first = await StageFolder.open(run, "cnn");
    await Deno.writeTextFile(`${first.path}/stage.json`, "{}");
    await assert.rejects(StageFolder.open(run, "cnn"), (error) => {
      assert.ok(error instanceof RunError);
      assert.match(error.message, /^Cannot run cnn: another command is/);
      return true;
    });
    await recoverStage(run, "cnn");
    const other = await StageFolder.open(run, "shap");
    await other.discard();
    await first.commit();
    assert.deepEqual(await namesIn(run), ["cnn"]);
    await write(run, "next");
    assert.deepEqual(await contentsOf(run), whole("next"));
  }));

/** What the system does to a dead process: its lock is freed, no more. */
function releaseWithoutCleaning(folder: StageFolder): void {
  const { lock } = folder as unknown as { lock: { file: Deno.FsFile } };
  lock.file.close();
}
