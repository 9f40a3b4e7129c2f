/** The operations: float32, channels last, the same on every backend. */

export { batchNormReluGradient, channelMoments } from "./ops/batch_norm.ts";
export { biasGradient } from "./ops/bias_gradient.ts";
export {
  convolve,
  convolveFilterGradient,
  convolveInputGradient,
} from "./ops/convolve.ts";
export {
  applyDropout,
  applyDropoutOver,
  drawDropout,
  type DropoutMask,
} from "./ops/dropout.ts";
export { matMul } from "./ops/mat_mul.ts";
export { maxPool2, maxPool2GradientOver } from "./ops/max_pool.ts";
export { matMulRmspropStep, rmspropStep } from "./ops/rmsprop_step.ts";
export {
  scaleShiftRelu,
  scaleShiftReluGradient,
} from "./ops/scale_shift_relu.ts";
