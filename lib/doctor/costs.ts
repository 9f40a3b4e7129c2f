/** What one unit of each kind of work takes on this machine, in seconds. */

/** Of the network. */
export interface NetworkCosts {
  /** First weights of a network, and putting them onto the backend. */
  readonly build: number;
  /** An update with all threads inside the kernels, for each sample. */
  readonly train: number;
  /** The same in one thread, as a worker that trains does it. */
  readonly trainAlone: number;
  /** BatchNorm statistics, a sample. */
  readonly recompute: number;
  /** A sample. */
  readonly predict: number;
  /** Workers that explain, all together. */
  readonly openPool: number;
  /** Loading a network in the workers. */
  readonly load: number;
  /** A draw of a sample, all workers together. */
  readonly draw: number;
}

/** Of the gene sets, all workers together. */
export interface SetCosts {
  /** Workers that score sets. */
  readonly openPool: number;
  /** All embeddings of a set in all spaces. */
  readonly embed: number;
  /** A run of k-means on every layout in all random spaces. */
  readonly low: number;
  /** A run of k-means in all others. */
  readonly high: number;
  /** What the set of all genes takes more than another set. */
  readonly allGenes: number;
}

/** Of everything else, on one thread. */
export interface TableCosts {
  /** Bytes of a matrix read, checked and laid out, a byte. */
  readonly loadByte: number;
  /** A cell of a table written. */
  readonly cell: number;
  /** A figure drawn. */
  readonly figure: number;
  /** Distances, for a pair of samples and a gene. */
  readonly distance: number;
  /** An eigendecomposition, for the cube of the samples. */
  readonly eigen: number;
  /** Welch's t with its p and its rank, for a gene and a tissue. */
  readonly welch: number;
  /**
   * Logistic regression with a penalty that validation samples choose, for the
   * square of the samples and a tissue.
   */
  readonly logistic: number;
  /** A round of boosted trees on half samples, for a gene and a sample. */
  readonly tree: number;
}

export interface UnitCosts {
  readonly network: NetworkCosts;
  readonly sets: SetCosts;
  readonly tables: TableCosts;
  /** Reading and preparing the input, as measured. */
  readonly input: { readonly reading: number; readonly preparing: number };
}
