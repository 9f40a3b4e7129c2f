/** What the stage `shap` is; what it does is in `stage.ts`. */

import { InputError, rerun } from "../cli/errors.ts";
import { declareStage } from "../pipeline/stage.ts";
import { outputs } from "./outputs.ts";
import { shapParameters } from "./parameters.ts";

export const shapDeclaration = declareStage({
  module: new URL("./stage.ts", import.meta.url).href,
  name: "shap",
  summary: "explains samples by expected gradients and selects the genes",
  needs: ["prepare", "cnn"],
  parameters: shapParameters,
  outputs,
  check: ({ explained, "per-tissue": perTissue, "min-samples": fewest }) => {
    if (explained === "test" || perTissue >= fewest) return;
    throw new InputError(
      `Cannot rank the genes: --shap.per-tissue is ${perTissue} and must be ` +
        `at least --shap.min-samples, which is ${fewest}`,
      rerun("shap", { "per-tissue": fewest }),
    );
  },
});
