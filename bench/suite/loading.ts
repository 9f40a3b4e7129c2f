/** Reading the matrix: the user's CSV, and the output of `prepare`. */

import type { LoadPreparedTask } from "../ours/load_prepared.ts";
import type { ReadCsvTask } from "../ours/read_csv.ts";
import { type Benchmark, SideFailure, type Workspace } from "./benchmark.ts";
import { explainFailure, runOurs, runPeer, runProgram } from "./child.ts";
import { makeTable, tablePath } from "./inputs.ts";
import { describeSize } from "./format.ts";
import type { Sizes } from "./sizes.ts";

/** The rows that read a matrix. */
export function loading(workspace: Workspace, { table }: Sizes): Benchmark {
  const path = tablePath(workspace, table);
  const run = `${workspace.scratch}/prepared`;
  const read: ReadCsvTask = { path };
  const load: LoadPreparedTask = { run };
  const csv = {
    name: "this suite",
    scale: 1,
    run: () => runOurs(workspace, "read_csv.ts", read),
  };
  const prepared = {
    name: "this suite",
    scale: 1,
    run: () => runOurs(workspace, "load_prepared.ts", load),
  };
  const pandas = {
    name: "pandas.read_csv",
    scale: 1,
    run: () => runPeer(workspace, "read_csv.py", { path }),
  };
  const size = describeSize(table);
  return {
    rows: [
      {
        id: "load_csv",
        title: `Read a CSV of ${size}`,
        timed: "From the file to a float32 matrix with names; we check every " +
          "cell. The start of the programs is not timed. The file is in the " +
          "disk cache.",
        ours: csv,
        peer: pandas,
        goal: { ratio: 0.7 },
      },
      {
        id: "load_npy",
        title: `Load it in the next stage (${size} and decoys)`,
        timed: "What every stage after `prepare` reads: names, values, and " +
          "decoys at their columns. The peer reads the CSV again.",
        ours: prepared,
        peer: pandas,
        goal: { ratio: 0.05 },
      },
    ],
    async prepare() {
      await makeTable(workspace, table);
      await runPrepare(workspace, path, run);
    },
  };
}

/** Runs the stage itself, so that its files are those of a real run. */
async function runPrepare(
  workspace: Workspace,
  input: string,
  run: string,
): Promise<void> {
  const result = await runProgram(Deno.execPath(), {
    args: [
      ..."run --quiet --no-prompt --allow-read".split(" "),
      `--allow-write=${workspace.scratch}`,
      "scripts/prepare.ts",
      ..."--force --quiet --run".split(" "),
      run,
      "--input",
      input,
    ],
    cwd: workspace.project,
  });
  if (result.code !== 0) {
    throw new SideFailure(explainFailure(result, workspace));
  }
}
