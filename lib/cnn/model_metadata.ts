/** What the project itself writes into a saved model. */

import { InputError } from "../cli/errors.ts";
import { truncateText } from "../cli/text.ts";
import { explainUnreadable } from "../cli/text_file.ts";

/** What the project itself needs to know to load the model again. */
export interface ModelMetadata {
  /** Columns of the image: genes and decoys. */
  readonly genes: number;
  readonly width: number;
  /** The tissue of each output, in order. */
  readonly tissues: readonly string[];
}

/**
 * Reads the metadata in a `model.json`.
 *
 * @throws {InputError} If it cannot be read, or is no model of the project's.
 */
export async function readModelMetadata(path: string): Promise<ModelMetadata> {
  const refuse = (what: string): never => {
    throw new InputError(`Cannot load the model: ${path}: ${what}`);
  };
  const text = await Deno.readTextFile(path)
    .catch((error) => refuse(explainUnreadable(error)));
  let metadata: unknown;
  try {
    metadata = JSON.parse(text)?.userDefinedMetadata;
  } catch (error) {
    refuse(`it is not JSON (${truncateText((error as Error).message, 200)})`);
  }
  return isMetadata(metadata)
    ? metadata
    : refuse("it does not say its genes, width and tissues");
}

function isMetadata(value: unknown): value is ModelMetadata {
  if (typeof value !== "object" || value === null) return false;
  const { genes, width, tissues } = value as Record<string, unknown>;
  return Number.isSafeInteger(genes) && Number(genes) >= 1 &&
    Number.isFinite(width) && Number(width) > 0 &&
    Array.isArray(tissues) && tissues.length >= 1 &&
    tissues.every((tissue) => typeof tissue === "string");
}
