/** Writes the lists that serve to judge: by fold, and by the test samples. */

import type { Candidates } from "../selection/candidates.ts";
import { judgeErrors } from "../selection/judge_errors.ts";
import { NOISE_SAMPLES } from "../selection/levels.ts";
import type { BlockScores } from "./block_scores.ts";
import {
  explainPart,
  type ExplainTools,
  type PredictedPart,
  predictPart,
} from "./explain_part.ts";
import type { ExplainedPart } from "./explained_rows.ts";
import type { readInputs, ShapContext } from "./inputs.ts";
import * as files from "./outputs.ts";
import {
  enoughSamples,
  foldCandidates,
  foldRows,
  inSet,
  listPart,
  listRows,
} from "./part_lists.ts";

type ShapInputs = Awaited<ReturnType<typeof readInputs>>;

/** Samples with their scores. */
type ScoredPart = PredictedPart & { readonly scores: BlockScores };

/**
 * Writes each fold's lists by its training samples, and the lists by the test
 * samples, which show what it is worth to have seen the samples that judge.
 *
 * @param known The part that is explained already.
 * @param stable The genes that come again on halves of the training samples.
 * @returns What `summary.json` says of the folds.
 */
export async function writeJudgingLists(
  context: ShapContext,
  tools: ExplainTools,
  { dataset, matrix, rule, candidates, decoyCandidates, knockoffOf }:
    ShapInputs,
  known: ScoredPart,
  stable: Candidates = null,
): Promise<NonNullable<files.ShapSummary["fold_lists"]>> {
  const { direction, "min-samples": minSamples } = context.parameters;
  const scoresOf = async (part: ExplainedPart) => {
    if (part === known.part) return known;
    const predicted = await predictPart(context, tools, part);
    // A test part may be empty.
    if (predicted.samples.length === 0) return null;
    const { scores } = await explainPart(context, tools, predicted);
    return { ...predicted, scores };
  };
  const asScores = ({ scores, tissueOf }: ScoredPart) => ({
    genes: scores.ofAll(matrix.geneColumns),
    decoys: scores.ofAll(matrix.decoyColumns),
    knockoffOf,
    tissueOf,
  });
  const test = await scoresOf("test");
  if (test !== null) {
    const lists = listPart(
      { ...asScores(test), candidates, decoyCandidates },
      dataset,
      minSamples,
      rule,
    );
    await context.write(files.testRanks, listRows(lists, dataset.genes));
  }
  const training = await scoresOf("training");
  if (training === null) return [];
  const shap = asScores(training);
  const folds = dataset.folds.map((fold) => {
    const own = training.samples.map((sample) => sample.fold === fold.fold);
    const lists = listPart(
      {
        ...shap,
        ...foldCandidates(direction, dataset, matrix, fold),
        tissueOf: shap.tissueOf.map((tissue, row) => own[row] ? tissue : null),
      },
      dataset,
      minSamples,
      rule,
      stable,
    );
    return {
      fold: fold.fold,
      explained: own.filter(Boolean).length,
      lists,
      held: judgeErrors(inSet(lists), lists.ranks, {
        ...(test ?? training),
        columns: matrix.geneColumns,
        candidates: null,
        tissues: dataset.tissueNames,
        tissueOf: test === null
          ? training.tissueOf.map(() => null)
          : enoughSamples(
            test.tissueOf.map((tissue, row) =>
              test.samples[row].fold === fold.fold ? tissue : null
            ),
            Math.max(minSamples, NOISE_SAMPLES),
          ),
      }),
    };
  });
  await context.write(
    files.foldRanks,
    folds.flatMap(({ fold, lists }) => foldRows(fold, lists, dataset.genes)),
  );
  return folds.map(({ fold, explained, lists: { ranks, genes }, held }) => ({
    fold,
    explained,
    listed_ranks: ranks,
    genes,
    judged: held.judged,
    above_two_errors: held.above,
  }));
}
