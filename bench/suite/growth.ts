/** How time and memory of our own stages grow with the size of the data. */

import { STUDY_SIZES } from "../../lib/cnn/architecture.ts";
import type { Measured, Workspace } from "./benchmark.ts";
import { runOurs } from "./child.ts";
import { median } from "./ratios.ts";
import {
  arrayPaths,
  makeArrays,
  makeModel,
  makeTable,
  type MatrixSize,
  modelFiles,
  tablePath,
} from "./inputs.ts";
import type { GrowthLine } from "./results.ts";

/** Multiples of the smallest size. */
export const STEPS = [1, 2, 4] as const;

/** Sizes at which a stage is measured; one of them grows. */
type Size = Readonly<Record<string, number>>;

/** One kind of work. */
interface GrowingWork {
  readonly work: string;
  /** The smallest size. */
  readonly size: Size;
  /** What grows, with the largest expected exponent of the work. */
  readonly axes: Readonly<Record<string, number>>;
  /** Prepares what a run needs. */
  prepare(workspace: Workspace, size: Size): Promise<unknown>;
  run(workspace: Workspace, size: Size): Promise<Measured>;
}

const TISSUES = 5, WIDTH = 0.25, BATCH = 32;

/** Samples that may be explained, and samples of the background. */
const EXPLAINED = 20, BACKGROUND = 20;

const matrixOf = ({ samples, genes }: Size): MatrixSize => ({
  samples,
  genes,
  tissues: TISSUES,
});

const works: readonly GrowingWork[] = [
  {
    work: "Reading a CSV",
    size: { samples: 240, genes: 5000 },
    axes: { samples: 1, genes: 1 },
    prepare: (workspace, size) => makeTable(workspace, matrixOf(size)),
    run: (workspace, size) =>
      runOurs(workspace, "read_csv.ts", {
        path: tablePath(workspace, matrixOf(size)),
      }),
  },
  {
    work: "Training an epoch",
    size: { samples: 64, genes: 1600 },
    axes: { samples: 1, genes: 1 },
    prepare: (workspace, size) => makeArrays(workspace, trainingMatrix(size)),
    run: (workspace, size) =>
      runOurs(workspace, "train.ts", {
        ...arrayPaths(workspace, trainingMatrix(size)),
        samples: size.samples,
        batch: BATCH,
        tissues: TISSUES,
        ...STUDY_SIZES,
        width: WIDTH,
        threads: workspace.threads,
      }),
  },
  {
    work: "Explaining",
    size: { samples: 4, draws: 50, genes: 1600 },
    axes: { samples: 1, draws: 1, genes: 1 },
    async prepare(workspace, size) {
      await makeArrays(workspace, explainingMatrix(size));
      await makeModel(workspace, networkOf(size));
    },
    run: (workspace, size) =>
      runOurs(workspace, "explain.ts", {
        ...arrayPaths(workspace, explainingMatrix(size)),
        ...modelFiles(workspace, networkOf(size)),
        explained: EXPLAINED,
        samples: size.samples,
        draws: size.draws,
        threads: workspace.threads,
      }),
  },
  {
    work: "Null distribution",
    size: { samples: 100, genes: 500, sets: 8 },
    // Every sample is compared with every other one.
    axes: { samples: 2, genes: 1, sets: 1 },
    prepare: (workspace, size) => makeArrays(workspace, nullMatrix(size)),
    run: (workspace, size) =>
      runOurs(workspace, "null_distribution.ts", {
        ...arrayPaths(workspace, nullMatrix(size)),
        sets: size.sets,
        size: size.genes,
        repeats: 2,
        restarts: 20,
        clusters: TISSUES,
        threads: workspace.threads,
      }),
  },
];

/** One batch more than the timed epoch. */
function trainingMatrix({ samples, genes }: Size): MatrixSize {
  return matrixOf({ samples: samples + BATCH, genes });
}

function explainingMatrix({ genes }: Size): MatrixSize {
  return matrixOf({ samples: EXPLAINED + BACKGROUND, genes });
}

function networkOf({ genes }: Size) {
  return { genes, tissues: TISSUES, ...STUDY_SIZES, width: WIDTH };
}

/** More genes than in any set. */
function nullMatrix({ samples }: Size): MatrixSize {
  return matrixOf({ samples, genes: 4000 });
}

/**
 * Measures each kind of work at 1, 2 and 4 times its smallest size, separately
 * along each axis.
 *
 * @param rounds Runs of each size; the median counts.
 * @param onLine Called after each line.
 * @throws {SideFailure} If a stage fails.
 */
export async function measureGrowth(
  workspace: Workspace,
  rounds: number,
  onLine: (line: GrowthLine) => void,
): Promise<GrowthLine[]> {
  const lines: GrowthLine[] = [];
  for (const { work, size, axes, prepare, run } of works) {
    for (const [axis, expected] of Object.entries(axes)) {
      const sizes = STEPS.map((step) => stepOf(size, axis, step));
      const runs: Measured[][] = sizes.map(() => []);
      for (const each of sizes) await prepare(workspace, each);
      // In turn, so that changes of the machine's speed affect all sizes.
      for (let round = 0; round < rounds; round++) {
        for (const [index, each] of sizes.entries()) {
          runs[index].push(await run(workspace, each));
        }
      }
      const line: GrowthLine = {
        work,
        axis,
        sizes: sizes.map((each) => each[axis]),
        seconds: runs.map((own) => median(own.map(({ seconds }) => seconds))),
        peakBytes: runs.map((own) => {
          const peaks = own.flatMap(({ peakBytes }) => peakBytes ?? []);
          return peaks.length > 0 ? median(peaks) : null;
        }),
        expected,
      };
      onLine(line);
      lines.push(line);
    }
  }
  return lines;
}

/** The smallest size with one axis multiplied. */
function stepOf(size: Size, axis: string, step: number): Size {
  return { ...size, [axis]: size[axis] * step };
}
