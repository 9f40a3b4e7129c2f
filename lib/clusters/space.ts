/** What a space is: a way to lay samples out for clustering. */

/** What a space is made from. */
export interface SpaceInput {
  /** Samples x genes, row-major: the gene set's columns alone. */
  readonly rows: Float32Array;
  readonly samples: number;
  readonly genes: number;
  /** Neighbours a sample, for spaces that ask for them. */
  readonly neighbours: number;
  /** How near two points may come, for spaces that ask for it. */
  readonly minDist: number;
  /** Seed of all that is random in making the space. */
  readonly seed: number;
}

/** Where the samples lie. */
export interface Embedding {
  /** Samples x dimensions, row-major. */
  readonly points: Float64Array<ArrayBuffer>;
  /** At least 2; the first two are drawn. */
  readonly dimensions: number;
}

/** A way to lay samples out. */
export interface Space {
  /** As it stands in the tables. */
  readonly name: string;
  embed(input: SpaceInput): Embedding;
}
