/** Layers in the form that Keras and TensorFlow.js share. */

/** A Keras layer: its class and its configuration. */
export interface KerasLayer {
  readonly class_name: string;
  readonly config: {
    readonly name: string;
    readonly trainable: true;
    readonly [key: string]: unknown;
  };
}

/** Keras's name of `glorotUniform`. */
export const GLOROT = {
  class_name: "VarianceScaling",
  config: { scale: 1, mode: "fan_avg", distribution: "uniform", seed: null },
};

/** A layer by its class, its name and what else there is to say. */
export function kerasLayer(
  class_name: string,
  name: string,
  config: Record<string, unknown> = {},
): KerasLayer {
  return { class_name, config: { name, trainable: true, ...config } };
}

export function kerasDense(
  name: string,
  units: number,
  activation: string,
  useBias: boolean,
): KerasLayer {
  return kerasLayer("Dense", name, {
    units,
    activation,
    use_bias: useBias,
    kernel_initializer: GLOROT,
  });
}

/** A convolution with zero padding, without bias; `side` is the kernel's. */
export function kerasConvolution(
  name: string,
  filters: number,
  side: number,
): KerasLayer {
  return kerasLayer("Conv2D", name, {
    filters,
    kernel_size: [side, side],
    strides: [1, 1],
    padding: "same",
    data_format: "channels_last",
    dilation_rate: [1, 1],
    activation: "linear",
    use_bias: false,
    kernel_initializer: GLOROT,
  });
}
