/** How well tissues are predicted when a whole study is held out. */

import {
  centroidByDistances,
  type DistanceClassifier,
  ridgeByDistances,
} from "../ml/distance_classifiers.ts";
import type { RandomStream } from "../random.ts";
import { classificationScores } from "../statistics/classification_scores.ts";
import { testPairs } from "../statistics/paired_test.ts";
import type { Design } from "./design.ts";
import { distancesBy, type StudyData } from "./gene_choice.ts";
import { FEWEST_HELD_OUT, MOST_HELD_OUT } from "./levels.ts";
import type {
  ClassifierName,
  ConfoundingSummary,
  GeneChoice,
  HeldOutRow,
} from "./outputs.ts";
import { dealWithinKinds, thinOut } from "./parts.ts";

/** Samples to train on and to test, by their index in the design. */
interface Trial {
  readonly train: readonly number[];
  readonly test: readonly number[];
}

/** A study that is held out, and a random part with its tissues. */
interface HeldOutStudy {
  readonly study: number;
  readonly whole: Trial;
  readonly random: Trial;
}

/** What is held out. */
export interface HeldOutPlan {
  /** All samples that are tested or trained on, ascending. */
  readonly used: readonly number[];
  readonly studies: readonly HeldOutStudy[];
}

const classifiers: Readonly<Record<ClassifierName, DistanceClassifier>> = {
  ridge: ridgeByDistances,
  "nearest centroid": centroidByDistances,
};

/**
 * Chooses the studies that are held out in turn, and random parts of the same
 * samples. A sample is tested if other studies have its tissue, too. A part has
 * as many samples of each tissue as its study: a study that holds most samples
 * of a tissue leaves few to learn from, whether or not the study matters. So in
 * both ways a classifier learns from as many samples of each tissue: beside a
 * random part, the samples are left out that go with the study and cannot be
 * tested.
 *
 * @param most Samples that are used, at most.
 * @returns Null if there are fewer than two such studies or tissues.
 */
export function planHeldOut(
  { rows, studies, tissueOf, studyOf }: Design,
  most: number,
  stream: RandomStream,
): HeldOutPlan | null {
  const cells = tissueOf.map((tissue, sample) =>
    tissue * studies.length + studyOf[sample]
  );
  const used = thinOut([...rows.keys()], most, cells, stream.child("used"));
  const distinct = (samples: readonly number[], of: Int32Array) =>
    new Set(samples.map((sample) => of[sample])).size;
  const shared = new Set(
    [...Map.groupBy(used, (sample) => tissueOf[sample])]
      .filter(([, own]) => distinct(own, studyOf) > 1)
      .map(([tissue]) => tissue),
  );
  const isShared = (sample: number) => shared.has(tissueOf[sample]);
  const without = (study: number) =>
    used.filter((sample) => studyOf[sample] !== study);
  const chosen = [
    ...Map.groupBy(used.filter(isShared), (sample) => studyOf[sample]),
  ]
    .filter(([study, own]) =>
      own.length >= FEWEST_HELD_OUT && distinct(without(study), tissueOf) > 1
    )
    .sort(([a, own], [b, other]) => other.length - own.length || a - b)
    .slice(0, MOST_HELD_OUT);
  const tested = chosen.flatMap(([, own]) => own).sort((a, b) => a - b);
  if (chosen.length < 2 || distinct(tested, tissueOf) < 2) return null;
  const parts = dealWithinKinds(
    chosen.map(([, own]) => own),
    tissueOf,
    stream.child("parts"),
  );
  return {
    used,
    studies: chosen.map(([study, own], index) => {
      const part = new Set(parts[index]);
      return {
        study,
        whole: { train: without(study), test: own },
        random: {
          train: used.filter((sample) =>
            !part.has(sample) && (studyOf[sample] !== study || isShared(sample))
          ),
          test: parts[index],
        },
      };
    }),
  };
}

/**
 * Tests every classifier with each choice of genes.
 *
 * @param choices The columns of each choice, null for all genes.
 * @param onTrial Called after each study.
 */
export function testHeldOut(
  data: StudyData,
  { used, studies }: HeldOutPlan,
  choices: readonly {
    readonly genes: GeneChoice;
    readonly columns: ArrayLike<number> | null;
  }[],
  onTrial: () => void,
): {
  readonly rows: HeldOutRow[];
  readonly summary: NonNullable<ConfoundingSummary["held_out"]>;
} {
  const { design, dataset } = data;
  const place = new Map(used.map((sample, index) => [sample, index]));
  const classOf = used.map((sample) => design.tissueOf[sample]);
  const classes = design.tissues.length;
  const placesOf = (samples: readonly number[]) =>
    samples.map((sample) => place.get(sample)!);
  const tested = studies.map(({ whole }) => placesOf(whole.test));
  const scoresOf = (
    places: readonly number[],
    [whole, random]: readonly Int32Array[],
  ) => {
    const own = scoreTissues(places, classOf, whole, classes);
    const other = scoreTissues(places, classOf, random, classes);
    return {
      macro_f1: own.macroF1,
      accuracy: own.accuracy,
      random_macro_f1: other.macroF1,
      random_accuracy: other.accuracy,
    };
  };
  const results = choices.flatMap(({ genes, columns }) => {
    const measured = {
      squares: distancesBy(data, used, columns),
      classOf,
      classes,
    };
    return Object.entries(classifiers).map(([name, classify]) => {
      // By sample: the whole study held out, and a random part.
      const predicted = [
        new Int32Array(used.length),
        new Int32Array(used.length),
      ];
      for (const { whole, random } of studies) {
        [whole, random].forEach(({ train, test }, way) => {
          const places = placesOf(test);
          const found = classify(measured, placesOf(train), places);
          places.forEach((at, index) => predicted[way][at] = found[index]);
        });
        onTrial();
      }
      return {
        classifier: name as ClassifierName,
        genes,
        n_genes: columns?.length ?? dataset.genes.length,
        predicted,
      };
    });
  });
  return {
    rows: studies.flatMap(({ study, whole }, index) =>
      results.map(({ classifier, genes, predicted }) => ({
        study: design.studies[study],
        classifier,
        genes,
        tested: whole.test.length,
        tissues: new Set(tested[index].map((at) => classOf[at])).size,
        trained: whole.train.length,
        ...scoresOf(tested[index], predicted),
      }))
    ),
    summary: {
      samples: tested.flat().length,
      tissues: new Set(tested.flat().map((at) => classOf[at])).size,
      studies: studies.length,
      used: used.length,
      scores: results.map(({ predicted, ...result }) => ({
        ...result,
        ...scoresOf(tested.flat(), predicted),
        ...compareSamples(tested.flat(), classOf, predicted),
      })),
    },
  };
}

/**
 * The samples that only one of the two ways gets right. The test takes samples
 * to be independent: it asks whether the study matters, and if it does not,
 * samples of a study are like any others.
 */
function compareSamples(
  places: readonly number[],
  classOf: readonly number[],
  ways: readonly Int32Array[],
) {
  const [whole, random] = ways.map((predicted) =>
    places.map((at) => predicted[at] === classOf[at])
  );
  const [{ onlyFirst, onlySecond, p }] = testPairs(random, [whole]);
  return { only_random_right: onlyFirst, only_whole_right: onlySecond, p };
}

/**
 * Accuracy, and the mean of F1 over the tissues of these samples: scikit-learn's
 * `f1_score(labels=TISSUES, average="macro")`. A tissue that is predicted and
 * not tested has no F1 of its own.
 */
function scoreTissues(
  places: readonly number[],
  classOf: readonly number[],
  predicted: Int32Array,
  classes: number,
) {
  const { accuracy, perClass } = classificationScores(
    places.map((at) => classOf[at]),
    places.map((at) => predicted[at]),
    classes,
  );
  const tested = perClass.filter(({ support }) => support > 0);
  return {
    accuracy,
    macroF1: tested.reduce((sum, { f1 }) => sum + f1, 0) / tested.length,
  };
}
