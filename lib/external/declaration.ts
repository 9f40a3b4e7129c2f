/** What the stage `external` is; what it does is in `stage.ts`. */

import { InputError } from "../cli/errors.ts";
import { declareStage } from "../pipeline/stage.ts";
import { outputs } from "./outputs.ts";
import { externalParameters } from "./parameters.ts";

export const externalDeclaration = declareStage({
  module: new URL("./stage.ts", import.meta.url).href,
  name: "external",
  summary: "judges the networks, the set and the rankings by another cohort",
  needs: ["prepare", "cnn", "shap", "genesets"],
  parameters: externalParameters,
  plainFlags: [
    "external",
    "external-samples",
    "external-label",
    "external-tissues",
  ],
  outputs,
  check: (values) => {
    const { external, "external-samples": samples } = values;
    if (external === "") {
      const given = (
        ["external-samples", "external-label", "external-tissues"] as const
      ).find((name) => values[name] !== "");
      if (given === undefined) return;
      throw new InputError(
        `Cannot read another cohort: --${given} is given and --external, the ` +
          "file that it goes with, is not",
        "Add --external FILE",
      );
    }
    if (samples === external) {
      throw new InputError(
        "Cannot read another cohort: --external-samples names the file of " +
          "--external and should name its sample sheet",
        "Leave --external-samples out if the matrix holds the tissues",
      );
    }
    if (values["sample-column"] !== "" && samples === "") {
      throw new InputError(
        "Cannot read another cohort: the column of sample ids is given and " +
          "its sample sheet is not",
        "Add --external-samples FILE",
      );
    }
  },
});
