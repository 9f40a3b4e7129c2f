/** The scores of a panel: of its predictions and clusters in all folds. */

/** In the order of tables. */
export const scoreNames = [
  "centroid_macro_f1",
  "centroid_accuracy",
  "ridge_macro_f1",
  "ridge_accuracy",
  "ami",
  "v_measure",
  "ari",
] as const;

export type ScoreName = typeof scoreNames[number];

/** The scores whose p-values are adjusted: each is tested for itself. */
export const TESTED: readonly ScoreName[] = ["centroid_macro_f1", "ami"];

/** By name; a score that was not measured is not there. */
export type PanelScores = ReadonlyMap<ScoreName, number>;

/** Predictions, counted by class. */
export interface ClassCounts {
  /** Samples of the class that were predicted right. */
  readonly hits: Int32Array;
  /** Samples predicted to be of the class. */
  readonly predicted: Int32Array;
}

/** A panel's scores in a fold. */
export interface FoldScores {
  readonly centroid: ClassCounts;
  /** Null for random panels: fitting them all would take too long. */
  readonly ridge: ClassCounts | null;
  /** Means of the k-means runs; null if the fold is not clustered. */
  readonly clusters: {
    readonly vMeasure: number;
    readonly ami: number;
    readonly ari: number;
  } | null;
}

/** Counts predictions by class. */
export function countClasses(
  truth: ArrayLike<number>,
  predicted: ArrayLike<number>,
  classes: number,
): ClassCounts {
  const counts = {
    hits: new Int32Array(classes),
    predicted: new Int32Array(classes),
  };
  for (let sample = 0; sample < truth.length; sample++) {
    counts.predicted[predicted[sample]]++;
    if (predicted[sample] === truth[sample]) counts.hits[truth[sample]]++;
  }
  return counts;
}

/**
 * Accuracy and macro F1 from counts: as `classificationScores` of the pooled
 * predictions, which need not be kept for every random panel.
 *
 * @param folds Of each fold.
 * @param support Samples of each class in all folds.
 */
export function scoreCounts(
  folds: readonly ClassCounts[],
  support: ArrayLike<number>,
): { readonly accuracy: number; readonly macroF1: number } {
  let right = 0;
  let all = 0;
  let sum = 0;
  let occurring = 0;
  for (let label = 0; label < support.length; label++) {
    let hits = 0;
    let predicted = 0;
    for (const counts of folds) {
      hits += counts.hits[label];
      predicted += counts.predicted[label];
    }
    right += hits;
    all += support[label];
    if (support[label] + predicted === 0) continue;
    occurring++;
    sum += 2 * hits / (support[label] + predicted);
  }
  return { accuracy: right / all, macroF1: sum / occurring };
}

/**
 * The scores of one panel from those of its folds: predictions pooled, scores
 * of clusters averaged, weighted by samples.
 *
 * @param folds The panel in each fold, with the fold's number of samples.
 * @param support Samples of each class in all folds.
 */
export function pooledScores(
  folds: readonly {
    readonly samples: number;
    readonly scores: FoldScores;
  }[],
  support: ArrayLike<number>,
): PanelScores {
  const found = new Map<ScoreName, number>();
  const add = (
    name: "centroid" | "ridge",
    counts: readonly (ClassCounts | null)[],
  ) => {
    const known = counts.filter((each) => each !== null);
    if (known.length < folds.length) return;
    const { accuracy, macroF1 } = scoreCounts(known, support);
    found.set(`${name}_macro_f1`, macroF1);
    found.set(`${name}_accuracy`, accuracy);
  };
  add("centroid", folds.map(({ scores }) => scores.centroid));
  add("ridge", folds.map(({ scores }) => scores.ridge));
  const clustered = folds.flatMap(({ samples, scores: { clusters } }) =>
    clusters === null ? [] : [{ samples, ...clusters }]
  );
  const all = clustered.reduce((sum, { samples }) => sum + samples, 0);
  if (all > 0) {
    const average = (of: (fold: typeof clustered[number]) => number) =>
      clustered.reduce((sum, fold) => sum + fold.samples * of(fold), 0) / all;
    found.set("ami", average(({ ami }) => ami));
    found.set("v_measure", average(({ vMeasure }) => vMeasure));
    found.set("ari", average(({ ari }) => ari));
  }
  return found;
}
