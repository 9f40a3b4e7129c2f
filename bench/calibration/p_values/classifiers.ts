/** How often the comparison of classifiers finds a difference by chance. */

import { isShownToDiffer } from "../../../lib/cnn/by_groups.ts";
import { compareWithLargest } from "../../../lib/cnn/section/findings.ts";
import { scorePredictions } from "../../../lib/cnn/metrics.ts";
import { forRivals, rivalNames } from "../../../lib/cnn/rivals.ts";
import { nearestCentroid } from "../../../lib/ml/baselines.ts";
import { pickColumns } from "../../../lib/ml/pick_columns.ts";
import { splitSamples } from "../../../lib/prepare/split/split.ts";
import { rowsOf } from "../../../lib/prepare/dataset.ts";
import { contrastRows } from "../../../lib/prepare/tissue_contrasts.ts";
import { RandomStream } from "../../../lib/random.ts";
import { designStudies } from "../../../lib/simulate/design.ts";
import { checkOptions } from "../../../lib/simulate/options.ts";
import { SIGNIFICANCE_LEVEL } from "../../../lib/statistics/format_p.ts";
import { randomNormal } from "d3-random";
import { REAL, STUDY } from "../setup.ts";
import { divide, type KnownStudy, splitAgain } from "./known_study.ts";
import {
  anyBelow,
  compareByGroups,
  compareRight,
  mcNemarLevel,
  type Measured,
} from "./measured.ts";
import type { RowId } from "./rows.ts";

/** Mean and standard deviation over samples of the logit of being right. */
const LOGIT = { mean: 1.5, sd: 1.5 };
/** The standard deviation that a group adds, for each classifier. */
const SHARED_SD = 1;
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

/** Samples with a tissue each, and with what they may have in common. */
interface Design {
  readonly tissues: readonly string[];
  /** Each sample's study. */
  readonly studies: readonly string[];
  /** Each sample's study and tissue. */
  readonly cells: readonly string[];
}

/** How the answers of a classifier come about. */
interface Answers {
  /** Samples with the same text are right or wrong together. */
  readonly together?: readonly string[];
  /** Mean of the logit of being right. */
  readonly mean?: number;
}

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

/** Tissues and studies of the simulated study, without its matrix. */
function drawDesign(stream: RandomStream): Design {
  const { options, counts } = checkOptions({
    ...STUDY,
    tissues: REAL.tissues,
    studies: REAL.studies,
    genes: REAL.genes,
    planted: REAL.planted,
    samples: REAL.pipelineSamples,
  });
  const { samples } = designStudies(
    { ...options, confounded: counts.study > 0 },
    stream.child("design"),
  );
  return {
    tissues: samples.map(({ tissue }) => `tissue${tissue}`),
    studies: samples.map(({ study }) => `study${study}`),
    cells: samples.map(({ tissue, study }) => `${tissue} ${study}`),
  };
}

/** As many samples of each tissue, each a study of its own. */
function balancedDesign(tissues: number, samples: number): Design {
  const own = Array.from({ length: tissues * samples }, (_, at) => `S${at}`);
  return {
    tissues: own.map((_, sample) => `tissue${sample % tissues}`),
    studies: own,
    cells: own,
  };
}

/** Draws the classes that classifiers predict, each call another classifier. */
function classifierOf(
  { tissues }: Design,
  stream: RandomStream,
  { together, mean = LOGIT.mean }: Answers,
) {
  const tissueNames = [...new Set(tissues)].sort();
  const classOf = Int32Array.from(
    tissues,
    (tissue) => tissueNames.indexOf(tissue),
  );
  const normal = randomNormal.source(stream.uniform)(0, 1);
  const logits = tissues.map(() => mean + LOGIT.sd * normal());
  const names = [...new Set(together)];
  const predict = () => {
    const shared = new Map(names.map((name) => [name, SHARED_SD * normal()]));
    return classOf.map((label, sample) => {
      const logit = logits[sample] +
        (together === undefined ? 0 : shared.get(together[sample])!);
      if (stream.uniform() < 1 / (1 + Math.exp(-logit))) return label;
      const other = stream.integer(tissueNames.length - 1);
      return other < label ? other : other + 1;
    });
  };
  const groups = together ?? tissues.map(() => "");
  return { classOf, tissueNames, groups, predict };
}

/** The first classifier compared with four others, as the stage `cnn` does. */
function comparisonOf(
  design: Design,
  stream: RandomStream,
  answers: Answers = {},
) {
  const { predict, ...dataset } = classifierOf(design, stream, answers);
  const network = predict();
  return scorePredictions(
    dataset,
    network,
    {
      rows: [...network.keys()],
      predicted: forRivals(predict),
      penalties: forRivals(() => []),
    },
    stream.child("swaps"),
  )!.baselines;
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

type Comparison = ReturnType<typeof comparisonOf>;

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
