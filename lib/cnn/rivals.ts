/** The simple classifiers that the network is compared with. */

/** By name in the files: a title for tables, and how a sentence says it. */
export const rivals = {
  nearest_centroid: {
    title: "nearest centroid",
    phrase: "nearest centroids",
  },
  five_nearest_neighbors: {
    title: "five nearest neighbors",
    phrase: "five nearest neighbors",
  },
  ridge: {
    title: "ridge regression",
    phrase: "ridge regression",
  },
  logistic_regression: {
    title: "logistic regression",
    phrase: "logistic regression",
  },
} as const;

export type RivalName = keyof typeof rivals;

/** In the order of tables. */
export const rivalNames = Object.keys(rivals) as RivalName[];

/** One value for each rival. */
export function forRivals<Value>(
  make: (name: RivalName) => Value,
): Record<RivalName, Value> {
  return Object.fromEntries(
    rivalNames.map((name) => [name, make(name)]),
  ) as Record<RivalName, Value>;
}
