/** Writes SHAP values. */

import type { Output } from "../store/output.ts";
import { writeNpy } from "../store/npy.ts";
import type { ShapContext } from "./inputs.ts";

/** Writes the values of genes or of decoys, samples x columns, row-major. */
export async function writeValues(
  context: ShapContext,
  output: Output,
  values: Float32Array,
  samples: number,
): Promise<void> {
  const path = context.pathOf(output);
  await writeNpy(path, values, [samples, values.length / samples]);
}
