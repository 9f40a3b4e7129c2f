/** What the stage `prepare` is; what it does is in `stage.ts`. */

import { declareStage } from "../pipeline/stage.ts";
import { checkInputFlags } from "./input/check_input_flags.ts";
import { outputs } from "./outputs.ts";
import { prepareParameters, readingParameters } from "./parameters.ts";

export const prepareDeclaration = declareStage({
  module: new URL("./stage.ts", import.meta.url).href,
  name: "prepare",
  summary:
    "reads the matrix, splits the samples, filters genes and transforms values",
  needs: ["simulate"],
  parameters: prepareParameters,
  outputs,
  plainFlags: Object.keys(readingParameters),
  check: (values) => checkInputFlags(values),
});
