/** How the matrix was read and what was left out, as a file and in words. */

import { countOf, quote } from "../../cli/text.ts";
import { listFew } from "../labels/named.ts";
import type { Row } from "../../store/fields.ts";
import type { input } from "../outputs.ts";
import type { PreparationInput } from "../input/read_input.ts";
import type { RevisedSamples } from "./revise_samples.ts";
import type { DroppingFlag } from "./revision.ts";

/** What `prepare/input.json` holds. */
export type Reading = Row<typeof input.fields>;

/** Renamings that the paragraph names. */
const NAMED = 8;

const DROPPED_AS: Readonly<Record<DroppingFlag, string>> = {
  "keep-tissues": "of tissues that were not asked for",
  "missing-labels": "without a tissue",
  "drop-zero-samples": "in which nothing was measured",
  "drop-twins": "with the values of another one of the same tissue",
  "min-samples": "of tissues with too few samples",
};

/** What was read, as `prepare/input.json` has it. */
export function describeReading(
  { reading, sampleIds, genes }: PreparationInput,
  { revision }: Pick<RevisedSamples, "revision">,
): Reading {
  return {
    format: reading?.format ?? null,
    genes_in: reading?.genesIn ?? null,
    orientation_reason: reading?.orientationReason || null,
    label: reading?.label || null,
    label_from: reading?.labelFrom ?? null,
    samples: sampleIds.length,
    genes: genes.length,
    dropped: revision.dropped,
    merged: revision.merged,
    notes: reading?.notes ?? [],
  };
}

/** How the user's file was understood, in a line for the terminal. */
export function readingLine(
  { reading, sampleIds, genes }: PreparationInput,
): string | undefined {
  if (reading === undefined) return undefined;
  const { format, genesIn, orientationReason, label, labelFrom } = reading;
  return `${format}: ${countOf(genes.length, "gene")} in ${genesIn}, ${
    countOf(sampleIds.length, "sample")
  } in ${genesIn === "rows" ? "columns" : "rows"} (${orientationReason}); ` +
    `the tissue is ${quote(label)} of the ${labelFrom}`;
}

/**
 * The paragraph on how the file was read.
 *
 * @param text Makes a text of the user's fit the paragraph.
 * @param code Shows a flag or a name as it is.
 * @returns Empty for a matrix that is simulated and used whole.
 */
export function formatReading(
  found: Reading,
  text: (text: string) => string,
  code: (text: string) => string,
): string {
  const { format, genes_in, orientation_reason, label, label_from } = found;
  const sentences: string[] = [];
  if (format !== null) {
    const side = genes_in === null ? "" : `, genes in ${genes_in}` +
      (orientation_reason === null ? "" : `, ${text(orientation_reason)}`);
    sentences.push(
      `The file was read as ${text(format)}${side}: ` +
        `${countOf(found.samples, "sample")} and ${
          countOf(found.genes, "gene")
        }.`,
    );
  }
  if (label !== null) {
    sentences.push(
      `The tissue is ${code(label)}` +
        (label_from === null
          ? "."
          : `, in the ${
            label_from === "sheet" ? "sample sheet" : label_from
          }.`),
    );
  }
  if (found.merged.length > 0) {
    const renamed = found.merged.map(({ from, to, samples }) =>
      `${code(from)} is ${code(to)} (${countOf(samples, "sample")})`
    );
    sentences.push(
      `Tissues were renamed (${code("--merge-labels")}): ${
        listFew(renamed, NAMED)
      }.`,
    );
  }
  if (found.dropped.length > 0) {
    const left = found.dropped.map(({ flag, samples }) =>
      `${countOf(samples, "sample")} ${DROPPED_AS[flag]} (${code(`--${flag}`)})`
    );
    sentences.push(`Left out were ${left.join(", ")}.`);
  }
  return sentences.join(" ");
}
