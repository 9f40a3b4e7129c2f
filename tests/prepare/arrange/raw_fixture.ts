/** Small matrices as a reader gives them, and the flags they are read with. */

import assert from "node:assert/strict";
import { InputError } from "../../../lib/cli/errors.ts";
import {
  type Arranged,
  arrangeMatrix,
} from "../../../lib/prepare/arrange/arrange_matrix.ts";
import type { ArrangeChoices } from "../../../lib/prepare/arrange/reading.ts";
import { GrowableMatrix } from "../../../lib/prepare/input/growable_matrix.ts";
import type {
  Annotation,
  ColumnFault,
  RawMatrix,
} from "../../../lib/prepare/input/raw_matrix.ts";
import type { FeatureTable } from "../../../lib/prepare/sheets/features.ts";
import type { MatchedSheet } from "../../../lib/prepare/sheets/matched_sheet.ts";

/** Texts by the name of their column or row. */
type Texts = Readonly<Record<string, readonly string[]>>;

/** A matrix, as far as it differs from an unremarkable one. */
export interface Given {
  readonly title?: string;
  readonly columnTitle?: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly rowTexts?: Texts;
  readonly columnTexts?: Texts;
  /** By row and column; by default 10 x row + column. */
  readonly values?: (row: number, column: number) => number;
  readonly faults?: readonly ColumnFault[];
  readonly genesIn?: "rows" | "columns";
  readonly notes?: readonly string[];
}

/** Texts as the annotations of an axis. */
export function annotations(texts: Texts = {}): Annotation[] {
  return Object.entries(texts).map(([name, texts]) => ({ name, texts }));
}

/** What a reader would give. */
export function makeRaw(given: Given): RawMatrix {
  const { rows, columns, values = (row, column) => 10 * row + column } = given;
  const matrix = new GrowableMatrix(columns.length);
  rows.forEach((_, row) => {
    const added = matrix.add();
    columns.forEach((_, column) => added[column] = values(row, column));
  });
  return {
    format: "CSV",
    rows: {
      title: given.title ?? "",
      ids: rows,
      annotations: annotations(given.rowTexts),
      locate: (row) => `line ${row + 2}`,
    },
    columns: {
      title: given.columnTitle ?? "",
      ids: columns,
      annotations: annotations(given.columnTexts),
      locate: (column) => `column ${column + 2} of the header`,
    },
    values: matrix,
    faults: given.faults ?? [],
    genesIn: given.genesIn,
    notes: given.notes ?? [],
  };
}

/** Numbered names: `names("SRR100", 3)` are SRR1000, SRR1001, SRR1002. */
export function names(start: string, count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, index) => `${start}${from + index}`);
}

/** A text for each of so many samples, in turn. */
export function inTurn(texts: readonly string[], count: number): string[] {
  return Array.from(
    { length: count },
    (_, index) => texts[index % texts.length],
  );
}

export const RUNS = names("SRR100", 6);
export const MAIZE = names("Zm00001d00000", 4, 1);
export const TISSUES = inTurn(["leaf", "root"], 6);

/** Samples in rows with their tissue, as far as it does not differ. */
export function samplesInRows(given: Partial<Given> = {}): RawMatrix {
  return makeRaw({
    title: "sample_id",
    rows: RUNS,
    columns: MAIZE,
    rowTexts: { tissue: TISSUES },
    ...given,
  });
}

/** Genes in rows without any tissue, as far as it does not differ. */
export function genesInRows(given: Partial<Given> = {}): RawMatrix {
  return makeRaw({ title: "gene_id", rows: MAIZE, columns: RUNS, ...given });
}

/** A sheet that knows all samples, as far as it does not differ. */
export function makeSheet(
  samplesIn: "rows" | "columns",
  facts: Texts,
  more: Partial<MatchedSheet> = {},
): MatchedSheet {
  const [texts] = Object.values(facts);
  return {
    path: "sheet.csv",
    idColumn: "run",
    samplesIn,
    matched: texts.map(() => true),
    facts: annotations(facts),
    unusable: [],
    notes: [],
    ...more,
  };
}

const CHOICES: ArrangeChoices = {
  input: "m.csv",
  label: "",
  group: "",
  batch: "",
  orient: "auto",
  ignore: [],
  duplicates: "refuse",
  "strip-versions": false,
  missing: "refuse",
  "missing-labels": "refuse",
};

/** What goes with a matrix. */
export interface With {
  readonly choices?: Partial<ArrangeChoices>;
  readonly sheet?: MatchedSheet;
  readonly features?: FeatureTable;
}

/** Arranges a matrix with the default flags, as far as they do not differ. */
export function arrange(raw: RawMatrix, more: With = {}): Arranged {
  const choices = { ...CHOICES, ...more.choices };
  const arranged = arrangeMatrix(raw, choices, more.sheet, more.features);
  const { matrix } = arranged;
  const { sampleIds, genes, values } = matrix;
  // What every arranged matrix must be.
  assert.equal(values.length, sampleIds.length * genes.length);
  assert.equal(values.byteLength, values.buffer.byteLength);
  assert.equal(new Set(sampleIds).size, sampleIds.length);
  assert.equal(new Set(genes).size, genes.length);
  assert.equal(matrix.tissues.length, sampleIds.length);
  assert.equal(matrix.geneFacts.length, genes.length);
  for (const { texts } of matrix.sampleFacts) {
    assert.equal(texts.length, sampleIds.length);
  }
  assert.ok(values.every((value) => Number.isFinite(value)));
  assert.ok(!values.some((value) => Object.is(value, -0)));
  return arranged;
}

/** Checks what the user reads when a matrix is refused. */
export function assertRefused(
  run: () => unknown,
  message: RegExp,
  remedy: RegExp,
): void {
  let refused: unknown;
  try {
    run();
  } catch (error) {
    refused = error;
  }
  assert.ok(refused instanceof InputError, `not refused: ${refused}`);
  assert.match(refused.message, message);
  assert.match(refused.message, /^Cannot read m\.csv: [^.]/);
  assert.doesNotMatch(refused.message, /\p{Cc}|\.$/u, "it is one line");
  assert.ok(refused.message.length < 600, refused.message);
  assert.match(refused.remedy ?? "", remedy);
}
