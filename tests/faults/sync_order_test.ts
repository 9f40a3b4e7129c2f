/** Which orders of syncs and renames a loss of power can harm. */

import assert from "node:assert/strict";
import { checkSyncOrder } from "../../bench/faults/sync_order.ts";
import { clearLog, readCalls } from "../../bench/faults/preload.ts";
import { withFolder } from "../pipeline/fake_pipeline.ts";

/** Calls as `rename /a /b`, one a line. */
function order(...lines: string[]) {
  return checkSyncOrder(lines.map((line) => {
    const [call, path, to = ""] = line.split(" ");
    return { call, path: path === "/" ? "" : path, to };
  }));
}

const made = [
  "mkdir /.cnn.partial-a1",
  "create /.cnn.partial-a1/model.json",
  "write /.cnn.partial-a1/model.json",
];
const synced = ["fsync /.cnn.partial-a1/model.json", "fsync /.cnn.partial-a1"];
const replaced = ["rename /cnn /.cnn.old", "rename /.cnn.partial-a1 /cnn"];
const removed = ["unlink /.cnn.old/model.json", "rmdir /.cnn.old"];

Deno.test("all that is renamed was synced, and then what it replaces goes", () => {
  const good = order(...made, ...synced, ...replaced, "fsync /", ...removed);
  assert.deepEqual(good, { renames: 2, syncs: 3, problems: [] });
});

Deno.test("a file or a folder that was not synced is named", () => {
  assert.deepEqual(order(...made, synced[1], ...replaced).problems, [
    ".cnn.partial/model.json was not synced before its rename",
  ]);
  assert.deepEqual(order(...made, synced[0], ...replaced).problems, [
    ".cnn.partial was not synced before its rename",
  ]);
  const late = order(...made, ...synced, made[2], ...replaced);
  assert.deepEqual(late.problems, [
    ".cnn.partial/model.json was not synced before its rename",
  ]);
  const nested = order(
    "create /.cnn.partial-a1/.beside/report.md",
    "rename /.cnn.partial-a1 /cnn",
  );
  assert.equal(nested.problems.length, 2);
});

Deno.test("a removal that comes before the rename is on the disk is named", () => {
  for (const gone of ["unlink /.cnn.old/a.csv", "unlink /.cnn.kept/key"]) {
    const { problems } = order(...made, ...synced, ...replaced, gone);
    assert.equal(problems.length, 1, gone);
    assert.match(problems[0], /was removed before the rename was synced/);
  }
});

Deno.test("calls are read from the log that the library writes", () =>
  withFolder(async (folder) => {
    const log = `${folder}/calls.log`;
    assert.deepEqual(await readCalls(log), []);
    await Deno.writeTextFile(log, "mkdir\t\t\nrename\t/a b\t/c\nmemory\n");
    assert.deepEqual(await readCalls(log), [
      { call: "mkdir", path: "", to: "" },
      { call: "rename", path: "/a b", to: "/c" },
      { call: "memory", path: "", to: "" },
    ]);
    await clearLog(log);
    await clearLog(log);
    assert.deepEqual(await readCalls(log), []);
  }));
