/** What the stage `cnn` is; what it does is in `stage.ts`. */

import { declareStage } from "../pipeline/stage.ts";
import { outputs } from "./outputs.ts";
import { cnnParameters } from "./parameters.ts";

export const cnnDeclaration = declareStage({
  module: new URL("./stage.ts", import.meta.url).href,
  name: "cnn",
  summary: "trains the networks on the training samples and tests them",
  needs: ["prepare"],
  parameters: cnnParameters,
  outputs,
});
