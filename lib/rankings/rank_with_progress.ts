/** Makes the simple rankings on all samples, with progress. */

import type { StageContext } from "../pipeline/stage.ts";
import { rankTissues } from "./rank_tissues.ts";
import type { RankingInput, RankingMethod } from "./ranking_method.ts";
import type { RankedMethod } from "./stability/stability.ts";

/** Ranks the genes of each tissue by each method, in the order of the methods. */
export function rankWithProgress(
  context: Pick<StageContext, "progress">,
  methods: readonly RankingMethod[],
  input: RankingInput,
): RankedMethod[] {
  using progress = context.progress("ranking", methods.length, "methods");
  return methods.map((method) => {
    const ranked = rankTissues(method, input);
    progress.advance();
    return { method, ranked };
  });
}
