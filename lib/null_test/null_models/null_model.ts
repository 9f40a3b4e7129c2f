/** What a null model is: a way to draw random gene sets to compare with. */

export interface GenePool {
  /** Genes of the matrix. */
  readonly genes: number;
  /** Genes in a random set, where the model leaves that open. */
  readonly size: number;
  /** The columns of the set that is tested. */
  readonly tested: Uint32Array;
  /** Each gene's stratum: genes of one are alike in what `matchGenes` says. */
  readonly strata: Int32Array;
}

export interface NullModel {
  /** As in tables and flags. */
  readonly name: string;
  /** As a heading: `Random sets of any genes`. */
  readonly title: string;
  /** In a sentence: `random genes`. */
  readonly phrase: string;
  /** What it draws, in a few words, for help and report. */
  readonly help: string;
  /** What its genes share with those of the tested set; null if nothing. */
  readonly keeps: string | null;
  /** Whether its sets can only be as large as the set that is tested. */
  readonly sameSize: boolean;
  /** The columns of one random set, ascending. */
  draw(pool: GenePool, seed: number): Uint32Array;
}
