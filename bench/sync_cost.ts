/**
 * What it costs to bring a run's files onto the disk: makes the demo and prints
 * how often it waited for the disk, how long, and what share of the time that
 * was. Flags of `all` are passed on.
 *
 *     deno run --allow-read --allow-write=reports \
 *       --allow-env=XDG_RUNTIME_DIR bench/sync_cost.ts
 */

import { DONE } from "../lib/cli/exit_status.ts";
import { runCommand } from "../lib/pipeline/run_command.ts";
import { pipeline } from "../lib/pipeline/stages.ts";
import { removeTree } from "../lib/store/files.ts";

const RUN = "reports/sync-cost";

let count = 0;
let waited = 0;

/** Does work that waits for the disk, and notes how long it waited. */
async function timed(work: () => Promise<void>): Promise<void> {
  const start = performance.now();
  await work();
  waited += performance.now() - start;
  count++;
}

const proto = Deno.FsFile.prototype;
const { sync, syncData, syncDataSync } = proto;
proto.sync = function () {
  return timed(() => sync.call(this));
};
proto.syncData = function () {
  return timed(() => syncData.call(this));
};
proto.syncDataSync = function () {
  const start = performance.now();
  syncDataSync.call(this);
  waited += performance.now() - start;
  count++;
};

await removeTree(RUN);
try {
  const start = performance.now();
  const flags = ["--run", RUN, "--quiet", ...Deno.args];
  const status = await runCommand(pipeline, "all", flags);
  const seconds = (performance.now() - start) / 1000;
  Deno.exitCode = status;
  const share = waited / 10 / seconds;
  if (status === DONE) {
    console.log(
      `${count} syncs took ${(waited / 1000).toFixed(2)} s of ` +
        `${seconds.toFixed(1)} s: ${share.toFixed(2)} %`,
    );
  }
} finally {
  await removeTree(RUN);
}
