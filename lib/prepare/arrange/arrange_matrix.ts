/** Arranges a matrix as the file has it into samples, genes and tissues. */

import { quote, withCommas } from "../../cli/text.ts";
import type { ExpressionMatrix } from "../input/expression_matrix.ts";
import type { RawAxis, RawMatrix } from "../input/raw_matrix.ts";
import type { FeatureTable } from "../sheets/features.ts";
import type { MatchedSheet } from "../sheets/matched_sheet.ts";
import { countCells } from "./cell_counts.ts";
import { type Picked, refuseFaults, refuseMissing } from "./cell_faults.ts";
import {
  findDuplicates,
  mergeDuplicates,
  noteDuplicates,
} from "./duplicate_genes.ts";
import { findGenes, type GeneAxis } from "./gene_axis.ts";
import { findGeneFacts } from "./gene_facts.ts";
import { findLabel, type Label } from "./label.ts";
import { refuseLongFormat } from "./long_format.ts";
import { dropMissing, missingRemedy } from "./missing_values.ts";
import { refuseMissingIds } from "./missing_ids.ts";
import { findOrientation, type Orientation } from "./orientation.ts";
import type { ArrangeChoices, Reading } from "./reading.ts";
import { findSamples, type SampleAxis } from "./sample_axis.ts";
import { type Sides, sidesOf } from "./sides.ts";
import { noteUnknownIgnored } from "./unknown_ignored.ts";

/** A matrix in order, and how it was understood. */
export interface Arranged {
  readonly matrix: ExpressionMatrix;
  readonly reading: Reading;
}

/**
 * Arranges a matrix: finds out which side the genes are on, which column or row
 * names the tissues, what is a sample and what is a gene; and takes their
 * values.
 *
 * @param given What a reader gave, after `promoteIds`; its values are taken out.
 * @param sheet The sample sheet, matched to the same matrix.
 * @param features What the user's table says of the genes.
 * @throws {InputError} If something is missing, there twice or unclear.
 */
export function arrangeMatrix(
  given: RawMatrix,
  choices: ArrangeChoices,
  sheet?: MatchedSheet,
  features?: FeatureTable,
): Arranged {
  const { input } = choices;
  const raw = withoutIgnored(given, choices.ignore);
  refuseLongFormat(input, raw);
  refuseMissingIds(input, raw, sheet);
  const orientation = findOrientation(raw, choices, sheet);
  const sides = sidesOf(raw, orientation.genesIn);
  const label = findLabel({
    sides,
    orientation,
    choices,
    sheet,
    unlabeled: raw.unlabeled,
    describeLast: () => describeLast(raw),
  });
  const samples = findSamples(sides, label, choices, sheet);
  const genes = findGenes(sides, choices);
  const taken = takeValues(raw, sides, samples, genes, choices);
  const { places, geneIds } = taken;
  const known = findGeneFacts(sides.genes, places.genes, geneIds, features);
  const matrix: ExpressionMatrix = {
    sampleIds: taken.sampleIds,
    genes: geneIds,
    geneFacts: known.facts,
    tissues: places.samples.map((place) => label.texts[place]),
    values: taken.values,
    sampleFacts: label.facts.map(({ name, texts }) => ({
      name,
      texts: places.samples.map((place) => texts[place].trim()),
    })),
  };
  const notes = [
    ...raw.notes,
    // The note on the label says it of rows that are about samples.
    ...sides.genesIn === "columns" ? raw.textRowNotes ?? [] : [],
    ...noteUnknownIgnored(given, choices.ignore),
    ...sheet?.notes ?? [],
    ...label.notes,
    ...samples.notes,
    ...genes.notes,
    ...taken.notes,
    ...known.notes,
  ];
  return { matrix, reading: describe(raw, orientation, label, notes) };
}

/** The matrix without the texts that the user ignores. */
function withoutIgnored(
  raw: RawMatrix,
  ignore: readonly string[],
): RawMatrix {
  const filtered = (axis: RawAxis): RawAxis => ({
    title: axis.title,
    ids: axis.ids,
    annotations: axis.annotations.filter(({ name }) => !ignore.includes(name)),
    locate: (index) => axis.locate(index),
  });
  return ignore.length === 0
    ? raw
    : { ...raw, rows: filtered(raw.rows), columns: filtered(raw.columns) };
}

function describe(
  { format }: RawMatrix,
  { genesIn, reason }: Orientation,
  { name, from }: Label,
  notes: readonly string[],
): Reading {
  return {
    format,
    genesIn,
    orientationReason: reason,
    label: name,
    labelFrom: from,
    notes,
  };
}

/** What the last column of numbers holds, which is not the tissues. */
function describeLast({ rows, columns, values }: RawMatrix): string {
  const last = columns.ids.length - 1;
  const different = new Set<number>();
  for (let row = 0; row < rows.ids.length; row++) {
    different.add(values.row(row)[last]);
  }
  different.delete(NaN);
  return `the last one, ${quote(columns.ids[last])}, holds ${
    different.size === 0
      ? "nothing but missing values"
      : different.size === 1
      ? `the number ${[...different][0]} in every row`
      : `${withCommas(different.size)} different numbers`
  }`;
}

/** The values, and which samples and genes are left. */
interface Taken {
  readonly values: Float32Array<ArrayBuffer>;
  readonly sampleIds: readonly string[];
  readonly geneIds: readonly string[];
  /** Where they are on their sides. */
  readonly places: {
    readonly samples: readonly number[];
    readonly genes: readonly number[];
  };
  readonly notes: readonly string[];
}

/** Takes the values of the samples and genes, one gene an id, none missing. */
function takeValues(
  raw: RawMatrix,
  sides: Sides,
  samples: SampleAxis,
  found: GeneAxis,
  choices: ArrangeChoices,
): Taken {
  const { input, duplicates, missing } = choices;
  const repeated = findDuplicates(raw, sides, found, choices);
  const genesInRows = sides.genesIn === "rows";
  const [rows, columns] = genesInRows
    ? [found.places, samples.places]
    : [samples.places, found.places];
  const values = raw.values.take({
    rows,
    // All in order: whole rows are copied.
    ...columns.length < raw.columns.ids.length || genesInRows
      ? { columns }
      : {},
    transposed: genesInRows,
  });
  clearSigns(values);
  const picked: Picked = {
    raw,
    genesIn: sides.genesIn,
    samples: samples.places,
    genes: found.places,
    table: { values, genes: found.places.length },
  };
  const absent = countCells(picked.table, "missing");
  refuseFaults(input, picked, absent);
  if (missing === "refuse" && absent.values > 0) {
    refuseMissing(input, picked, absent, missingRemedy(absent));
  }
  // Copies of a gene first: a sum with a missing part is missing.
  const merged = mergeDuplicates(
    picked.table,
    repeated,
    duplicates === "refuse" ? "first" : duplicates,
    input,
  );
  const ids = {
    samples: samples.ids,
    genes: merged.kept.map((gene) => found.ids[gene]),
  };
  const complete = dropMissing(merged.table, ids, choices);
  return {
    values: complete.table.values,
    sampleIds: complete.samples.map((sample) => ids.samples[sample]),
    geneIds: complete.genes.map((gene) => ids.genes[gene]),
    places: {
      samples: complete.samples.map((sample) => samples.places[sample]),
      genes: complete.genes.map((gene) => found.places[merged.kept[gene]]),
    },
    notes: [...noteDuplicates(repeated, duplicates), ...complete.notes],
  };
}

/** Makes 0 of each -0, so that equal values have equal bits. */
function clearSigns(values: Float32Array): void {
  for (let index = 0; index < values.length; index++) {
    values[index] += 0;
  }
}
