/** Refuses what is no annotation file before any stage runs. */

import { InputError } from "../../cli/errors.ts";
import { checkTableFile } from "../../prepare/input/table_file.ts";
import { asUnusable } from "./text_lines.ts";

/**
 * Looks at a file's first bytes.
 *
 * @throws {InputError} If it cannot be read, is empty, or is something else: a
 * folder, a workbook, a web page.
 */
export async function checkAnnotationFile(path: string): Promise<void> {
  try {
    await checkTableFile(path);
  } catch (error) {
    throw error instanceof InputError ? asUnusable(path, error) : error;
  }
}
