// The exports of kernels.wasm.

export { batchNormReluApply, batchNormReluSums } from "./batch_norm_gradient";
export { channelSums } from "./channel_sums";
export { convolve, convolveScratch } from "./convolve";
export { convolveNarrow } from "./convolve_narrow";
export { applyDropout, drawDropout } from "./dropout";
export { filterGradient, filterGradientScratch } from "./filter_gradient";
export { matMul, matMulScratch } from "./mat_mul";
export { matMulRmsprop } from "./mat_mul_rmsprop";
export { maxPool, maxPoolGradient } from "./max_pool";
export { packFilter, packNarrowFilter, turnFilter } from "./pack_filter";
export { rmspropStep } from "./rmsprop";
export { scaleShiftRelu, scaleShiftReluGradient } from "./scale_shift_relu";
export { sumParts } from "./sum_parts";
export { winogradConvolve, winogradConvolveScratch } from "./winograd_convolve";
export { winogradFilter, winogradFilterBytes } from "./winograd_filter";
export {
  winogradFilterGradient,
  winogradFilterGradientScratch,
} from "./winograd_filter_gradient";
