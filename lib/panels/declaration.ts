/** What the stage `panels` is; what it does is in `stage.ts`. */

import { declareStage } from "../pipeline/stage.ts";
import { outputs } from "./outputs.ts";
import { panelsParameters, readSizes } from "./parameters.ts";

export const panelsDeclaration = declareStage({
  module: new URL("./stage.ts", import.meta.url).href,
  name: "panels",
  summary: "judges small gene panels on samples that no step has seen",
  needs: ["prepare", "shap"],
  parameters: panelsParameters,
  outputs,
  check: ({ sizes }) => {
    readSizes(sizes);
  },
});
