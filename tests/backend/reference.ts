/** Simple float64 versions of the operations, independent of the library. */

/** `[batch, height, width, channels]`. */
export type Shape = [number, number, number, number];

type Values = ArrayLike<number>;

/** Calls visit(x index, filter index, y index) for each product of a convolution. */
function eachProduct(
  [batch, height, width, ci]: Shape,
  co: number,
  visit: (x: number, filter: number, y: number) => void,
): void {
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        for (let u = 0; u < 3; u++) {
          for (let v = 0; v < 3; v++) {
            const [row, column] = [i + u - 1, j + v - 1];
            if (row < 0 || row >= height) continue;
            if (column < 0 || column >= width) continue;
            for (let c = 0; c < ci; c++) {
              for (let o = 0; o < co; o++) {
                visit(
                  ((b * height + row) * width + column) * ci + c,
                  ((u * 3 + v) * ci + c) * co + o,
                  ((b * height + i) * width + j) * co + o,
                );
              }
            }
          }
        }
      }
    }
  }
}

export function convolve(x: Values, filter: Values, shape: Shape, co: number) {
  const y = new Float64Array(shape[0] * shape[1] * shape[2] * co);
  eachProduct(shape, co, (input, tap, output) => {
    y[output] += x[input] * filter[tap];
  });
  return y;
}

export function inputGradient(
  dy: Values,
  filter: Values,
  shape: Shape,
  co: number,
) {
  const dx = new Float64Array(shape[0] * shape[1] * shape[2] * shape[3]);
  eachProduct(shape, co, (input, tap, output) => {
    dx[input] += dy[output] * filter[tap];
  });
  return dx;
}

export function filterGradient(
  x: Values,
  dy: Values,
  shape: Shape,
  co: number,
) {
  const gradient = new Float64Array(9 * shape[3] * co);
  eachProduct(shape, co, (input, tap, output) => {
    gradient[tap] += x[input] * dy[output];
  });
  return gradient;
}

/** Indices of each 2x2 window, row-major, with the index of its output. */
export function eachWindow(
  [batch, height, width, channels]: Shape,
  visit: (window: number[], y: number) => void,
): void {
  let y = 0;
  for (let b = 0; b < batch; b++) {
    for (let i = 0; i + 1 < height; i += 2) {
      for (let j = 0; j + 1 < width; j += 2) {
        for (let c = 0; c < channels; c++) {
          const indexOf = (row: number, column: number) =>
            ((b * height + row) * width + column) * channels + c;
          visit([
            indexOf(i, j),
            indexOf(i, j + 1),
            indexOf(i + 1, j),
            indexOf(i + 1, j + 1),
          ], y++);
        }
      }
    }
  }
}

/** Index of the largest element of a window, the first of equal ones. */
export function firstLargest(x: Values, window: number[]): number {
  return window.reduce((best, index) => x[index] > x[best] ? index : best);
}

export function matMul(
  a: Values,
  b: Values,
  [rows, inner, columns]: [number, number, number],
  transposeA: boolean,
  transposeB: boolean,
) {
  const product = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      for (let k = 0; k < inner; k++) {
        product[i * columns + j] +=
          a[transposeA ? k * rows + i : i * inner + k] *
          b[transposeB ? j * inner + k : k * columns + j];
      }
    }
  }
  return product;
}

/** Mean and population variance of each channel. */
export function moments(z: Values, channels: number) {
  const count = z.length / channels;
  const mean = new Float64Array(channels);
  const variance = new Float64Array(channels);
  for (let i = 0; i < z.length; i++) mean[i % channels] += z[i] / count;
  for (let i = 0; i < z.length; i++) {
    variance[i % channels] += (z[i] - mean[i % channels]) ** 2 / count;
  }
  return { mean, variance };
}

/** sum of weights * relu(batch normalization), statistics of the batch. */
export function batchNormReluLoss(
  z: Values,
  weights: Values,
  gamma: Values,
  beta: Values,
  epsilon: number,
): number {
  const channels = gamma.length;
  const { mean, variance } = moments(z, channels);
  let loss = 0;
  for (let i = 0; i < z.length; i++) {
    const c = i % channels;
    const h = (z[i] - mean[c]) / Math.sqrt(variance[c] + epsilon);
    loss += weights[i] * Math.max(0, gamma[c] * h + beta[c]);
  }
  return loss;
}

/** Central differences of a scalar function, one coordinate at a time. */
export function differences(
  f: (x: Float64Array) => number,
  point: Values,
  step: number,
) {
  const x = Float64Array.from(point);
  return x.map((value, i) => {
    x[i] = value + step;
    const above = f(x);
    x[i] = value - step;
    const below = f(x);
    x[i] = value;
    return (above - below) / (2 * step);
  });
}
