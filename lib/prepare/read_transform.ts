/** Reads how a run's values were transformed, to take it back. */

import type { Values } from "../cli/parameters.ts";
import type { StageContext } from "../pipeline/stage.ts";
import type { prepareParameters } from "./parameters.ts";
import { undoTransform } from "./undo_transform.ts";

/** What takes back the transform of the stage `prepare`. */
export async function readUndoing(
  context: Pick<StageContext, "parametersOf">,
): Promise<(value: number) => number> {
  const { transform, pseudocount, shift } = await context.parametersOf(
    "prepare",
  ) as Partial<Values<typeof prepareParameters>>;
  return undoTransform({ transform: transform ?? "log2", pseudocount, shift });
}
