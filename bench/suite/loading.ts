/** Reading the matrix: the user's CSV, and what `prepare` makes of it. */

import type { LoadPreparedTask } from "../ours/load_prepared.ts";
import type { ReadCsvTask } from "../ours/read_csv.ts";
import { type Benchmark, SideFailure, type Workplace } from "./benchmark.ts";
import { explainFailure, runOurs, runPeer, runProgram } from "./child.ts";
import { makeTable, tablePath } from "./inputs.ts";
import { describeSize } from "./words.ts";
import type { Sizes } from "./sizes.ts";

/** The rows that read a matrix. */
export function loading(place: Workplace, { table }: Sizes): Benchmark {
  const path = tablePath(place, table);
  const run = `${place.scratch}/prepared`;
  const read: ReadCsvTask = { path };
  const load: LoadPreparedTask = { run };
  const csv = {
    name: "this suite",
    scale: 1,
    run: () => runOurs(place, "read_csv.ts", read),
  };
  const prepared = {
    name: "this suite",
    scale: 1,
    run: () => runOurs(place, "load_prepared.ts", load),
  };
  const pandas = (engine: "c" | "pyarrow") => ({
    name: engine === "c" ? "pandas.read_csv" : `pandas, engine="${engine}"`,
    scale: 1,
    run: () => runPeer(place, "read_csv.py", { path, engine }),
  });
  const [c, pyarrow] = [pandas("c"), pandas("pyarrow")];
  const size = describeSize(table);
  return {
    rows: [
      {
        id: "load_csv",
        title: `Read a CSV of ${size}`,
        timed: "From the file to a float32 matrix with names, checked by us " +
          "cell by cell. Not timed: the start of the programs. The file lies " +
          "in the machine's memory already.",
        ours: csv,
        peer: c,
        goal: { ratio: 0.7 },
      },
      {
        id: "load_csv_pyarrow",
        title: `The same, against pandas's threaded engine`,
        timed: "As above.",
        ours: csv,
        peer: pyarrow,
      },
      {
        id: "load_npy",
        title: `Load it in the next stage (${size} and decoys)`,
        timed: "What every stage after `prepare` reads: names, values, " +
          "decoys put among the genes. The peer reads the CSV again.",
        ours: prepared,
        peer: c,
        goal: { ratio: 0.05 },
      },
    ],
    async prepare() {
      await makeTable(place, table);
      await runPrepare(place, path, run);
    },
  };
}

/** Runs the stage itself, so that its files are those of a real run. */
async function runPrepare(
  place: Workplace,
  input: string,
  run: string,
): Promise<void> {
  const said = await runProgram(Deno.execPath(), {
    args: [
      ..."run --quiet --no-prompt --allow-read".split(" "),
      `--allow-write=${place.scratch}`,
      "scripts/prepare.ts",
      ..."--force --quiet --run".split(" "),
      run,
      "--input",
      input,
    ],
    cwd: place.project,
  });
  if (said.code !== 0) throw new SideFailure(explainFailure(said, place));
}
