/** What a space is: a representation of samples that they are clustered in. */

export interface SpaceInput {
  /** Samples x genes, row-major: the columns of the gene set only. */
  readonly rows: Float32Array;
  readonly samples: number;
  readonly genes: number;
  /** Neighbors of a sample, itself included. */
  readonly neighbors: number;
  /** Smallest distance between two points of a layout. */
  readonly minDist: number;
  /** Epochs of a layout; null for as many as its method says. */
  readonly epochs: number | null;
  /** Principal components, at most. */
  readonly components: number;
  /** All principal components, computed once for all spaces of a gene set. */
  readonly rotated: () => Embedding;
  /** Seed of the space; null if nothing in it is random. */
  readonly seed: number | null;
}

export interface Embedding {
  /** Samples x dimensions, row-major. */
  readonly points: Float64Array<ArrayBuffer>;
  /** At least 1; at least 2 in spaces that are plotted. */
  readonly dimensions: number;
}

export interface Space {
  /** As in tables and flags. */
  readonly name: string;
  /** As a heading: `Principal components`. */
  readonly title: string;
  /** In a sentence, after "in": `principal component space`. */
  readonly phrase: string;
  /** What it is, in a few words, for help and report. */
  readonly help: string;
  /** Title of the plot of its first two dimensions; null if it has none. */
  readonly plotTitle: string | null;
  /** Whether it takes a seed. */
  readonly random: boolean;
  /** Whether it keeps neighbors only, but neither distances nor densities. */
  readonly nonlinear: boolean;
  /** Whether it has so many dimensions that k-means is slow. */
  readonly highDimensional: boolean;
  readonly citation?: string;
  /**
   * Embeds the samples. What it needs of packages it imports here, for every
   * command loads the list of spaces.
   */
  embed(input: SpaceInput): Embedding | Promise<Embedding>;
  /**
   * The same with several seeds, where that is faster than one by one; each
   * embedding is the same as alone.
   */
  embedMany?(
    input: SpaceInput,
    seeds: readonly number[],
  ): Promise<readonly Embedding[]>;
  /** What the user should know if the samples are too few for it. */
  warn?(count: {
    readonly samples: number;
    /** What they are called: `test samples`. */
    readonly noun: string;
    /** Neighbors that the user asks for. */
    readonly neighbors: number;
  }): string | undefined;
}
