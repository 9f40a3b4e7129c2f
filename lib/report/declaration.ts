/** What the stage `report` is; what it does is in `stage.ts`. */

import { declareStage, EVERY_EARLIER_STAGE } from "../pipeline/stage.ts";
import { outputs } from "./outputs.ts";

export const reportDeclaration = declareStage({
  module: new URL("./stage.ts", import.meta.url).href,
  name: "report",
  summary: "writes the report: the verdict in words, then all behind it",
  needs: EVERY_EARLIER_STAGE,
  parameters: {},
  outputs,
});
