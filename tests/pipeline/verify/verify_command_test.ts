import assert from "node:assert/strict";
import { contentsOf, namesIn, withFolder } from "../fake_pipeline.ts";
import { runScript, type Said } from "../../scripts/run_script.ts";
import { matrix } from "../../scripts/small_matrix.ts";
import { copySmallRun } from "../../scripts/small_run.ts";

/** Gives a test a finished run and the folder that its matrix is in. */
function withRun(
  work: (folder: string, run: string) => Promise<void>,
): Promise<void> {
  return withFolder(async (folder) => {
    const { run } = await copySmallRun(folder);
    await work(folder, run);
  });
}

/** The lines of the table: stage, file, outcome. */
function tableOf({ out }: Said): string[][] {
  return out.split("\n")
    .filter((line) =>
      /^\w+ +\S+ +(same|close|different|altered|gone|new)$/.test(line)
    )
    .map((line) => line.split(/ +/));
}

Deno.test("a run comes out the same, by any number of threads, and is left as it was", () =>
  withRun(async (folder, run) => {
    const before = await contentsOf(run);
    // The report has the run's name in it, which a copy need not have.
    const copy = `${folder}/reports/copy`;
    await Deno.rename(run, copy);
    const said = await runScript(
      folder,
      "verify",
      "--run",
      copy,
      "--data",
      folder,
      "--threads",
      "2",
    );
    assert.equal(said.code, 0, said.err);
    const table = tableOf(said);
    const outputs = Object.entries(before)
      .filter(([path]) => path.endsWith("/stage.json"))
      .flatMap(([, text]) => Object.keys(JSON.parse(text).outputs));
    assert.equal(table.length, outputs.length);
    assert.ok(table.every(([, , outcome]) => outcome === "same"));
    assert.match(said.out, /is the same: all \d+ files are equal/);
    assert.deepEqual(await contentsOf(copy), before);
    assert.deepEqual(await namesIn(`${folder}/reports`), ["copy"]);
    await Deno.rename(copy, run);

    // A single random set.
    const only = (set: string) =>
      runScript(folder, "ttest", "--run", run, "--reproduce", set);
    const again = await only("2");
    assert.equal(again.code, 0, again.err);
    const words = again.out.replaceAll(/\s+/g, " ");
    assert.match(words, /uniform, umap: mean AMI \S+ over 1 run /);
    assert.equal(words.match(/in null\.csv, to the last digit/g)?.length, 6);
    const beyond = await only("3");
    assert.equal(beyond.code, 2);
    assert.match(beyond.err, /set 3 again: the run has 2 random sets/);
    const nulls = before["ttest/null.csv"];
    const changed = nulls.replace(/^(shap,uniform,pca,2,.*)\d$/m, "$19");
    await Deno.writeTextFile(
      `${run}/ttest/null.csv`,
      changed === nulls
        ? nulls.replace(/^shap,uniform,pca,2.*$/m, "")
        : changed,
    );
    const different = await only("2");
    assert.equal(different.code, 1, different.out);
    assert.match(different.out.replaceAll(/\s+/g, " "), /1 rows differ/);
    assert.match(
      different.err,
      /ttest --reproduce 2 did not come out as recorded/,
    );
    await Deno.writeTextFile(`${run}/ttest/null.csv`, nulls);
    assert.deepEqual(await contentsOf(run), before);

    // A file of the run that was changed by hand.
    await Deno.writeTextFile(`${run}/shap/ranks.csv`, "rank\n");
    const altered = await runScript(
      folder,
      ...["verify", "--run", run, "--data", folder] as const,
    );
    assert.equal(altered.code, 1);
    assert.match(altered.err, /1 file of \d+ differ, first in shap/);
    assert.match(altered.err, /ranks\.csv in .* was changed after shap/);

    // The user's file is another one, or gone.
    await Deno.writeTextFile(`${folder}/matrix.csv`, matrix + "\n");
    const other = await runScript(
      folder,
      ...["verify", "--run", run, "--data", folder] as const,
    );
    assert.equal(other.code, 1);
    assert.match(other.err, /is not the file that it read$/m);
    await Deno.remove(`${folder}/matrix.csv`);
    const gone = await runScript(
      folder,
      ...["verify", "--run", run, "--data", folder] as const,
    );
    assert.equal(gone.code, 2);
    assert.match(
      gone.err,
      /it read matrix\.csv, which is neither in .*\n.*--data DIR/,
    );
  }));

Deno.test("what cannot be verified is said in a line", () =>
  withFolder(async (folder) => {
    const nothing = await runScript(folder, "verify", "--run", `${folder}/no`);
    assert.equal(nothing.code, 2);
    assert.match(nothing.err, /Cannot verify .*: there is no such folder\n/);
    await Deno.mkdir(`${folder}/empty`);
    const empty = await runScript(
      folder,
      "verify",
      "--run",
      `${folder}/empty`,
    );
    assert.equal(empty.code, 2);
    assert.match(empty.err, /no stage has run in it/);
    assert.deepEqual(await namesIn(folder), ["empty"]);
    const help = await runScript(folder, "verify", "--help");
    assert.equal(help.code, 0);
    assert.ok(help.out.split("\n").every((line) => line.length <= 80));
  }));
