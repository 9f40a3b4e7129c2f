/** The same matrices as in `tests/fixtures/ml/umap_matrices.py`; see there. */

/** A matrix with the tissue, or the like, of each sample. */
export interface LabeledMatrix {
  /** Samples x dimensions, row-major. */
  readonly rows: Float32Array;
  readonly samples: number;
  readonly dimensions: number;
  readonly labels: number[];
}

class Generator {
  #state: bigint;

  constructor(seed: number) {
    this.#state = BigInt(seed);
  }

  below(limit: number): number {
    this.#state = BigInt.asUintN(32, this.#state * 1664525n + 1013904223n);
    return Number(this.#state * BigInt(limit) >> 32n);
  }

  noise(scale: number): number {
    let sum = -2 * scale;
    for (let draw = 0; draw < 4; draw++) sum += this.below(scale);
    return sum;
  }
}

/** 150 samples of six tissues, 60 genes. */
export function tissueMatrix(): LabeledMatrix {
  const generator = new Generator(7);
  const levels = Array.from({ length: 60 }, () => generator.below(4096));
  const labels = Array.from({ length: 150 }, (_, sample) => sample % 6);
  const values = labels.flatMap((tissue) =>
    levels.map((level, gene) =>
      level + (gene % 12 === tissue ? 900 : 0) +
      (gene % 12 === 6 + Math.floor(tissue / 2) ? 700 : 0) +
      generator.noise(1050)
    )
  );
  return matrixOf(values, 150, labels);
}

/** 180 samples on three branches, 20 genes. */
export function branchMatrix(): LabeledMatrix {
  const generator = new Generator(11);
  const ends = Array.from(
    { length: 6 },
    () => Array.from({ length: 20 }, () => generator.noise(800)),
  );
  const labels: number[] = [];
  const values: number[] = [];
  for (let sample = 0; sample < 180; sample++) {
    const branch = [0, 0, 0, 1, 1, 2][sample % 6];
    const position = generator.below(1024);
    const first = 2 * Math.min(position, 512);
    const second = 2 * Math.max(position - 512, 0);
    for (let gene = 0; gene < 20; gene++) {
      const value = ends[branch][gene] * first +
        ends[3 + branch][gene] * second;
      values.push(
        Math.floor(value / 1024) + generator.noise([40, 120, 240][branch]),
      );
    }
    labels.push(3 * branch + Math.floor(position * 3 / 1024));
  }
  return matrixOf(values, 180, labels);
}

/** 200 handwritten digits of 64 pixels, as the fixture has them. */
export function digitMatrix(
  rows: readonly string[],
  labels: number[],
): LabeledMatrix {
  const values = rows.flatMap((row) =>
    Array.from(row, (digit) => 1024 * parseInt(digit, 17))
  );
  return matrixOf(values, rows.length, labels);
}

function matrixOf(
  values: readonly number[],
  samples: number,
  labels: number[],
): LabeledMatrix {
  const rows = Float32Array.from(values, (value) => value / 1024);
  return { rows, samples, dimensions: rows.length / samples, labels };
}
