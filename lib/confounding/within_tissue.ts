/** Whether the study can be told from samples of one tissue. */

import { ridgeByDistances } from "../ml/distance_classifiers.ts";
import type { RandomStream } from "../random.ts";
import { classificationScores } from "../statistics/classification_scores.ts";
import { mean } from "../statistics/describe.ts";
import type { Design } from "./design.ts";
import { distancesBy, type StudyData } from "./gene_choice.ts";
import { ERRORS, FEWEST_IN_TISSUE, FOLDS, MOST_IN_TISSUE } from "./levels.ts";
import type { ConfoundingSummary, WithinRow } from "./outputs.ts";
import { evenSizes, stratify, thinOut } from "./parts.ts";

/** A tissue whose studies are told from each other. */
export interface TissueStudies {
  readonly tissue: number;
  /** Indices in the design, ascending. */
  readonly samples: readonly number[];
  /** By sample, which of the tissue's large studies it is of. */
  readonly studyOf: readonly number[];
  readonly studies: number;
  /** Parts that are tested in turn, as places in `samples`. */
  readonly folds: readonly (readonly number[])[];
}

/** Finds the tissues of at least two studies that are large enough. */
export function planWithin(
  { rows, tissues, tissueOf, studyOf }: Design,
  stream: RandomStream,
): TissueStudies[] {
  return tissues.flatMap((name, tissue) => {
    const own = stream.child(name);
    const all = [...rows.keys()].filter((at) => tissueOf[at] === tissue);
    const samples = ofLarge(
      thinOut(ofLarge(all), MOST_IN_TISSUE, studyOf, own.child("samples")),
    );
    const names = [...new Set(samples.map((at) => studyOf[at]))]
      .sort((a, b) => a - b);
    if (names.length < 2) return [];
    const kinds = samples.map((at) => names.indexOf(studyOf[at]));
    return [{
      tissue,
      samples,
      studyOf: kinds,
      studies: names.length,
      folds: stratify(
        [...samples.keys()],
        evenSizes(samples.length, FOLDS),
        kinds,
        own.child("folds"),
      ),
    }];
  });

  function ofLarge(samples: readonly number[]): number[] {
    return [...Map.groupBy(samples, (at) => studyOf[at]).values()]
      .filter((own) => own.length >= FEWEST_IN_TISSUE)
      .flat().sort((a, b) => a - b);
  }
}

/**
 * Tells the studies of one tissue by the SHAP set, by random genes and by all.
 *
 * @param set The set's columns.
 * @param random Columns of each random set.
 */
export function tellStudies(
  data: StudyData,
  plan: TissueStudies,
  set: ArrayLike<number>,
  random: readonly ArrayLike<number>[],
): Omit<WithinRow, "networks" | "networks_chance" | "networks_bound"> {
  const { tissue, samples, studies } = plan;
  const tell = (columns: ArrayLike<number> | null) =>
    balancedAccuracy(distancesBy(data, samples, columns), plan);
  return {
    tissue: data.design.tissues[tissue],
    studies,
    samples: samples.length,
    ...chanceOf(plan),
    set: tell(set),
    random: mean(random.map(tell)),
    all: tell(null),
  };
}

/** What guessing gives, and what it hardly reaches. */
export function chanceOf(
  { studies, studyOf }: Pick<TissueStudies, "studies" | "studyOf">,
): { readonly chance: number; readonly bound: number } {
  const chance = 1 / studies;
  // The variance of the mean of the studies' recalls, if all is guessed.
  const variance = [...Map.groupBy(studyOf, (study) => study).values()]
    .reduce((sum, own) => sum + chance * (1 - chance) / own.length, 0);
  return { chance, bound: chance + ERRORS * Math.sqrt(variance) / studies };
}

/** Cross-validated ridge: the mean over the studies of the share told right. */
export function balancedAccuracy(
  squares: Float64Array,
  { studyOf, studies, folds }: Pick<
    TissueStudies,
    "studyOf" | "studies" | "folds"
  >,
): number {
  const measured = { squares, classOf: studyOf, classes: studies };
  const predicted = new Int32Array(studyOf.length);
  for (const test of folds) {
    const tested = new Set(test);
    const train = [...studyOf.keys()].filter((at) => !tested.has(at));
    const found = ridgeByDistances(measured, train, test);
    test.forEach((at, index) => predicted[at] = found[index]);
  }
  const { perClass } = classificationScores(studyOf, predicted, studies);
  return mean(perClass.map(({ recall }) => recall));
}

/** In how many tissues the study can be told; null if none was looked at. */
export function summarizeWithin(
  rows: readonly WithinRow[],
): ConfoundingSummary["within"] {
  if (rows.length === 0) return null;
  const told = (by: "set" | "random" | "all") =>
    rows.filter((row) => row[by] > row.bound).length;
  const asked = rows.filter(({ networks }) => networks !== null);
  return {
    tissues: rows.length,
    tissues_of_networks: asked.length,
    told_by_networks:
      asked.filter((row) => row.networks! > row.networks_bound!).length,
    told_by_set: told("set"),
    told_by_random: told("random"),
    told_by_all: told("all"),
  };
}
