/**
 * What a kind of layer provides; all of it stands in that kind's own file.
 *
 * Shapes: B samples in the batch, S the side of the image, C channels, U units.
 */

import type * as tf from "@tensorflow/tfjs-core";
import type { DropoutMask } from "../../backend/ops.ts";
import type { RandomStream } from "../../random.ts";
import type { CnnValues } from "../parameters.ts";
import type { Activation } from "./activation.ts";
import type { BatchStatistics } from "./batch_norm.ts";
import type { KerasLayer } from "./keras_layers.ts";
import type { WeightDeclaration } from "./weights.ts";

/** One sample's values, the batch left out: `[S, S, C]` or `[U]`. */
export type Shape = readonly number[];

/** A layer's variables in the order in which it declares them. */
export type Variables = readonly tf.Variable[];

/** A layer with its options, before it is known what goes into it. */
export type LayerPlan = (input: Shape, tissues: number) => Layer;

/** Dropout's rate and BatchNorm's momentum, for all layers of a run. */
export type LayerSettings = Pick<CnnValues, "dropout" | "momentum">;

/** A layer of known sizes; its weights are kept by the network. */
export interface Layer {
  readonly name: string;
  readonly inputShape: Shape;
  readonly outputShape: Shape;
  /** In the order of `weights.bin`. */
  readonly weights: readonly WeightDeclaration[];
  readonly memory?: LayerMemory;
  /** Of one sample's forward pass, as the kernels do it; default 0. */
  readonly multiplyAdds?: number;

  /**
   * Draws what is random in the layer for one batch. All layers draw before
   * the forward pass, in turn, from the batch's stream.
   *
   * @returns The caller frees it; undefined if there is nothing to draw.
   */
  drawMask?(
    batch: number,
    settings: Pick<LayerSettings, "dropout">,
    stream: RandomStream,
  ): DropoutMask | undefined;

  /**
   * Runs a batch forward in training mode.
   *
   * @param input To be released once it has been read.
   * @param mask What `drawMask` gave. Left out, nothing is random.
   */
  forward(
    input: Activation,
    variables: Variables,
    mask?: DropoutMask,
  ): LayerPass;

  /**
   * The layer in inference mode; undefined if it does nothing there.
   *
   * @param startWeight What BatchNorm's stored statistics still hold of their
   * starting values.
   */
  freeze(variables: Variables, startWeight: number): FrozenLayer | undefined;

  /** The layer as Keras knows it. */
  kerasLayers(settings: LayerSettings): KerasLayer[];
}

/**
 * Takes each gradient of the weights once, as the backward pass makes them. It
 * may change that variable at once: nothing later in the pass reads it.
 */
export interface GradientReceiver {
  /** Takes a gradient, which it frees. */
  apply(variable: tf.Variable, gradient: tf.Tensor): void;
  /**
   * Takes the gradient of a dense layer's kernel, which may be the largest of
   * all, as the two matrices it is the product of: transposed(a) b. They stay
   * the caller's.
   */
  applyProduct(variable: tf.Variable, a: tf.Tensor2D, b: tf.Tensor2D): void;
}

/** One batch on its way through one layer. */
export interface LayerPass {
  readonly output: Activation;
  /** In training mode, if the layer has a BatchNorm. */
  readonly statistics?: BatchStatistics;
  /**
   * Runs the batch back, in training mode hands over each weight's gradient,
   * and frees what the pass has kept.
   *
   * @param gradient d loss / d output; the layer frees it, or gives it back
   * changed. The last layer's is shared with the caller: it must not be
   * written over.
   * @param needsInputGradient Whether another layer stands before this one.
   * @returns d loss / d input; it may be left out if it is not needed.
   */
  backward(
    gradient: tf.Tensor,
    receiver: GradientReceiver,
    needsInputGradient: boolean,
  ): tf.Tensor | undefined;
  /** Frees what is kept beside input and output, without a backward pass. */
  dispose?(): void;
}

/** A layer whose BatchNorm statistics are fixed. */
export interface FrozenLayer {
  /**
   * Runs a batch forward in inference mode.
   *
   * @param input To be released once it has been read.
   * @param keep Whether `backward` will be called.
   */
  forward(input: Activation, keep: boolean): LayerPass;
  /** Frees what `freeze` made. */
  dispose?(): void;
}

/**
 * How many values of one sample the layer holds in training; what is left out
 * is 0. The mask has as many bytes as the output has values.
 */
export interface LayerMemory {
  /** In the largest tensor that it makes; default the output's size. */
  readonly largest?: number;
  /** Kept for the backward pass beside input and output. */
  readonly kept?: number;
  /** Whether the backward pass reads the input; default false. */
  readonly readsInput?: boolean;
  /**
   * Whether the output is kept for the backward pass: always, as the layer
   * itself reads it there; never, as it is recomputed; by default, if the next
   * layer reads it.
   */
  readonly keepsOutput?: "always" | "never";
  /**
   * The most in the backward pass before the input's gradient is made, beside
   * all that this layer and those before it keep; default the output's
   * gradient.
   */
  readonly backward?: number;
  /** Bytes that kernels take beside all tensors, where they count. */
  scratchBytes?(batch: number): number;
}
