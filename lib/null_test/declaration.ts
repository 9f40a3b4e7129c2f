/** What the stage `ttest` is; what it does is in `stage.ts`. */

import { chooseNamed } from "../cli/named_choices.ts";
import { declareStage } from "../pipeline/stage.ts";
import { nullModels } from "./null_models/null_models.ts";
import { outputs } from "./outputs.ts";
import { ttestParameters } from "./parameters.ts";
import type { TtestParts } from "./test_plan.ts";

export function declareTtest(
  { nullModels }: Pick<TtestParts, "nullModels">,
) {
  return declareStage({
    module: new URL("./stage.ts", import.meta.url).href,
    name: "ttest",
    summary:
      "compares the clusters by gene sets with those by random gene sets",
    needs: ["prepare", "clusters"],
    parameters: ttestParameters(nullModels),
    outputs,
    check: (values) => {
      chooseNamed("null-models", values["null-models"], nullModels);
    },
  });
}

export const ttestDeclaration = declareTtest({ nullModels });
