/** What the stage `clusters` is; what it does is in `stage.ts`. */

import { chooseNamed } from "../cli/named_choices.ts";
import { declareStage } from "../pipeline/stage.ts";
import { outputs } from "./outputs.ts";
import { clustersParameters } from "./parameters.ts";
import { type SpaceList, spaceList } from "./spaces/spaces.ts";

export function declareClusters(spaces: SpaceList) {
  return declareStage({
    module: new URL("./stage.ts", import.meta.url).href,
    name: "clusters",
    summary:
      "embeds and clusters the samples by gene sets, scored by AMI and V-measure",
    needs: ["prepare", "shap"],
    parameters: clustersParameters(spaces.spaces),
    outputs,
    check: (values) => {
      chooseNamed("spaces", values.spaces, spaces.spaces);
    },
  });
}

export const clustersDeclaration = declareClusters(spaceList);
