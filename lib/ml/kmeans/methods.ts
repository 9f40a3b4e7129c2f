/** The methods of k-means, for flags: they do not load k-means itself. */

export const kMeansMethods = ["hartigan", "lloyd"] as const;

export type KMeansMethod = typeof kMeansMethods[number];
