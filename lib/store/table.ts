/** Typed CSV tables: one declaration for the writer and every reader. */

import { InputError } from "../cli/errors.ts";
import { escapeControls, quote, truncateText } from "../cli/text.ts";
import { type Cell, formatCsv, parseCsv } from "./csv.ts";
import type { Field, Fields, Row } from "./fields.ts";
import { describeFields, type TypedOutput } from "./output.ts";

/** Characters shown of a header that is not the table's. */
const LONGEST = 200;

/** A table with fixed columns. */
export interface Table<F extends Fields>
  extends TypedOutput<readonly Row<F>[]> {
  readonly fields: F;
}

export type RowOf<T> = T extends Table<infer F> ? Row<F> : never;

/**
 * Declares a table.
 *
 * @param file From the run's folder: `clusters/scores.csv`.
 * @param about What a row is, in one line without a full stop.
 *
 * @example
 * ```ts
 * import { defineTable } from "./table.ts";
 * import { integer, nullable, number, text } from "./fields.ts";
 * const genes = defineTable("shap/shap_genes.csv", "A gene of the set", {
 *   gene: text("gene id"),
 *   rank: integer("rank in its tissue"),
 *   standard_error: nullable(number("of the median")),
 * });
 * const csv = genes.format([{ gene: "a,b", rank: 1, standard_error: null }]);
 * console.assert(csv === 'gene,rank,standard_error\n"a,b",1,\n');
 * console.assert(genes.parse(csv, "shap_genes.csv")[0].rank === 1);
 * ```
 */
export function defineTable<const F extends Fields>(
  file: string,
  about: string,
  fields: F,
): Table<F> {
  const names = Object.keys(fields);
  return {
    file,
    about,
    fields,
    columns: describeFields(fields),
    format: (rows) =>
      formatCsv(
        names,
        rows.map((row, index) => {
          const other = Object.keys(row)
            .find((key) => !Object.hasOwn(fields, key));
          if (other !== undefined) {
            throw new TypeError(
              `Cannot write ${file}: ${other} is not a column`,
            );
          }
          return names.map((name) =>
            formatted(fields[name], row[name], file, index, name)
          );
        }),
      ),
    parse(text, path) {
      const [header = [], ...lines] = parseCsv(text, path);
      if (header.join() !== names.join()) {
        throw unreadable(
          path,
          `its columns are ${truncateText(header.join(", "), LONGEST)} and ` +
            `should be ${names.join(", ")}`,
        );
      }
      return lines.map((cells, index) =>
        Object.fromEntries(
          names.map((name, column) => [
            name,
            parsed(fields[name], cells[column], path, index, name),
          ]),
        ) as Row<F>
      );
    },
  };
}

/** A table with one typed column and then one for each of several names. */
export interface WideRows<First, Value> {
  /** The names of the other columns, such as tissues. */
  readonly names: readonly string[];
  readonly first: readonly First[];
  /** Rows by name. */
  readonly values: readonly (readonly Value[])[];
}

/**
 * Declares a table whose columns depend on the data.
 *
 * @param file From the run's folder: `shap/ranks.csv`.
 * @param about What a row is, in one line without a full stop.
 * @param first The first column's name and type.
 * @param other What the other columns are called, and the type of their cells.
 */
export function defineWideTable<First, Value>(
  file: string,
  about: string,
  first: { readonly name: string; readonly field: Field<First> },
  other: { readonly name: string; readonly field: Field<Value> },
): TypedOutput<WideRows<First, Value>> {
  // A name may be that of the first column.
  const suffix = ` (${other.name})`;
  return {
    file,
    about,
    columns: describeFields({
      [first.name]: first.field,
      [`one column a ${other.name}`]: other.field,
    }),
    format: ({ names, first: keys, values }) =>
      formatCsv(
        [
          first.name,
          ...names.map((name) => name === first.name ? name + suffix : name),
        ],
        keys.map((key, row) => [
          formatted(first.field, key, file, row, first.name),
          ...names.map((name, column) =>
            formatted(other.field, values[row][column], file, row, name)
          ),
        ]),
      ),
    parse(text, path) {
      const [header = [], ...lines] = parseCsv(text, path);
      if (header[0] !== first.name) {
        throw unreadable(
          path,
          `its first column is ${quote(header[0] ?? "")} and should be ` +
            first.name,
        );
      }
      return {
        names: header.slice(1).map((name) =>
          name === first.name + suffix ? first.name : name
        ),
        first: lines.map(([cell], row) =>
          parsed(first.field, cell, path, row, first.name) as First
        ),
        values: lines.map((cells, row) =>
          cells.slice(1).map((cell, column) =>
            parsed(other.field, cell, path, row, header[column + 1]) as Value
          )
        ),
      };
    },
  };
}

/** A value as a cell, if it is of its column's type. */
function formatted(
  field: Field,
  value: unknown,
  file: string,
  row: number,
  column: string,
): Cell {
  const sound = field.check(value);
  if (sound === undefined) {
    throw new TypeError(
      `Cannot write ${file}, row ${row + 1}, ${column}: it is ${value} and ` +
        `should be ${field.type}`,
    );
  }
  return sound as Cell;
}

/** The value of a cell, if it is of its column's type. */
function parsed(
  field: Field,
  cell: string,
  path: string,
  row: number,
  column: string,
): unknown {
  const value = field.parse(cell);
  if (value === undefined) {
    throw unreadable(
      path,
      `row ${row + 1} has ${quote(cell)} in ${quote(column)}, which should ` +
        `be ${field.type}`,
    );
  }
  return value;
}

function unreadable(path: string, what: string): InputError {
  return new InputError(`Cannot read ${escapeControls(path)}: ${what}`);
}
