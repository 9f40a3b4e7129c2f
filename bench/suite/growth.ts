/** How time and memory of our own stages grow with the size of the work. */

import type { Measured, Workplace } from "./benchmark.ts";
import { runOurs } from "./child.ts";
import { median } from "./figures.ts";
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

/** Sizes at which a stage is measured while one of them grows. */
type Size = Readonly<Record<string, number>>;

/** One kind of work. */
interface GrowingWork {
  readonly work: string;
  /** The smallest size. */
  readonly size: Size;
  /** What grows, with the exponent by which the work grows with it, at most. */
  readonly axes: Readonly<Record<string, number>>;
  /** Makes what a run needs. */
  prepare(place: Workplace, size: Size): Promise<unknown>;
  run(place: Workplace, size: Size): Promise<Measured>;
}

const TISSUES = 5, WIDTH = 0.25, BATCH = 32;

/** Samples that may be explained, with those that they are measured against. */
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
    prepare: (place, size) => makeTable(place, matrixOf(size)),
    run: (place, size) =>
      runOurs(place, "read_csv.ts", {
        path: tablePath(place, matrixOf(size)),
      }),
  },
  {
    work: "Training an epoch",
    size: { samples: 64, genes: 1600 },
    axes: { samples: 1, genes: 1 },
    prepare: (place, size) => makeArrays(place, trainingMatrix(size)),
    run: (place, size) =>
      runOurs(place, "train.ts", {
        ...arrayPaths(place, trainingMatrix(size)),
        samples: size.samples,
        batch: BATCH,
        tissues: TISSUES,
        width: WIDTH,
        threads: place.threads,
      }),
  },
  {
    work: "Explaining",
    size: { samples: 4, draws: 50, genes: 1600 },
    axes: { samples: 1, draws: 1, genes: 1 },
    async prepare(place, size) {
      await makeArrays(place, explainingMatrix(size));
      await makeModel(place, networkOf(size));
    },
    run: (place, size) =>
      runOurs(place, "explain.ts", {
        ...arrayPaths(place, explainingMatrix(size)),
        ...modelFiles(place, networkOf(size)),
        explained: EXPLAINED,
        samples: size.samples,
        draws: size.draws,
        threads: place.threads,
      }),
  },
  {
    work: "Null distribution",
    size: { samples: 100, genes: 500, sets: 8 },
    // Every sample is compared with every other one.
    axes: { samples: 2, genes: 1, sets: 1 },
    prepare: (place, size) => makeArrays(place, nullMatrix(size)),
    run: (place, size) =>
      runOurs(place, "null_distribution.ts", {
        ...arrayPaths(place, nullMatrix(size)),
        sets: size.sets,
        size: size.genes,
        repeats: 2,
        restarts: 20,
        clusters: TISSUES,
        threads: place.threads,
      }),
  },
];

/** One batch more than the epoch that is timed. */
function trainingMatrix({ samples, genes }: Size): MatrixSize {
  return matrixOf({ samples: samples + BATCH, genes });
}

function explainingMatrix({ genes }: Size): MatrixSize {
  return matrixOf({ samples: EXPLAINED + BACKGROUND, genes });
}

function networkOf({ genes }: Size) {
  return { genes, tissues: TISSUES, width: WIDTH };
}

/** More genes than any set has. */
function nullMatrix({ samples }: Size): MatrixSize {
  return matrixOf({ samples, genes: 4000 });
}

/**
 * Measures each kind of work at 1, 2 and 4 times its smallest size, along
 * each of its axes by itself.
 *
 * @param rounds Runs of each size, of which the median counts.
 * @param onLine Told of each line as it is done.
 * @throws {SideFailure} If a stage fails.
 */
export async function measureGrowth(
  place: Workplace,
  rounds: number,
  onLine: (line: GrowthLine) => void,
): Promise<GrowthLine[]> {
  const lines: GrowthLine[] = [];
  for (const { work, size, axes, prepare, run } of works) {
    for (const [axis, expected] of Object.entries(axes)) {
      const sizes = STEPS.map((step) => stepOf(size, axis, step));
      const runs: Measured[][] = sizes.map(() => []);
      for (const each of sizes) await prepare(place, each);
      // In turn, so that a machine that slows down slows all sizes down.
      for (let round = 0; round < rounds; round++) {
        for (const [at, each] of sizes.entries()) {
          runs[at].push(await run(place, each));
        }
      }
      const line: GrowthLine = {
        work,
        axis,
        sizes: sizes.map((each) => each[axis]),
        seconds: runs.map((of) => median(of.map(({ seconds }) => seconds))),
        peakBytes: runs.map((of) => {
          const peaks = of.flatMap(({ peakBytes }) => peakBytes ?? []);
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

/** The smallest size, one of its axes longer. */
function stepOf(size: Size, axis: string, step: number): Size {
  return { ...size, [axis]: size[axis] * step };
}
