/** Looks for what makes scores too good: twins, and what predicts the tissue. */

import type { Values } from "../../cli/parameters.ts";
import { quote } from "../../cli/text.ts";
import type { ValueSummary } from "../normalize/recognize.ts";
import type { prepareParameters } from "../parameters.ts";
import type { SampleSplit } from "../split/sample_split.ts";
import { findConfounders } from "./confounders.ts";
import { formatConfounders, type Review } from "./describe_review.ts";
import type { RevisedSamples } from "./revise_samples.ts";
import { countSplitTwins, warnOfSplitTwins } from "./split_twins.ts";
import { countTwins } from "./twins.ts";

/** What `prepare/review.json` says of the samples that are used. */
export function reviewSamples(
  { input, empty, twinSets }: RevisedSamples,
  summary: ValueSummary,
  { folds }: Pick<SampleSplit, "folds">,
  { transform }: Pick<Values<typeof prepareParameters>, "transform">,
): Review {
  const { samples, sets, ofSeveralTissues } = countTwins(
    twinSets,
    input.tissues,
  );
  const { tested, known } = countSplitTwins(twinSets, input.tissues, folds);
  return {
    logarithm_twice: transform === "log2" && summary.kind === "logarithms",
    empty_samples: empty,
    twins: {
      samples,
      sets,
      of_several_tissues: ofSeveralTissues,
      tested,
      tested_with_twin: known,
    },
    confounders: findConfounders(input, summary).map((each) => ({
      column: each.column,
      measure: each.measure,
      finding: each.finding,
      is_group: each.isGroup,
      tissue: each.tissue,
      reverse: each.reverse ?? null,
    })),
  };
}

/** Warns of twins on both sides of the split and of what predicts the tissue. */
export function warnOfReview(review: Review): string[] {
  const { tested, tested_with_twin } = review.twins;
  return [
    ...warnOfSplitTwins({ tested, known: tested_with_twin }),
    ...formatConfounders(review, quote),
  ];
}
