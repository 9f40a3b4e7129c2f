/** What a space is: a way to lay samples out for clustering. */

/** What a space is made from. */
export interface SpaceInput {
  /** Samples x genes, row-major: the gene set's columns alone. */
  readonly rows: Float32Array;
  readonly samples: number;
  readonly genes: number;
  /** Neighbors a sample, for spaces that ask for them. */
  readonly neighbors: number;
  /** How near two points may come, for spaces that ask for it. */
  readonly minDist: number;
  /** Principal components, for the space that is made of them. */
  readonly components: number;
  /** All principal components; worked out once for all spaces of a gene set. */
  readonly rotated: () => Embedding;
  /** Seed of all that is random in making the space. */
  readonly seed: number | null;
}

/** Where the samples lie. */
export interface Embedding {
  /** Samples x dimensions, row-major. */
  readonly points: Float64Array<ArrayBuffer>;
  /** At least 1, in spaces that are drawn at least 2. */
  readonly dimensions: number;
}

/** A way to lay samples out. */
export interface Space {
  /** As it stands in the tables. */
  readonly name: string;
  /** As figures call it. */
  readonly title: string;
  /** Whether chance has a part in it, so that it takes a seed. */
  readonly random: boolean;
  /** Whether its first two dimensions make a picture of the samples. */
  readonly drawn: boolean;
  /** Whether it has many dimensions, in which k-means takes long. */
  readonly wide: boolean;
  embed(input: SpaceInput): Embedding;
}
