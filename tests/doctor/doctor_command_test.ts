/** The task `doctor`, with the permissions that it has. */

import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import { runFlags } from "../permissions/task_flags.ts";
import { changedPaths, stateOf } from "../permissions/folder_state.ts";
import { matrix, quickest, sheet } from "../scripts/small_matrix.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** Runs the task as `deno task` does. */
async function doctor(...args: string[]) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", ...runFlags("doctor"), "scripts/doctor.ts", ...args],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes).trim();
  return { code, out: text(stdout), err: text(stderr) };
}

/** Runs a test with a small matrix in a folder of its own. */
async function withMatrix(
  test: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/m.csv`, matrix);
    await Deno.writeTextFile(`${folder}/sheet.csv`, sheet);
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

function assertNarrow(text: string, but: string): void {
  for (const line of text.split("\n")) {
    assert.ok(line.length <= 80 || line.includes(but), line);
  }
}

Deno.test("without an input it shows the machine", async () => {
  const { code, out } = await doctor();
  assert.equal(code, 0);
  assert.match(out, /^This machine\n {2}Deno {12}\d/);
  assert.match(out, /memory .* [kMG]B\n/);
  assert.match(out, /disk {12}(unknown|.* free)/);
  assert.match(out, /--backend auto {2}takes (wasm|webgpu): /);
  assert.match(out, /Give --input FILE/);
  assertNarrow(out, "");
});

Deno.test("with an input it foretells the run, and writes nothing", () =>
  withMatrix(async (folder) => {
    const before = await stateOf(folder);
    const runs = await Array.fromAsync(Deno.readDir(`${root}/reports`));
    const { code, out, err } = await doctor(
      ...["--input", `${folder}/m.csv`, "--threads", "2"],
      ...["--samples", `${folder}/sheet.csv`, "--group", "donor"],
      ...quickest,
    );
    assert.equal(code, 0, err);
    for (
      const line of [
        /\n {2}samples {9}24\n/,
        /\n {2}genes {11}4\n/,
        /\n {2}tissues {9}2\n/,
        /\n {2}smallest {8}'leaf' with 12 samples\n/,
        /\n {2}groups {10}8, kept whole\n/,
        /\n {2}values {10}The values look like counts/,
        /\n {2}epochs {10}1\n/,
        /\n {2}backend .*wasm/,
      ]
    ) assert.match(out, line);
    for (
      const stage
        of "prepare cnn shap genesets enrichment panels splits clusters ttest checks external report"
          .split(" ")
    ) {
      assert.match(
        out,
        new RegExp(`\n  ${stage} +(<1 s|about .*), [\\d.]+ [MG]B of memory\n`),
      );
    }
    assert.match(out, /\n {2}in all {10}/);
    assertNarrow(out, folder);
    assert.deepEqual(changedPaths(before, await stateOf(folder)), []);
    assert.deepEqual(
      await Array.fromAsync(Deno.readDir(`${root}/reports`)),
      runs,
    );
  }));

Deno.test("a file that is not there is one line, before all work", async () => {
  const { code, out, err } = await doctor("--input", "no/such.csv");
  assert.equal(code, 2);
  assert.equal(out, "");
  assert.equal(err, "Cannot read no/such.csv: there is no such file");
});

Deno.test("what prepare refuses, it refuses", () =>
  withMatrix(async (folder) => {
    await Deno.writeTextFile(`${folder}/m.csv`, matrix.replace(",3,", ",x,"));
    const { code, err } = await doctor("--input", `${folder}/m.csv`);
    assert.equal(code, 2);
    assert.match(err.split("\n")[0], /^Cannot read .*'x'/);
  }));

Deno.test("help says what it does, and unknown flags are refused", async () => {
  const { code, out } = await doctor("--help");
  assert.equal(code, 0);
  assert.match(out, /^deno task doctor \[flags\]/);
  assert.match(out, /--input FILE/);
  assert.match(out, /It writes nothing/);
  assertNarrow(out, "");
  const refused = await doctor("--inptu", "x.csv");
  assert.equal(refused.code, 2);
  assert.match(refused.err, /--inptu is not a flag of "doctor".*--input\?/);
  assert.match(refused.err, /deno task doctor --help/);
});
