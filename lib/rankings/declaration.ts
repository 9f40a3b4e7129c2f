/** What the stage `genesets` is; what it does is in `stage.ts`. */

import { InputError, rerun } from "../cli/errors.ts";
import { declareStage } from "../pipeline/stage.ts";
import { attributionRankings } from "./attributions.ts";
import { chooseCore, coreCandidates } from "./core/choose_core.ts";
import { chooseFurther, furtherRankings, rankingMethods } from "./methods.ts";
import { outputsOf } from "./outputs.ts";
import { genesetsParameters } from "./parameters.ts";
import type { RankingMethod } from "./ranking_method.ts";
import { readTruthFile } from "./truth_file.ts";

/**
 * @param methods The simple rankings that every run makes.
 * @param further Those that the flag chooses from.
 */
export function declareGenesets(
  methods: readonly RankingMethod[],
  further: readonly RankingMethod[] = furtherRankings,
) {
  return declareStage({
    module: new URL("./stage.ts", import.meta.url).href,
    name: "genesets",
    summary:
      "ranks the genes by simple methods, compares all rankings with known genes",
    needs: ["simulate", "prepare", "shap"],
    parameters: genesetsParameters,
    plainFlags: ["truth"],
    outputs: outputsOf(methods, [...further, ...attributionRankings]),
    check: async ({ truth, halves, core, ...chosen }) => {
      chooseCore(
        core,
        coreCandidates(methods, chooseFurther(chosen.methods, further)),
      );
      if (halves === 1) {
        throw new InputError(
          "Cannot compare half samples: --genesets.halves is 1 and should be " +
            "at least 2, or 0 for none",
          rerun("genesets", { halves: 2 }),
        );
      }
      if (truth !== "") await readTruthFile(truth);
    },
  });
}

export const genesetsDeclaration = declareGenesets(rankingMethods);
