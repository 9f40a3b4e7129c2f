/** What a stage writes, declared once for writer, reader, report and docs. */

import { importLate } from "../import_late.ts";
import type { Fields } from "./fields.ts";

/** One column of a table or key of a JSON file, for the documentation. */
export interface DescribedColumn {
  readonly name: string;
  readonly type: string;
  readonly help: string;
}

/** The columns or keys of fields, those of objects within them as `a.b`. */
export function describeFields(fields: Fields, within = ""): DescribedColumn[] {
  return Object.entries(fields).flatMap(([key, { type, help, fields }]) => {
    const name = within + key;
    const inner = fields ? describeFields(fields, `${name}.`) : [];
    return [{ name, type, help }, ...inner];
  });
}

export interface Output {
  /** From the run's folder: `cnn/history.csv`. */
  readonly file: string;
  /** What it holds, in one line without a full stop. */
  readonly about: string;
  /** Empty where the format itself says it. */
  readonly columns: readonly DescribedColumn[];
}

/** A text file with typed content. */
export interface TypedOutput<Data> extends Output {
  /** @throws {TypeError} If the data are not of the declared type. */
  format(data: Data): string;
  /** @throws {InputError} If the text is not what `format` gives. */
  parse(text: string, path: string): Data;
}

/** A picture that the report shows in the section of its stage. */
export interface Figure<Data> extends Output {
  /** Loads the function that draws it as SVG. */
  loadDrawing(): Promise<(data: Data) => string>;
}

/** Declares a file whose format is known elsewhere, such as `weights.bin`. */
export function defineFile(file: string, about: string): Output {
  return { file, about, columns: [] };
}

/**
 * Declares a figure. The report shows all figures of a stage, in the order in
 * which the stage drew them.
 *
 * @param file From the run's folder, ending in `.svg`.
 * @param caption What a reader who cannot see it should know.
 * @param module The module that draws it: who only asks what files there are
 * need not load it.
 * @param pick Picks its drawing, which makes SVG of the data.
 */
export function defineFigure<Data, Module>(
  file: string,
  caption: string,
  module: URL,
  pick: (module: Module) => (data: Data) => string,
): Figure<Data> {
  return {
    file,
    about: caption,
    columns: [],
    loadDrawing: async () => pick(await importLate<Module>(module)),
  };
}
