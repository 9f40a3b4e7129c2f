/** What the stage `enrichment` is; what it does is in `stage.ts`. */

import { InputError, rerun } from "../cli/errors.ts";
import { withCommas } from "../cli/text.ts";
import { declareStage } from "../pipeline/stage.ts";
import { checkAnnotationFile } from "./files/check_file.ts";
import { knownRankings } from "./lists.ts";
import { outputs } from "./outputs.ts";
import { enrichmentParameters } from "./parameters.ts";

export const enrichmentDeclaration = declareStage({
  module: new URL("./stage.ts", import.meta.url).href,
  name: "enrichment",
  summary: "says which terms the first genes of each tissue have more of",
  needs: ["prepare", "shap", "genesets"],
  parameters: enrichmentParameters,
  outputs,
  check: async (values) => {
    const { gaf, obo, sets, methods } = values;
    const known = knownRankings();
    const unknown = methods.find((name) => !known.includes(name));
    if (unknown !== undefined || methods.length === 0) {
      throw new InputError(
        `Cannot read --enrichment.methods: it is ${
          unknown ?? "empty"
        } and should be one or more of ${known.join(", ")}`,
      );
    }
    const { "min-genes": fewest, "max-genes": most } = values;
    if (fewest > most) {
      throw new InputError(
        `Cannot test terms: --enrichment.min-genes is ${withCommas(fewest)} ` +
          `and should be at most --enrichment.max-genes, ${withCommas(most)}`,
        rerun("enrichment", { "max-genes": fewest }),
      );
    }
    if (obo !== "" && gaf === "" && sets.length === 0) {
      throw new InputError(
        "Cannot look for terms: --enrichment.obo is given and no file that " +
          "says which genes belong to its terms",
        "Add --enrichment.gaf FILE",
      );
    }
    for (const path of [gaf, obo, ...sets]) {
      if (path !== "") await checkAnnotationFile(path);
    }
  },
});
