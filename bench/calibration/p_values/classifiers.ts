/** How often the comparison of classifiers finds a difference by chance. */

import { isShownToDiffer } from "../../../lib/cnn/by_groups.ts";
import { compareWithLargest } from "../../../lib/cnn/section/findings.ts";
import { rivalNames } from "../../../lib/cnn/rivals.ts";
import { nearestCentroid } from "../../../lib/ml/baselines.ts";
import { pickColumns } from "../../../lib/ml/pick_columns.ts";
import { splitSamples } from "../../../lib/prepare/split/split.ts";
import { rowsOf } from "../../../lib/prepare/dataset.ts";
import { contrastRows } from "../../../lib/prepare/tissue_contrasts.ts";
import type { RandomStream } from "../../../lib/random.ts";
import { SIGNIFICANCE_LEVEL } from "../../../lib/statistics/format_p.ts";
import {
  balancedDesign,
  classifierOf,
  type Comparison,
  comparisonOf,
  type Design,
  drawDesign,
} from "./equal_classifiers.ts";
import { divide, type KnownStudy, splitAgain } from "./known_study.ts";
import {
  anyBelow,
  compareByGroups,
  compareRight,
  mcNemarLevel,
  type Measured,
} from "./measured.ts";
import type { RowId } from "./rows.ts";

/** Genes of the two halves' classifiers: few, so that they make errors. */
const FEW_GENES = 20;

/** Test parts of other sizes: as many samples of each tissue. */
const BALANCED = [
  { row: "f1_few_tissues", tissues: 3, samples: 6 },
  { row: "f1_many_tissues", tissues: 30, samples: 10 },
] as const;
/** Means of the logit with which 60 % and 95 % are right. */
const HARD = 0.6;
const EASY = 4.2;

/**
 * Five classifiers that are equally good by construction: a sample has a
 * probability of being told right that all share, and each tells it right or
 * not by a draw of its own; with a wrong tissue at random.
 */
export function compareEqual(stream: RandomStream): Measured[] {
  const large = drawDesign(stream);
  const test = splitSamples({
    sampleIds: large.tissues.map((_, sample) => `S${sample}`),
    tissues: large.tissues,
    seed: stream.child("split").seed,
  }).split;
  const only = (own: readonly string[]) =>
    own.filter((_, sample) => test[sample] === "test");
  const small = {
    tissues: only(large.tissues),
    studies: only(large.studies),
    cells: only(large.cells),
  };
  const many = comparisonOf(large, stream.child("large"));
  const few = comparisonOf(small, stream.child("small"));
  return [
    firstOf("mcnemar_small", few),
    firstOf("mcnemar_large", many),
    intervalOf("f1_small", few),
    intervalOf("f1_large", many),
    ...BALANCED.map(({ row, tissues, samples }) =>
      intervalOf(
        row,
        comparisonOf(balancedDesign(tissues, samples), stream.child(row)),
      )
    ),
    intervalOf(
      "f1_hard",
      comparisonOf(small, stream.child("hard"), { mean: HARD }),
    ),
    intervalOf(
      "f1_easy",
      comparisonOf(large, stream.child("easy"), { mean: EASY }),
    ),
    {
      row: "mcnemar_holm",
      value: anyBelow(rivalNames.map((name) => many[name].adjusted_p)),
    },
    ...compareTogether(large, stream),
    guess(small, stream.child("guess")),
  ];
}

/** Samples that are right or wrong together, by samples and by groups. */
function compareTogether(large: Design, stream: RandomStream): Measured[] {
  const cells = comparisonOf(large, stream.child("cells"), {
    together: large.cells,
  });
  const studies = comparisonOf(large, stream.child("studies"), {
    together: large.studies,
  });
  return [
    ...compareClustered(large, "cells", stream.child("clustered"), {
      samples: "mcnemar_clustered",
      groups: "groups_clustered",
    }),
    ...compareClustered(large, "studies", stream.child("few_groups"), {
      samples: "mcnemar_few_groups",
      groups: "groups_few",
    }),
    { row: "shown_clustered", value: anyShown(cells) },
    { row: "shown_few_groups", value: anyShown(studies) },
    intervalOf("f1_clustered", cells),
    intervalOf("f1_few_groups", studies),
  ];
}

/** Two classifiers whose answers go together, by samples and by groups. */
function compareClustered(
  design: Design,
  unit: "studies" | "cells",
  stream: RandomStream,
  rows: { readonly samples: RowId; readonly groups: RowId },
): Measured[] {
  const groups = design[unit];
  const { predict, classOf } = classifierOf(design, stream, {
    together: groups,
  });
  const right = () => Array.from(predict(), (own, at) => own === classOf[at]);
  const [first, second] = [right(), right()];
  return [
    compareRight(rows.samples, first, second),
    compareByGroups(rows.groups, first, second, groups),
  ];
}

/** 1 if the report would call any of the four better or worse. */
function anyShown(compared: Comparison): number {
  return +rivalNames.some((name) => isShownToDiffer(compared[name]));
}

function firstOf(row: RowId, compared: Comparison): Measured {
  const { p, only_network_right, only_rival_right } = compared[rivalNames[0]];
  return {
    row,
    value: p,
    attainable: mcNemarLevel(only_network_right + only_rival_right),
  };
}

function intervalOf(row: RowId, compared: Comparison): Measured {
  const { low, high } = compared[rivalNames[0]].f1_difference;
  return { row, value: low > 0 || high < 0 ? 1 : 0 };
}

/** A network that is right as often as the guess of the largest tissue. */
function guess({ tissues }: Design, stream: RandomStream): Measured {
  const samples = tissues.length;
  const supports = [...Map.groupBy(tissues, (tissue) => tissue).values()]
    .map(({ length }) => length);
  const share = Math.max(...supports) / samples;
  const pOf = (right: number) =>
    compareWithLargest({
      accuracy: right / samples,
      test_samples: samples,
      tissues: supports.map((support, index) => ({
        tissue: `tissue${index}`,
        precision: 0,
        recall: 0,
        f1: 0,
        support,
      })),
    }).p_against_largest_tissue;
  const right = tissues.filter(() => stream.uniform() < share).length;
  const attainable = Array.from({ length: samples + 1 }, (_, k) => pOf(k))
    .find((p) => p <= SIGNIFICANCE_LEVEL) ?? 0;
  return { row: "guess", value: pOf(right), attainable };
}

/**
 * Nearest centroids of two random halves of the training samples: the method is
 * the same, and the two trained classifiers are not.
 */
export function compareTrainedHalves(
  study: KnownStudy,
  stream: RandomStream,
): Measured {
  const dataset = splitAgain(study.dataset, stream.seed);
  const { genes: { length: genes }, values, classOf } = dataset;
  const columns = stream.sample(genes, FEW_GENES).sort();
  const take = (rows: ArrayLike<number>) =>
    pickColumns(values, genes, columns, rows);
  const test = rowsOf(dataset, "test");
  const [first, second] = divide(dataset, contrastRows(dataset), 2, stream)
    .map((rows) => {
      const predicted = nearestCentroid(
        take(rows),
        rows.map((row) => classOf[row]),
        take(test),
        columns.length,
      );
      return Array.from(
        test,
        (row, sample) => predicted[sample] === classOf[row],
      );
    });
  return compareRight("mcnemar_halves", first, second);
}
