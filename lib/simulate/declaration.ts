/** What the stage `simulate` is; what it does is in `stage.ts`. */

import { declareStage } from "../pipeline/stage.ts";
import { checkOptions } from "./options.ts";
import { outputs } from "./outputs.ts";
import { simulateParameters } from "./parameters.ts";

export const simulateDeclaration = declareStage({
  module: new URL("./stage.ts", import.meta.url).href,
  name: "simulate",
  summary: "makes a demo matrix with planted genes",
  needs: [],
  parameters: simulateParameters,
  outputs,
  check: (values) => {
    checkOptions(values);
  },
});
