/** UMAP's curve, fitted once and not for every layout: thousands are made. */

import type { UMAP } from "umap-js";

/** The two numbers of UMAP's curve 1 / (1 + a x^(2b)). */
interface Curve {
  readonly a: number;
  readonly b: number;
}

/** What umap-js keeps to itself and this file needs of it. */
interface Internals {
  spread: number;
  minDist: number;
  embedding: number[][];
  graph: { nCols: number };
  optimizationState: Curve;
  getNEpochs(): number;
  initializeOptimization(): void;
  assignOptimizationStateParameters(state: Record<string, unknown>): void;
}

const curves = new Map<string, Curve>();

/**
 * Lets this UMAP take the curve that an earlier one of the same spread and
 * smallest distance was fitted with. umap-js fits the same curve to the same
 * 300 points for every layout, which takes about 100 ms; a layout of 48
 * samples takes a third of that. The layouts are the same to the last bit.
 *
 * @param umap Before its layout begins.
 */
export function reuseCurve(umap: UMAP): void {
  const internals = umap as unknown as Internals;
  const fit = internals.initializeOptimization;
  internals.initializeOptimization = function () {
    const key = `${this.spread}/${this.minDist}`;
    const curve = curves.get(key);
    if (curve === undefined) {
      fit.call(this);
      const { a, b } = this.optimizationState;
      curves.set(key, { a, b });
      return;
    }
    this.assignOptimizationStateParameters({
      headEmbedding: this.embedding,
      tailEmbedding: this.embedding,
      ...curve,
      nEpochs: this.getNEpochs(),
      nVertices: this.graph.nCols,
    });
  };
}
