/** The words in the stage's tables, and what the report says for them. */

/** How the other cohort's values are brought to the run's. */
export const viewNames = ["as_is", "centered", "balanced"] as const;
export type ViewName = typeof viewNames[number];

export const VIEW_TITLES: Readonly<Record<ViewName, string>> = {
  as_is: "as they are",
  centered: "centered",
  balanced: "centered by tissue",
};

/** The classifiers that are judged; the networks come first. */
export const classifierNames = [
  "networks",
  "ridge",
  "nearest_centroid",
] as const;
export type ClassifierName = typeof classifierNames[number];

export const CLASSIFIER_TITLES: Readonly<Record<ClassifierName, string>> = {
  networks: "networks",
  ridge: "ridge",
  nearest_centroid: "nearest centroids",
};

/** Why a sample of the other cohort is not judged. */
export const leftOutReasons = [
  "other tissue",
  "no tissue",
  "no values",
] as const;
export type LeftOut = typeof leftOutReasons[number];
