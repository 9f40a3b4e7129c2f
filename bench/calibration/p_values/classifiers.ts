/** How often the comparison of classifiers finds a difference by chance. */

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
  compareRight,
  mcNemarLevel,
  type Measured,
} from "./measured.ts";
import type { RowId } from "./rows.ts";

/** Mean and standard deviation over samples of the logit of being right. */
const LOGIT = { mean: 1.5, sd: 1.5 };
/** The standard deviation that a study and tissue add, for each classifier. */
const CELL_SD = 1;
/** Genes of the two halves' classifiers: few, so that they make errors. */
const FEW_GENES = 20;

/** Samples with a tissue and a study each. */
interface Design {
  readonly tissues: readonly string[];
  readonly cells: readonly string[];
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
  const small = { tissues: only(large.tissues), cells: only(large.cells) };
  const many = comparisonOf(large, stream.child("large"));
  const few = comparisonOf(small, stream.child("small"));
  return [
    firstOf("mcnemar_small", few),
    firstOf("mcnemar_large", many),
    compareClustered(large, stream.child("clustered")),
    intervalOf("f1_small", few),
    intervalOf("f1_large", many),
    {
      row: "mcnemar_holm",
      value: anyBelow(rivalNames.map((name) => many[name].adjusted_p)),
    },
    guess(small, stream.child("guess")),
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
    cells: samples.map(({ tissue, study }) => `${tissue} ${study}`),
  };
}

/** Draws the classes that classifiers predict, each call another classifier. */
function classifierOf(
  { tissues, cells }: Design,
  cellSd: number,
  stream: RandomStream,
) {
  const tissueNames = [...new Set(tissues)].sort();
  const classOf = Int32Array.from(
    tissues,
    (tissue) => tissueNames.indexOf(tissue),
  );
  const normal = randomNormal.source(stream.uniform)(0, 1);
  const logits = tissues.map(() => LOGIT.mean + LOGIT.sd * normal());
  const names = [...new Set(cells)];
  const predict = () => {
    const shared = new Map(names.map((name) => [name, cellSd * normal()]));
    return classOf.map((label, sample) => {
      const logit = logits[sample] + shared.get(cells[sample])!;
      if (stream.uniform() < 1 / (1 + Math.exp(-logit))) return label;
      const other = stream.integer(tissueNames.length - 1);
      return other < label ? other : other + 1;
    });
  };
  return { classOf, tissueNames, predict };
}

/** The first classifier compared with four others, as the stage `cnn` does. */
function comparisonOf(design: Design, stream: RandomStream) {
  const { predict, ...dataset } = classifierOf(design, 0, stream);
  const network = predict();
  return scorePredictions(
    dataset,
    network,
    {
      rows: [...network.keys()],
      predicted: forRivals(predict),
      penalties: forRivals(() => []),
    },
    stream.child("bootstrap"),
  )!.baselines;
}

/** Two classifiers whose answers go together within a study and tissue. */
function compareClustered(design: Design, stream: RandomStream): Measured {
  const { predict, classOf } = classifierOf(design, CELL_SD, stream);
  const right = () => Array.from(predict(), (own, at) => own === classOf[at]);
  return compareRight("mcnemar_clustered", right(), right());
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
