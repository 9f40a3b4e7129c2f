/** What the stage `confounding` is; what it does is in `stage.ts`. */

import { declareStage } from "../pipeline/stage.ts";
import { outputs } from "./outputs.ts";
import { confoundingParameters } from "./parameters.ts";

export const confoundingDeclaration = declareStage({
  module: new URL("./stage.ts", import.meta.url).href,
  name: "confounding",
  summary: "measures how much of the answer is the study and not the tissue",
  needs: ["prepare", "shap"],
  parameters: confoundingParameters,
  outputs,
});
