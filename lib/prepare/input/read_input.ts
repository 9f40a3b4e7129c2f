/** Reads the matrix and all that is known of its samples, as the flags say. */

import type { Values } from "../../cli/parameters.ts";
import type { StageContext } from "../../pipeline/stage.ts";
import * as simulated from "../../simulate/outputs.ts";
import { arrangeMatrix } from "../arrange/arrange_matrix.ts";
import { refuseMissingIds } from "../arrange/missing_ids.ts";
import { promoteIds } from "../arrange/promote_ids.ts";
import type { Reading } from "../arrange/reading.ts";
import { refuseSheetAsMatrix } from "../arrange/sheet_as_matrix.ts";
import type { prepareParameters } from "../parameters.ts";
import { readFeatures } from "../sheets/features.ts";
import { refuseGeneTable } from "../sheets/gene_table.ts";
import { readLabelMerges } from "../sheets/label_merges.ts";
import type { MatchedSheet } from "../sheets/matched_sheet.ts";
import { matchSampleSheet } from "../sheets/sample_sheet.ts";
import type { ExpressionMatrix } from "./expression_matrix.ts";
import type { RawMatrix } from "./raw_matrix.ts";
import { readRawMatrix } from "./read_raw_matrix.ts";
import { findGroups } from "./find_groups.ts";

const MEGABYTE = 1e6;

type InputFlags = Values<typeof prepareParameters>;

/** A matrix, its samples' groups where there are some, and how it was read. */
export interface PreparationInput extends ExpressionMatrix {
  /** The group (study, donor) of each sample. */
  readonly groups?: readonly string[];
  /** The batch (study, run) of each sample, which the split does not see. */
  readonly batches?: readonly string[];
  /** How the user's file was understood; undefined for simulated data. */
  readonly reading?: Reading;
  /** The new names of tissues, of `--merge-labels`. */
  readonly merges?: ReadonlyMap<string, string>;
}

/**
 * Reads the user's files, or those of the simulation without them.
 *
 * @param context Holds the flags and records what was read.
 * @throws {InputError} If a file cannot be read or they do not fit together.
 */
export async function readInput(
  context: StageContext<InputFlags>,
): Promise<PreparationInput> {
  const { parameters } = context;
  const { input } = parameters;
  if (input === "") return await readSimulated(context);
  const raw = await readRecorded(context, input);
  refuseSheetAsMatrix(input, raw);
  const sheet = await readSheet(context, raw).catch((error) => {
    // Where the ids of the samples are missing, the sheet is not wrong.
    refuseMissingIds(input, raw);
    throw error;
  });
  const features = await ifGiven(
    context,
    "features",
    (path) => readFeatures(path, (note) => context.warn(note)),
  );
  const merges = await ifGiven(context, "merge-labels", readLabelMerges);
  const { matrix, reading } = arrangeMatrix(raw, parameters, sheet, features);
  const groups = findGroups(matrix, reading, parameters, sheet);
  const batches = findGroups(matrix, reading, parameters, sheet, "batch");
  return {
    ...matrix,
    reading,
    ...groups && { groups },
    ...batches && { batches },
    ...merges && { merges },
  };
}

/** Reads the demo, which is as this program wrote it. */
async function readSimulated(
  context: StageContext<InputFlags>,
): Promise<PreparationInput> {
  const { parameters } = context;
  const path = await context.artifact(simulated.expression.file);
  const choices = { ...parameters, input: path, label: "tissue" };
  const raw = await readWithProgress(context, path, choices);
  const { matrix } = arrangeMatrix(raw, choices);
  const rows = await context.read(simulated.samples);
  return { ...matrix, groups: rows.map(({ study }) => study) };
}

/** Reads the matrix and shows the megabytes read. */
async function readWithProgress(
  context: Pick<StageContext, "progress">,
  path: string,
  flags: Pick<InputFlags, "label" | "ignore" | "layer" | "tx2gene">,
  noteFile?: (path: string) => Promise<void>,
): Promise<RawMatrix> {
  // The reader says better what is wrong with the file.
  const size = await Deno.stat(path).then((file) => file.size, () => 0);
  using progress = context.progress("reading", size / MEGABYTE, "MB");
  return await readRawMatrix(
    { path, onRead: (bytes) => progress.advance(bytes / MEGABYTE) },
    {
      label: flags.label || undefined,
      ignore: flags.ignore,
      layer: flags.layer || undefined,
      tx2gene: flags.tx2gene || undefined,
      noteFile,
    },
  );
}

/** Reads the user's matrix and records every file that it is read from. */
async function readRecorded(
  context: StageContext<InputFlags>,
  input: string,
): Promise<RawMatrix> {
  const { parameters } = context;
  const { tx2gene } = parameters;
  await context.userInput(input);
  if (tx2gene !== "") await context.userInput(tx2gene);
  const raw = await readWithProgress(
    context,
    input,
    parameters,
    (path) => context.userInput(path, { of: input }),
  );
  return promoteIds(raw);
}

async function readSheet(
  context: StageContext<InputFlags>,
  raw: RawMatrix,
): Promise<MatchedSheet | undefined> {
  const { input, samples, orient, "sample-column": sampleColumn } =
    context.parameters;
  if (samples === "") return undefined;
  const genesIn = orient === "auto"
    ? raw.genesIn
    : orient === "genes-in-rows"
    ? "rows"
    : "columns";
  await context.userInput(samples);
  const sheet = await matchSampleSheet(samples, raw, {
    sampleColumn: sampleColumn || undefined,
    ...genesIn && { sampleSide: other(genesIn) },
  });
  if (genesIn !== other(sheet.samplesIn)) refuseGeneTable(sheet, raw, input);
  return sheet;
}

const other = (side: "rows" | "columns") =>
  side === "rows" ? "columns" : "rows";

/** Reads a further file of the user's, if its flag is given, and records it. */
async function ifGiven<Content>(
  context: StageContext<InputFlags>,
  flag: "features" | "merge-labels",
  read: (path: string) => Promise<Content>,
): Promise<Content | undefined> {
  const path = context.parameters[flag];
  if (path === "") return undefined;
  await context.userInput(path);
  return await read(path);
}
