/** What a record may hold: its seal shows accidents, not forgers. */

import assert from "node:assert/strict";
import { InputError } from "../../lib/cli/errors.ts";
import { readRecord, sealRecord } from "../../lib/store/record.ts";
import { command, withFolder } from "../pipeline/fake_pipeline.ts";

const SHA256 = "0".repeat(64);

// deno-lint-ignore no-explicit-any
type Forged = any;

/** Whether `add`'s record is taken once it is changed and sealed again. */
async function isTaken(
  run: string,
  forge: (record: Forged) => void,
): Promise<boolean> {
  const path = `${run}/add/stage.json`;
  const { sha256: _, ...record } = JSON.parse(await Deno.readTextFile(path));
  const before = sealRecord(record);
  forge(record);
  await Deno.writeTextFile(path, sealRecord(record));
  try {
    return await readRecord(run, "add") !== undefined;
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    assert.match(error.message, /it is not the record that the stage add/);
    return false;
  } finally {
    await Deno.writeTextFile(path, before);
  }
}

const withRun = (test: (run: string) => Promise<void>) =>
  withFolder(async (run) => {
    await command("all", `--run ${run} --quiet`);
    await test(run);
  });

Deno.test("a file that a record lists lies in its run", () =>
  withRun(async (run) => {
    for (
      const name of [
        "../../../../../dev/zero",
        "/etc/passwd",
        "..",
        "../",
        ".",
        "",
        "../..",
        "../add",
        "../prepare/kept.txt",
        "../config.json",
        "../timings.json",
        "../.lock",
        ".beside",
        "a/b.csv",
        "a\\b.csv",
        "..\\report.md",
        "C:x.csv",
        "a\u0000.csv",
        "\u001b[2J.csv",
        "a\n.csv",
        "a b.csv",
        "a".repeat(256),
      ]
    ) {
      const isIn = await isTaken(run, (record) => {
        record.outputs[name] = SHA256;
      });
      assert.ok(!isIn, JSON.stringify(name));
    }
    for (const name of ["a.csv", "../report.md", "embedding_A-1.b_c.svg"]) {
      const isIn = await isTaken(run, (record) => {
        record.outputs[name] = SHA256;
      });
      assert.ok(isIn, name);
    }
  }));

Deno.test("what a record has read are files of stages or of flags", () =>
  withRun(async (run) => {
    const cases: readonly [string, boolean][] = [
      ["prepare/genes.csv", true],
      ["prepare/stage.json", true],
      ["prepare/stage.json#parameters", true],
      ["input:it's \u001b[2J odd.csv", true],
      ["input:folder/a b.tsv", true],
      ["../prepare/genes.csv", false],
      ["prepare/../../genes.csv", false],
      ["prepare/.hidden", false],
      ["/etc/passwd", false],
      ["prepare", false],
      ["prepare/", false],
      ["prepare/a\u0007", false],
      ["prepare/genes.csv#parameters", false],
      ["/etc/passwd:x", false],
      ["input:", false],
      ["input:a\u0000b", false],
    ];
    for (const [key, sound] of cases) {
      const asInput = await isTaken(run, (record) => {
        record.inputs[key] = SHA256;
      });
      assert.equal(asInput, sound, JSON.stringify(key));
      const isStages = sound && !key.includes(":");
      const asAbsent = await isTaken(run, (record) => {
        record.absent = [key];
      });
      assert.equal(asAbsent, isStages, JSON.stringify(key));
    }
  }));

Deno.test("a SHA-256 has 64 digits, and a figure a bare name", () =>
  withRun(async (run) => {
    for (
      const hash of ["00", "", `${SHA256}0`, "G".repeat(64), `${SHA256}\n`]
    ) {
      for (const key of ["inputs", "outputs"]) {
        assert.ok(
          !await isTaken(run, (record) => {
            record[key][key === "inputs" ? "prepare/a.csv" : "a.csv"] = hash;
          }),
          hash,
        );
      }
    }
    for (
      const [file, sound] of [
        ["a.svg", true],
        ["../a.svg", false],
        ["/a.svg", false],
        ["a/b.svg", false],
        [".a.svg", false],
        ["\u001b.svg", false],
      ]
    ) {
      const taken = await isTaken(run, (record) => {
        record.figures = [{ file, caption: "" }];
      });
      assert.equal(taken, sound, String(file));
    }
  }));

Deno.test("a record without its seal, or with another one, is none", () =>
  withRun(async (run) => {
    const path = `${run}/add/stage.json`;
    const text = await Deno.readTextFile(path);
    const { sha256, ...record } = JSON.parse(text);
    for (
      const other of [
        JSON.stringify(record),
        text.replace(sha256, SHA256),
        text.replace(`"${sha256}"`, "null"),
        text.replace("2.0", "2.1") + " ",
      ]
    ) {
      await Deno.writeTextFile(path, other);
      await assert.rejects(readRecord(run, "add"), InputError);
    }
    await Deno.writeTextFile(path, text);
    assert.ok(await readRecord(run, "add"));
  }));

Deno.test("a record that is larger than any run's is not read", () =>
  withRun(async (run) => {
    await Deno.truncate(`${run}/add/stage.json`, 1e9);
    await assert.rejects(readRecord(run, "add"), /should have at most 34 MB/);
  }));
