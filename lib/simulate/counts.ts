/** Reads of one simulated sample: sampling noise and biological variation. */

import {
  randomGamma,
  randomLogNormal,
  randomNormal,
  randomPoisson,
} from "d3-random";
import type { RandomStream } from "../random.ts";
import { moduleSize } from "./module_size.ts";

/** Natural-log spread over genes of the dispersion. */
const DISPERSION_SPREAD = 0.7;
/** log2 change of a module's gene when its factor is one sd higher. */
const LOADINGS = [0.5, 1.2];
/** The share of a module's genes that go down when the others go up. */
const OPPOSITE_SHARE = 0.2;

/** Groups of different genes with their loadings. */
export type Modules = readonly {
  readonly gene: number;
  readonly loading: number;
}[][];

/** Draws the modules' genes from all genes. */
export function drawModules(
  genes: number,
  modules: number,
  stream: RandomStream,
): Modules {
  const size = moduleSize(genes);
  const members = stream.sample(genes, modules * size);
  const [least, most] = LOADINGS;
  return Array.from(
    { length: modules },
    (_, module) =>
      [...members.subarray(module * size, (module + 1) * size)]
        .map((gene) => ({
          gene,
          loading: (stream.uniform() < OPPOSITE_SHARE ? -1 : 1) *
            (least + (most - least) * stream.uniform()),
        })),
  );
}

/**
 * Multiplies the modules' genes by 2^(loading * factor), with a standard
 * normal factor for each module.
 */
export function varyModules(
  abundance: Float64Array,
  modules: Modules,
  stream: RandomStream,
): void {
  const normal = randomNormal.source(stream.uniform)();
  for (const members of modules) {
    const factor = normal();
    for (const { gene, loading } of members) {
      abundance[gene] *= 2 ** (loading * factor);
    }
  }
}

/**
 * Draws each gene's dispersion, log-normal around the median, and returns a
 * sampler of reads: a Poisson whose mean is gamma-distributed, which is a
 * negative binomial with variance = mean + dispersion mean².
 */
export function readSampler(
  genes: number,
  median: number,
  stream: RandomStream,
): (expected: Float64Array) => Float64Array {
  const dispersion = randomLogNormal.source(stream.uniform)(
    Math.log(median),
    DISPERSION_SPREAD,
  );
  const poisson = randomPoisson.source(stream.uniform);
  const gammas = Array.from({ length: genes }, () => {
    const own = dispersion();
    return randomGamma.source(stream.uniform)(1 / own, own);
  });
  return (expected) =>
    expected.map((reads, gene) => poisson(reads * gammas[gene]())());
}
