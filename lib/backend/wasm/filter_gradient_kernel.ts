import type * as tf from "@tensorflow/tfjs-core";
import { addressOf, assertFloat, type WasmBackend, withHeap } from "./heap.ts";
import { kernels } from "./kernel_module.ts";
import { runPieces } from "./parallel_for.ts";
import { isWinogradGradientFaster } from "./winograd_convolution.ts";

/** Images whose sum is taken in one go. */
const IMAGES_IN_GROUP = 8;
/** As many groups at least, as long as there are images for them. */
const LEAST_GROUPS = 8;
/** Floats of the result that one chunk of the last sum makes. */
const SUM_PIECE = 1 << 16;

/**
 * Gradient of the 3x3 convolution at its filter, `[3, 3, ci, co]`. Groups of
 * images are summed one by one, then the groups in their order: how a batch
 * falls into groups depends on its size only.
 */
export function convolve3x3FilterGradient(
  backend: WasmBackend,
  x: tf.TensorInfo,
  dy: tf.TensorInfo,
): tf.TensorInfo {
  assertFloat("compute the convolution's filter gradient", x, dy);
  const [batch, height, width, ci] = x.shape;
  const co = dy.shape[3];
  const result = backend.makeOutput([3, 3, ci, co], "float32");
  const size = 9 * ci * co;
  const starts = groupStarts(batch);
  const groups = starts.length - 1;
  const winograd = isWinogradGradientFaster({ batch, height, width, ci, co });
  const { filterGradientScratch, winogradFilterGradientScratch } = kernels();
  // Larger groups come first, and need no less than smaller ones.
  const most = starts[1] - starts[0];
  const scratch = winograd
    ? winogradFilterGradientScratch(most, height, width, ci, co)
    : filterGradientScratch(height, width, ci, co);
  const pixelBytes = height * width * 4;
  withHeap(backend, [groups * size * 4], (parts) => {
    runPieces(
      backend,
      winograd ? "winogradFilterGradient" : "filterGradient",
      Array.from({ length: groups }, (_, group) => [
        addressOf(backend, x) + starts[group] * pixelBytes * ci,
        addressOf(backend, dy) + starts[group] * pixelBytes * co,
        parts + group * size * 4,
        starts[group + 1] - starts[group],
        height,
        width,
        ci,
        co,
      ]),
      scratch,
    );
    runPieces(
      backend,
      "sumParts",
      Array.from({ length: Math.ceil(size / SUM_PIECE) }, (_, chunk) => [
        parts + chunk * SUM_PIECE * 4,
        groups,
        size * 4,
        addressOf(backend, result) + chunk * SUM_PIECE * 4,
        Math.min(SUM_PIECE, size - chunk * SUM_PIECE),
      ]),
    );
  });
  return result;
}

/** Into how many groups, each with a sum of its own, a batch falls. */
export function filterGradientParts(batch: number): number {
  return Math.min(
    batch,
    Math.max(LEAST_GROUPS, Math.ceil(batch / IMAGES_IN_GROUP)),
  );
}

/** Where each group of images starts, larger groups first, and the end. */
function groupStarts(batch: number): number[] {
  const groups = filterGradientParts(batch);
  return Array.from(
    { length: groups + 1 },
    (_, group) => Math.ceil(group * batch / groups),
  );
}
