/** Typed JSON files: one declaration for the writer and every reader. */

import { InputError } from "../cli/errors.ts";
import { type Fields, findFault, object, type Row } from "./fields.ts";
import { describeFields, type TypedOutput } from "./output.ts";

/**
 * Declares a JSON file that holds one object.
 *
 * @param file From the run's folder: `shap/summary.json`.
 * @param about What it holds, in one line without a full stop.
 *
 * @example
 * ```ts
 * import { integer } from "./fields.ts";
 * import { defineJson } from "./json.ts";
 * const summary = defineJson("shap/summary.json", "The explanations", {
 *   genes: integer("genes in the set"),
 * });
 * console.assert(summary.format({ genes: 3 }) === '{\n  "genes": 3\n}\n');
 * ```
 */
export function defineJson<const F extends Fields>(
  file: string,
  about: string,
  fields: F,
): TypedOutput<Row<F>> & { readonly fields: F } {
  const content = object(fields);
  return {
    file,
    about,
    fields,
    columns: describeFields(fields),
    format(data) {
      const sound = content.check(data);
      if (sound === undefined) {
        throw new TypeError(`Cannot write ${file}: ${findFault(fields, data)}`);
      }
      return JSON.stringify(sound, null, 2) + "\n";
    },
    parse(text, path) {
      let data: unknown;
      try {
        data = JSON.parse(text);
      } catch {
        throw new InputError(`Cannot read ${path}: it is not JSON`);
      }
      const sound = content.check(data);
      if (sound === undefined) {
        throw new InputError(`Cannot read ${path}: ${findFault(fields, data)}`);
      }
      return sound;
    },
  };
}
