/** A ranking of the genes as panels are made from it, fold by fold. */

/** The lists that judge one fold. */
export interface FoldLists {
  /** Gene columns by tissue, best first; a tissue may lack a list. */
  readonly lists: ReadonlyMap<string, ArrayLike<number>>;
  /** Gene columns of the set that the ranking selects. */
  readonly set: readonly number[];
}

/** A ranking by whatever method. */
export interface PanelRanking {
  readonly name: string;
  /** As in "the panels of SHAP". */
  readonly title: string;
  /** Whether its genes were ranked on the samples that it is judged on. */
  readonly seen: boolean;
  /** By the judged folds. */
  readonly folds: readonly FoldLists[];
}

/** Of genes ranked without the samples that judge them. */
export const SHAP = "shap";
/** Of genes ranked on the test samples: the study's way. */
export const SHAP_TEST = "shap_test";

/** The size that stands for the selected set. */
export const WHOLE_SET = 0;

/**
 * The different genes among each tissue's first ones.
 *
 * @param size Genes a tissue; `WHOLE_SET` for the set.
 * @param byId All gene columns in the order of the genes' ids.
 * @returns Columns in the order of their ids, so that no sum over them depends
 * on the order of the matrix.
 */
export function panelOf(
  { lists, set }: FoldLists,
  size: number,
  byId: Uint32Array,
): Uint32Array {
  const chosen = new Set(
    size === WHOLE_SET ? set : [...lists.values()]
      .flatMap((list) => Array.from(list).slice(0, size)),
  );
  return byId.filter((column) => chosen.has(column));
}
