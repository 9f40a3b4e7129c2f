/** What a null is: a way to draw random gene sets to compare with. */

/** What random gene sets are drawn from. */
export interface GenePool {
  /** All genes. */
  readonly genes: number;
  /** Genes in a set, where the kind leaves that open. */
  readonly size: number;
  /** The columns of the set that is tested. */
  readonly tested: Uint32Array;
  /** Each gene's stratum of mean and spread. */
  readonly strata: Int32Array;
}

/** A kind of random gene sets. */
export interface NullModel {
  /** As it stands in the tables. */
  readonly name: string;
  /** As figures call it. */
  readonly title: string;
  /** Whether its sets can only be as large as the set that is tested. */
  readonly sameSize: boolean;
  /** The stream of a set, counted from 1. */
  streamOf(set: number): string;
  /** The columns of one random set, ascending. */
  draw(pool: GenePool, seed: number): Uint32Array;
}
