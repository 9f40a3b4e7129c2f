/** Recognizes, normalizes and filters a matrix, and writes what was done. */

import type { Values } from "../cli/parameters.ts";
import type { StageContext } from "../pipeline/stage.ts";
import { median } from "../statistics/describe.ts";
import type { Preprocessing } from "./describe.ts";
import {
  type FilteredGenes,
  filterGenes,
  type FilterRule,
  filterRule,
  takeColumns,
} from "./filter.ts";
import {
  type Normalization,
  normalizeSamples,
} from "./normalize/normalization.ts";
import { recognizeValues, type ValueSummary } from "./normalize/recognize.ts";
import * as files from "./outputs.ts";
import type { prepareParameters } from "./parameters.ts";
import type { PreparationInput } from "./input/read_input.ts";
import type { SampleSplit } from "./split/sample_split.ts";

/** What was found in a matrix and decided for it. */
export interface PreprocessedInput {
  readonly summary: ValueSummary;
  readonly normalization: Normalization;
  readonly rule: FilterRule;
  readonly outcome: FilteredGenes;
  /** The input with the genes that stay; its values are not normalized yet. */
  readonly filtered: PreparationInput;
}

/**
 * Recognizes what the values are, and finds how they are to be normalized and
 * which genes stay. All samples are used, those to test with too: neither
 * looks at a sample's tissue, only at the size of the smallest one.
 *
 * @throws {InputError} If the values cannot be normalized or hardly a gene
 * stays.
 */
export function filterInput(
  input: PreparationInput,
  choices: Values<typeof prepareParameters>,
): PreprocessedInput {
  const { values, genes, tissues } = input;
  const summary = recognizeValues(values, genes.length);
  const normalization = normalizeSamples({ ...input, ...choices, summary });
  const { divisors } = normalization;
  const rule = filterRule(choices, tissues, summary, normalization);
  const outcome = filterGenes(values, genes.length, divisors, rule);
  const { kept } = outcome;
  return {
    summary,
    normalization,
    rule,
    outcome,
    filtered: {
      ...input,
      genes: Array.from(kept, (column) => genes[column]),
      geneFacts: Array.from(kept, (column) => input.geneFacts[column]),
      values: takeColumns(values, genes.length, kept),
    },
  };
}

/** What was done, as `prepare/preprocessing.json` has it. */
export function describePreprocessing(
  { sampleIds, genes }: PreparationInput,
  { summary, normalization, rule, outcome }: PreprocessedInput,
  { fewestTested }: SampleSplit,
): Preprocessing {
  const sizes = summary.librarySizes.toSorted();
  const { method, reference } = normalization;
  return {
    values: summary.kind,
    whole_share: summary.wholeShare,
    largest_value: summary.largest,
    smallest_value: summary.smallest,
    negative_values: summary.negative,
    library_size: { min: sizes[0], median: median(sizes), max: sizes.at(-1)! },
    normalization: method,
    reference_sample: reference === undefined ? null : sampleIds[reference],
    min_expression: rule.minExpression,
    min_samples: rule.minSamples,
    genes_in_matrix: genes.length,
    genes_filtered: genes.length - outcome.kept.length,
    fewest_tested: fewestTested ?? null,
  };
}

/** Writes the library sizes, the genes left out and the summary. */
export async function writePreprocessing(
  context: StageContext<unknown>,
  { sampleIds, genes, geneFacts }: PreparationInput,
  { summary, normalization, outcome }: PreprocessedInput,
  preprocessing: Preprocessing,
): Promise<void> {
  await context.write(files.preprocessing, preprocessing);
  await context.write(
    files.libraries,
    sampleIds.map((sample_id, row) => ({
      sample_id,
      library_size: summary.librarySizes[row],
      norm_factor: normalization.factors[row],
    })),
  );
  const kept = new Set(outcome.kept);
  await context.write(
    files.filteredGenes,
    genes.flatMap((gene, column) =>
      kept.has(column) ? [] : [{
        gene,
        name: geneFacts[column].name || null,
        samples_reaching: outcome.reaching[column],
        max: outcome.largest[column],
      }]
    ),
  );
}
