/** The operations: float32, channels last, the same on every backend. */

export { batchNormReluGradient } from "./ops/batch_norm_relu_gradient.ts";
export type { BatchNormReluGradient } from "./ops/batch_norm_relu_gradient.ts";
export { biasGradient } from "./ops/bias_gradient.ts";
export { channelMoments } from "./ops/channel_moments.ts";
export type { ChannelMoments } from "./ops/channel_moments.ts";
export { convolve } from "./ops/convolve.ts";
export { convolveFilterGradient } from "./ops/convolve_filter_gradient.ts";
export { convolveInputGradient } from "./ops/convolve_input_gradient.ts";
export { matMul } from "./ops/mat_mul.ts";
export { matMulRmspropStep } from "./ops/mat_mul_rmsprop_step.ts";
export { maxPool2 } from "./ops/max_pool.ts";
export {
  maxPool2Gradient,
  maxPool2GradientOver,
} from "./ops/max_pool_gradient.ts";
export { rmspropStep } from "./ops/rmsprop_step.ts";
export { scaleShiftRelu } from "./ops/scale_shift_relu.ts";
export { scaleShiftReluGradient } from "./ops/scale_shift_relu_gradient.ts";
