/** Reads how a run's values were transformed. */

import type { Values } from "../cli/parameters.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { prepareParameters } from "./parameters.ts";
import type { UndoneTransform } from "./undo_transform.ts";

/** The transform of the stage `prepare`, as `undoTransform` takes it back. */
export async function readTransform(
  context: Pick<StageContext, "parametersOf">,
): Promise<UndoneTransform> {
  const { transform, pseudocount, shift } = await context.parametersOf(
    "prepare",
  ) as Partial<Values<typeof prepareParameters>>;
  return { transform: transform ?? "log2", pseudocount, shift };
}
