/** What the stage `splits` is; what it does is in `stage.ts`. */

import { declareStage } from "../pipeline/stage.ts";
import { outputs } from "./outputs.ts";
import { splitsParameters } from "./parameters.ts";

export const splitsDeclaration = declareStage({
  module: new URL("./stage.ts", import.meta.url).href,
  name: "splits",
  summary: "repeats training, explaining and judging on other random splits",
  needs: ["prepare", "cnn", "shap", "panels"],
  parameters: splitsParameters,
  plainFlags: ["splits"],
  outputs,
});
