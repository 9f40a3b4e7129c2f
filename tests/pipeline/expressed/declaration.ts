/** A made-up stage: how many genes the tissues of a run express. */

import { integer } from "../../../lib/cli/parameters.ts";
import { declareStage } from "../../../lib/pipeline/stage.ts";
import { outputs } from "./outputs.ts";

export const expressedDeclaration = declareStage({
  module: new URL("./stage.ts", import.meta.url).href,
  name: "expressed",
  summary: "counts the genes that enough samples express",
  needs: ["prepare"],
  parameters: {
    zeros: integer(10, { minimum: 0 }, "most samples without expression"),
  },
  outputs,
});
