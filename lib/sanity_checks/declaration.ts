/** What the stage `checks` is; what it does is in `stage.ts`. */

import { declareStage } from "../pipeline/stage.ts";
import { outputs } from "./outputs.ts";
import { checksParameters } from "./parameters.ts";

export const checksDeclaration = declareStage({
  module: new URL("./stage.ts", import.meta.url).href,
  name: "checks",
  summary: "checks that the scores depend on what the network learned",
  needs: ["prepare", "cnn", "shap"],
  parameters: checksParameters,
  outputs,
});
