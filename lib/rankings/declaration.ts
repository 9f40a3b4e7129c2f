/** What the stage `genesets` is; what it does is in `stage.ts`. */

import { declareStage } from "../pipeline/stage.ts";
import { rankingMethods } from "./methods.ts";
import { outputsOf } from "./outputs.ts";
import { genesetsParameters } from "./parameters.ts";
import type { RankingMethod } from "./ranking_method.ts";
import { readTruthFile } from "./truth_file.ts";

/** @param methods The simple rankings. */
export function declareGenesets(methods: readonly RankingMethod[]) {
  return declareStage({
    module: new URL("./stage.ts", import.meta.url).href,
    name: "genesets",
    summary:
      "ranks the genes by simple methods, compares all rankings with known genes",
    needs: ["simulate", "prepare", "shap"],
    parameters: genesetsParameters,
    plainFlags: ["truth"],
    outputs: outputsOf(methods),
    check: async ({ truth }) => {
      if (truth !== "") await readTruthFile(truth);
    },
  });
}

export const genesetsDeclaration = declareGenesets(rankingMethods);
