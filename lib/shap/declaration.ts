/** What the stage `shap` is; what it does is in `stage.ts`. */

import { declareStage } from "../pipeline/stage.ts";
import { outputs } from "./outputs.ts";
import { shapParameters } from "./parameters.ts";

export const shapDeclaration = declareStage({
  module: new URL("./stage.ts", import.meta.url).href,
  name: "shap",
  summary:
    "explains each test sample by expected gradients and selects the genes",
  needs: ["prepare", "cnn"],
  parameters: shapParameters,
  outputs,
});
