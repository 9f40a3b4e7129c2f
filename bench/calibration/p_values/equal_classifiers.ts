/** Classifiers that are equally good, drawn without a matrix. */

import { scorePredictions } from "../../../lib/cnn/metrics.ts";
import { forRivals } from "../../../lib/cnn/rivals.ts";
import type { RandomStream } from "../../../lib/random.ts";
import { designStudies } from "../../../lib/simulate/design.ts";
import { checkOptions } from "../../../lib/simulate/options.ts";
import { randomNormal } from "d3-random";
import { REAL, STUDY } from "../setup.ts";

/** Mean and standard deviation over samples of the logit of being right. */
const LOGIT = { mean: 1.5, sd: 1.5 };
/** The standard deviation that a group adds, for each classifier. */
const SHARED_SD = 1;
/** Samples with a tissue each, and with what they may have in common. */
export interface Design {
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

/** Tissues and studies of the simulated study, without its matrix. */
export function drawDesign(stream: RandomStream): Design {
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
export function balancedDesign(tissues: number, samples: number): Design {
  const own = Array.from({ length: tissues * samples }, (_, at) => `S${at}`);
  return {
    tissues: own.map((_, sample) => `tissue${sample % tissues}`),
    studies: own,
    cells: own,
  };
}

/** Draws the classes that classifiers predict, each call another classifier. */
export function classifierOf(
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
export function comparisonOf(
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

/** What the stage `cnn` says of each of the four. */
export type Comparison = ReturnType<typeof comparisonOf>;
