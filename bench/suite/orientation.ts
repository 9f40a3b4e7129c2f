/** Reading a matrix with genes in rows, and the same with samples in rows. */

import type { ReadCsvTask } from "../ours/read_csv.ts";
import type { Benchmark, Workspace } from "./benchmark.ts";
import { runOurs, runPeer } from "./child.ts";
import { makeTable, makeTurned, tablePath, turnedPath } from "./inputs.ts";
import { describeSize } from "./format.ts";
import type { Sizes } from "./sizes.ts";

/** The rows that read one matrix in both orientations. */
export function orientation(
  workspace: Workspace,
  { turned: size }: Sizes,
): Benchmark {
  const upright: ReadCsvTask = { path: tablePath(workspace, size) };
  const turned: ReadCsvTask = {
    path: turnedPath(workspace, size),
    genesInRows: true,
  };
  const ours = (name: string, task: ReadCsvTask) => ({
    name,
    scale: 1,
    run: () => runOurs(workspace, "read_csv.ts", task),
  });
  const pandas = (task: ReadCsvTask) => ({
    name: "pandas.read_csv",
    scale: 1,
    run: () => runPeer(workspace, "read_csv.py", task),
  });
  const samplesInRows = ours("this suite, samples in rows", upright);
  const genesInRows = ours("this suite, genes in rows", turned);
  return {
    rows: [
      {
        id: "load_samples_in_rows",
        title: `Read a CSV of ${describeSize(size)}, samples in rows`,
        timed: "From the file to a float32 matrix of samples x genes with " +
          "names and tissues; we check every cell. The file is in the disk " +
          "cache.",
        ours: samplesInRows,
        peer: pandas(upright),
      },
      {
        id: "load_genes_in_rows",
        title: "The same matrix with genes in rows, the tissues in a row",
        timed: "As above; both sides transpose the matrix.",
        ours: genesInRows,
        peer: pandas(turned),
      },
      {
        id: "load_turned",
        title: "Genes in rows, compared with our own samples in rows",
        timed: "The runs of the two rows above.",
        ours: genesInRows,
        peer: samplesInRows,
        goal: { ratio: 1.5, memory: 1.5 },
      },
    ],
    async prepare() {
      await makeTable(workspace, size);
      await makeTurned(workspace, size);
    },
  };
}
