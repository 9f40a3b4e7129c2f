/** What the stage `shap` is; what it does is in `stage.ts`. */

import { InputError, rerun } from "../cli/errors.ts";
import { declareStage } from "../pipeline/stage.ts";
import { folds } from "../prepare/outputs.ts";
import { chooseAttributions } from "./attributions/attribution.ts";
import { checkDecoysFlag } from "./check_decoys.ts";
import { checkFolds, checkFoldsFlag } from "./check_folds.ts";
import { outputs } from "./outputs.ts";
import { shapParameters } from "./parameters.ts";

/** Halves that an error proposes. */
const HALVES = 20;

export const shapDeclaration = declareStage({
  module: new URL("./stage.ts", import.meta.url).href,
  name: "shap",
  summary: "explains samples by expected gradients and selects the genes",
  needs: ["prepare", "cnn"],
  parameters: shapParameters,
  outputs,
  check: (values, valuesOf) => {
    const { explained, "per-tissue": perTissue, cutoff, halves } = values;
    const fewest = values["min-samples"];
    chooseAttributions(values.attributions);
    checkDecoysFlag(cutoff, valuesOf?.("prepare")?.decoys);
    checkFoldsFlag(cutoff, valuesOf?.("prepare")?.folds);
    if (halves === 1 || (halves === 0 && cutoff === "stable")) {
      throw new InputError(
        `Cannot select genes that come again: --shap.halves is ${halves} and ` +
          `should be at least 2${cutoff === "stable" ? "" : ", or 0 for none"}`,
        rerun("shap", { halves: HALVES }),
      );
    }
    if ((explained === "test" && halves === 0) || perTissue >= fewest) return;
    throw new InputError(
      `Cannot rank the genes: --shap.per-tissue is ${perTissue} and must be ` +
        `at least --shap.min-samples, which is ${fewest}`,
      rerun("shap", { "per-tissue": fewest }),
    );
  },
  // Before the networks are trained: `--folds auto` may have made folds.
  checkAfter: {
    stage: "prepare",
    check: async ({ cutoff }, has) => checkFolds(cutoff, await has(folds)),
  },
});
