/** Reads a folder of quantified samples, one table each. */

import { InputError, rerun } from "../../cli/errors.ts";
import { escapeControls, quote } from "../../cli/text.ts";
import type { FileSource } from "../input/file_stream.ts";
import type { RawMatrix } from "../input/raw_matrix.ts";
import type { Format, ReadOptions } from "./format.ts";
import { findSamples } from "./quantified/find_samples.ts";
import { readSample } from "./quantified/read_sample.ts";
import type { SampleKind } from "./quantified/sample_kinds.ts";
import {
  noteLayer,
  noteStrand,
  noteTranscripts,
} from "./quantified/sample_notes.ts";
import { SampleMatrix } from "./quantified/sample_matrix.ts";
import { readTranscripts } from "./quantified/transcripts.ts";

/**
 * A folder with a table for each sample, in it or in a folder of the sample's:
 * of salmon, kallisto, RSEM, StringTie, STAR, featureCounts, htseq-count or the
 * Genomic Data Commons. Transcripts are added up to genes by the user's table.
 * Samples are the rows of the matrix, by name in the order of code units.
 */
export const quantFolder: Format = {
  name: "quantified-samples",
  title:
    "a folder of salmon, kallisto, RSEM, STAR, htseq or featureCounts samples",
  extensions: [],
  uses: ["layer", "tx2gene"],
  recognizes: ({ entries }) => entries !== undefined,
  read: readFolder,
};

async function readFolder(
  { path: folder, onRead }: FileSource,
  { layer: wanted, tx2gene, noteFile }: ReadOptions,
): Promise<RawMatrix> {
  const { kind, samples, notes } = await findSamples(
    folder,
    tx2gene !== undefined,
  );
  const layer = chooseLayer(folder, kind, wanted);
  const table = tx2gene !== undefined && kind.ids === "transcripts"
    ? await readTranscripts(tx2gene)
    : undefined;
  let matrix: SampleMatrix | undefined;
  for (const { path, file } of samples) {
    await noteFile?.(path);
    const rows = await readSample({ path, onRead }, kind, layer);
    matrix ??= new SampleMatrix(folder, file, rows, table);
    matrix.add(file, rows);
  }
  const { columns, values, faults, notes: matrixNotes, sums } = matrix!
    .finish();
  return {
    format: `folder of ${kind.title}`,
    genesIn: "columns",
    rows: {
      title: "sample",
      ids: samples.map(({ name }) => name),
      annotations: [],
      locate: (index) => samples[index].file,
    },
    columns,
    values,
    faults,
    notes: [
      noteLayer(kind, layer, samples.length),
      ...noteTranscripts(kind, tx2gene),
      ...matrixNotes,
      ...noteStrand(layer, sums),
      ...notes,
    ],
  };
}

/** @throws {InputError} If the samples have no such numbers. */
function chooseLayer(
  folder: string,
  { layers, title }: SampleKind,
  wanted: string | undefined,
): string {
  const known = Object.keys(layers);
  if (wanted === undefined) return known[0];
  const layer = wanted.toLowerCase();
  if (known.includes(layer)) return layer;
  throw new InputError(
    `Cannot read ${escapeControls(folder)}: files of the kind ${title} have ` +
      `no layer ${quote(wanted)}, and should be read with ${
        known.join(" or ")
      }`,
    rerun("prepare", { layer: known[0] }),
  );
}
