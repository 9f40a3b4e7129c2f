// Everything that kernels.wasm exports.

export { batchNormReluApply, batchNormReluSums } from "./batch_norm_gradient";
export { channelMoments, channelSum } from "./channel_sums";
export { convolve } from "./convolve";
export { convolveNarrow } from "./convolve_narrow";
export { filterGradient } from "./filter_gradient";
export { matMul } from "./mat_mul";
export { matMulRmsprop } from "./mat_mul_rmsprop";
export { maxPool, maxPoolGradient } from "./max_pool";
export { packFilter, packNarrowFilter, turnFilter } from "./pack_filter";
export { rmspropStep } from "./rmsprop";
export { scaleShiftRelu, scaleShiftReluGradient } from "./scale_shift_relu";
