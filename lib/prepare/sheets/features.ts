/** Reads the user's table of genes: their names and descriptions. */

import type { GeneFacts } from "../input/expression_matrix.ts";

/** What is known of each gene, by its id. */
export type FeatureTable = ReadonlyMap<string, GeneFacts>;

/**
 * Reads a table of genes.
 *
 * @throws {InputError} If the file is no such table.
 */
export function readFeatures(_path: string): Promise<FeatureTable> {
  return Promise.reject(new Error("not there yet"));
}
