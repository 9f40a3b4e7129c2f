/** An image in which genes that are expressed together are neighbors. */

import { imageSide } from "../../lib/prepare/image.ts";
import type { RandomStream } from "../../lib/random.ts";

/** Steps of the power iteration; vectors change little after some dozens. */
const STEPS = 100;

/**
 * Places genes by the second and third eigenvector of their similarity
 * `(1 + r) / 2`, where r is Pearson's correlation, normalized by its row sums
 * (spectral seriation: Atkins, Boman and Hendrickson 1998): the image's rows
 * are runs of the order by the second, sorted by the third. The similarity is
 * never formed.
 *
 * @param values samples x genes, of training samples.
 * @param stream Draws the start of the power iteration.
 * @returns Each gene's pixel.
 */
export function coexpressionPixels(
  values: Float32Array,
  samples: number,
  stream: RandomStream,
): Uint32Array {
  const genes = values.length / samples;
  const z = standardize(values, samples);
  const multiply = (vector: Float64Array) => similarity(z, samples, vector);
  const scale = multiply(new Float64Array(genes).fill(1)).map((sum) =>
    1 / Math.sqrt(sum)
  );
  // The first eigenvector of the normalized similarity is known.
  const known = [unit(scale.map((factor) => 1 / factor))];
  for (let count = 0; count < 2; count++) {
    let vector = Float64Array.from(
      { length: genes },
      () => stream.uniform() - 0.5,
    );
    for (let step = 0; step < STEPS; step++) {
      const next = multiply(vector.map((value, gene) => value * scale[gene]))
        .map((value, gene) => value * scale[gene]);
      for (const other of known) removeFrom(next, other);
      vector = unit(next);
    }
    known.push(vector);
  }
  const [, second, third] = known
    .map((vector) => vector.map((value, gene) => value * scale[gene]));
  const side = imageSide(genes);
  const order = Array.from({ length: genes }, (_, gene) => gene)
    .sort((a, b) => second[a] - second[b] || a - b);
  const pixelOf = new Uint32Array(genes);
  for (let start = 0; start < genes; start += side) {
    order.slice(start, start + side)
      .sort((a, b) => third[a] - third[b] || a - b)
      .forEach((gene, place) => pixelOf[gene] = start + place);
  }
  return pixelOf;
}

/** samples x genes: each gene with mean 0 and mean square 1, or all 0. */
function standardize(values: Float32Array, samples: number): Float32Array {
  const genes = values.length / samples;
  const z = new Float32Array(values.length);
  for (let gene = 0; gene < genes; gene++) {
    let [sum, squares] = [0, 0];
    for (let at = gene; at < values.length; at += genes) sum += values[at];
    const mean = sum / samples;
    for (let at = gene; at < values.length; at += genes) {
      squares += (values[at] - mean) ** 2;
    }
    const deviation = Math.sqrt(squares / samples);
    if (deviation === 0) continue;
    for (let at = gene; at < values.length; at += genes) {
      z[at] = (values[at] - mean) / deviation;
    }
  }
  return z;
}

/** (1 + r) / 2 times a vector, where r = transposed(z) z / samples. */
function similarity(
  z: Float32Array,
  samples: number,
  vector: Float64Array,
): Float64Array {
  const genes = vector.length;
  const result = new Float64Array(genes)
    .fill(vector.reduce((sum, value) => sum + value, 0) / 2);
  for (let sample = 0; sample < samples; sample++) {
    const row = z.subarray(sample * genes, (sample + 1) * genes);
    let product = 0;
    for (let gene = 0; gene < genes; gene++) {
      product += row[gene] * vector[gene];
    }
    const factor = product / (2 * samples);
    for (let gene = 0; gene < genes; gene++) result[gene] += factor * row[gene];
  }
  return result;
}

function unit(vector: Float64Array): Float64Array<ArrayBuffer> {
  const length = Math.sqrt(
    vector.reduce((sum, value) => sum + value * value, 0),
  );
  return Float64Array.from(vector, (value) => value / length);
}

/** Takes out what a vector has of another one, which is of length 1. */
function removeFrom(vector: Float64Array, other: Float64Array): void {
  let product = 0;
  for (let index = 0; index < vector.length; index++) {
    product += vector[index] * other[index];
  }
  for (let index = 0; index < vector.length; index++) {
    vector[index] -= product * other[index];
  }
}
