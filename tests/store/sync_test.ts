/** What is on the disk before the next thing is done. */

import assert from "node:assert/strict";
import { openCheckpointStore } from "../../lib/store/checkpoint_store.ts";
import { StageFolder } from "../../lib/store/stage_folder.ts";
import { syncFile, syncFolder, writeDurably } from "../../lib/store/sync.ts";
import { command, namesIn, withFolder } from "../pipeline/fake_pipeline.ts";

/** Does work and notes what is opened, synced, renamed and removed, in order. */
async function watch(
  run: string,
  work: () => Promise<unknown>,
): Promise<string[]> {
  const events: string[] = [];
  const short = (path: string | URL) =>
    String(path).replace(run, "").replace(/-[0-9a-f]{6,}$|-[^/]+(?=\/)/, "");
  const note = (what: string, path: string | URL) =>
    events.push(`${what} ${short(path)}`);
  const paths = new WeakMap<Deno.FsFile, string | URL>();
  const { open, openSync, rename, renameSync, remove } = Deno;
  const proto = Deno.FsFile.prototype;
  const { sync, syncData, syncDataSync } = proto;
  try {
    Deno.open = async (path, options) => {
      const file = await open(path, options);
      paths.set(file, path);
      return file;
    };
    Deno.openSync = (path, options) => {
      const file = openSync(path, options);
      paths.set(file, path);
      return file;
    };
    Deno.rename = (from, to) => {
      note("rename", from);
      return rename(from, to);
    };
    Deno.renameSync = (from, to) => {
      note("rename", from);
      return renameSync(from, to);
    };
    Deno.remove = (path, options) => {
      note("remove", path);
      return remove(path, options);
    };
    proto.sync = function () {
      note("sync", paths.get(this)!);
      return sync.call(this);
    };
    proto.syncData = function () {
      note("sync", paths.get(this)!);
      return syncData.call(this);
    };
    proto.syncDataSync = function () {
      note("sync", paths.get(this)!);
      return syncDataSync.call(this);
    };
    await work();
    return events;
  } finally {
    Object.assign(Deno, { open, openSync, rename, renameSync, remove });
    Object.assign(proto, { sync, syncData, syncDataSync });
  }
}

/** That of these events each comes before the next. */
function assertOrder(events: readonly string[], ...wanted: string[]): void {
  let from = 0;
  for (const event of wanted) {
    const at = events.indexOf(event, from);
    assert.ok(at >= 0, `no "${event}" after ${from} in\n${events.join("\n")}`);
    from = at + 1;
  }
}

const cnn = {
  name: "cnn",
  outputs: [{ file: "cnn/a.csv" }, { file: "report.md" }],
};

const isUnix = Deno.build.os !== "windows";

async function writeStage(run: string): Promise<StageFolder> {
  const folder = await StageFolder.open(run, cnn);
  for (const name of ["stage.json", "a.csv"]) {
    await Deno.writeTextFile(`${folder.path}/${name}`, "{}");
  }
  await folder.writeBeside("report.md", "report");
  return folder;
}

Deno.test({
  name: "a new run's folder is on the disk in the folders around it",
  ignore: !isUnix,
  fn: () =>
    withFolder(async (folder) => {
      const run = `${folder}/reports/new`;
      const events = await watch(
        folder,
        () => command("simulate", `--run ${run} --quiet`),
      );
      assertOrder(
        events,
        "sync /reports",
        "rename /reports/new/.simulate.partial",
      );
      assertOrder(events, "sync ", "rename /reports/new/.simulate.partial");
    }),
});

Deno.test("what is not to last is not synced", () =>
  withFolder(async (run) => {
    const events = await watch(run, async () => {
      const folder = await StageFolder.open(`${run}/new`, cnn, {
        durable: false,
      });
      await Deno.writeTextFile(`${folder.path}/stage.json`, "{}");
      await folder.writeBeside("report.md", "report");
      await folder.commit();
    });
    assert.deepEqual(events.filter((event) => event.startsWith("sync")), []);
    assert.deepEqual(await namesIn(`${run}/new`), ["cnn", "report.md"]);
  }));

Deno.test({
  name: "a stage is on the disk before it takes its place, and then its place",
  ignore: !isUnix,
  fn: () =>
    withFolder(async (run) => {
      await (await writeStage(run)).commit();
      const folder = await writeStage(run);
      const events = await watch(run, () => folder.commit());
      for (const file of ["stage.json", "a.csv", ".beside/report.md"]) {
        assertOrder(
          events,
          `sync /.cnn.partial/${file}`,
          "rename /cnn",
          "rename /.cnn.partial",
        );
      }
      assertOrder(events, "sync /.cnn.partial/.beside", "rename /cnn");
      assertOrder(
        events,
        "sync /.cnn.partial",
        "rename /cnn",
        "rename /.cnn.partial",
        "sync ",
        "rename /cnn/.beside/report.md",
        "sync ",
        "remove /cnn/.beside",
        "remove /.cnn.old",
      );
    }),
});

Deno.test({
  name: "checkpoints and settings are on the disk before their rename",
  ignore: !isUnix,
  fn: () =>
    withFolder(async (run) => {
      const checkpoints = await openCheckpointStore(run, "cnn", "key");
      const kept = await watch(run, () => {
        checkpoints.write("epoch", Uint8Array.of(1));
        return Promise.resolve();
      });
      const partial = "/.cnn.kept/epoch.checkpoint.partial";
      assertOrder(kept, `sync ${partial}`, `rename ${partial}`);
      const config = await watch(
        run,
        () => writeDurably(`${run}/config.json`, "{}"),
      );
      assertOrder(
        config,
        "sync /.config.json.partial",
        "rename /.config.json.partial",
        "sync ",
      );
    }),
});

/** Lets all syncs fail in one way. */
async function withSyncError(code: string, work: () => Promise<void>) {
  const proto = Deno.FsFile.prototype;
  const { sync, syncData, syncDataSync } = proto;
  const error = Object.assign(new Error(`it fails (${code})`), { code });
  const fail = () => Promise.reject(error);
  try {
    Object.assign(proto, {
      sync: fail,
      syncData: fail,
      syncDataSync() {
        throw error;
      },
    });
    await work();
  } finally {
    Object.assign(proto, { sync, syncData, syncDataSync });
  }
}

Deno.test("a file system that cannot sync is used all the same", () =>
  withFolder(async (folder) => {
    for (const code of ["EINVAL", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]) {
      await withSyncError(code, async () => {
        const { status, err } = await command(
          "all",
          `--run ${folder}/${code} --quiet`,
        );
        assert.deepEqual([status, err], [0, ""]);
      });
    }
  }));

Deno.test("a disk that is full or broken when it is synced ends the command", () =>
  withFolder(async (folder) => {
    for (const code of ["ENOSPC", "EIO", "EDQUOT"]) {
      await withSyncError(code, async () => {
        await assert.rejects(writeDurably(`${folder}/a`, "a"), { code });
        if (isUnix) await assert.rejects(syncFolder(folder), { code });
        const { status } = await command("all", `--run ${folder}/run`);
        assert.equal(status, 1);
        assert.deepEqual(await namesIn(folder), []);
      });
      await Deno.writeTextFile(`${folder}/a`, "a");
      await withSyncError(
        code,
        () => assert.rejects(syncFile(`${folder}/a`), { code }),
      );
      await Deno.remove(`${folder}/a`);
    }
  }));
