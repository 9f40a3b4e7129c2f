/** The other cohort's values as they are, and with the shift taken out. */

import type { Dataset } from "../prepare/dataset.ts";
import type { ViewName } from "./names.ts";

/** Samples of tissues that both cohorts have, and of their common genes. */
export type CommonSamples = Pick<Dataset, "values" | "classOf"> & {
  /** Columns of `values`. */
  readonly genes: number;
  /** Classes that `classOf` may hold. */
  readonly tissues: number;
};

/** The other cohort's values in one form. */
export interface View {
  readonly name: ViewName;
  /** samples x genes, row after row. */
  readonly values: Float32Array<ArrayBuffer>;
}

/**
 * The other cohort's values three times: as they are; with each gene's mean
 * over its samples moved to the mean over the run's training samples, which
 * looks at no label of the other cohort; and with the mean of its tissues'
 * means moved to that of the run's, which does look at them, and so shows what
 * could be had if the shift were known.
 *
 * The middle one is right only if both cohorts have similar shares of the tissues.
 *
 * @param other The judged samples, by id.
 * @param training The run's samples of the same tissues, by id.
 */
export function viewsOf(other: CommonSamples, training: CommonSamples): View[] {
  const moved = (
    name: ViewName,
    center: (samples: CommonSamples) => Float64Array,
  ): View => {
    const [from, to] = [center(other), center(training)];
    return {
      name,
      values: other.values.map((value, index) => {
        const gene = index % other.genes;
        return value - from[gene] + to[gene];
      }),
    };
  };
  return [
    { name: "as_is", values: other.values },
    moved("centered", meansOfSamples),
    moved("balanced", meansOfTissues),
  ];
}

/** Each gene's mean over the samples. */
export function meansOfSamples(
  { values, genes }: Pick<CommonSamples, "values" | "genes">,
): Float64Array {
  const means = new Float64Array(genes);
  const samples = values.length / genes;
  for (let at = 0; at < values.length; at++) means[at % genes] += values[at];
  return means.map((sum) => sum / samples);
}

/** Each gene's mean over the tissues' means: each tissue counts the same. */
function meansOfTissues(
  { values, genes, classOf, tissues }: CommonSamples,
): Float64Array {
  const sizes = new Float64Array(tissues);
  for (const label of classOf) sizes[label]++;
  const present = sizes.filter((size) => size > 0).length;
  const means = new Float64Array(genes);
  for (let row = 0; row < classOf.length; row++) {
    const weight = 1 / (sizes[classOf[row]] * present);
    for (let gene = 0; gene < genes; gene++) {
      means[gene] += weight * values[row * genes + gene];
    }
  }
  return means;
}
