/** Adds transcripts up to genes by the user's table. */

import { InputError } from "../../../cli/errors.ts";
import {
  countOf,
  escapeControls,
  quote,
  withCommas,
} from "../../../cli/text.ts";
import { TRANSCRIPT_LIMIT } from "../../input/limits.ts";
import { unreadable } from "../../input/unreadable.ts";
import { withoutQuotes } from "./sample_kinds.ts";
import { readLines } from "./text_lines.ts";

const NAMED = 3;

/** Which gene each transcript belongs to. */
export interface TranscriptTable {
  readonly path: string;
  readonly geneOf: ReadonlyMap<string, string>;
  /** The names of genes, if the table has a third column of them. */
  readonly nameOf?: ReadonlyMap<string, string>;
  /** Transcripts with two genes. */
  readonly conflicts: readonly string[];
  /** The same with the genes in the first column, if it may be read so. */
  readonly turned?: Pick<TranscriptTable, "geneOf" | "nameOf">;
}

/** How the transcripts of a file are added up. */
export interface SumPlan {
  /** In the order in which the transcripts name them. */
  readonly genes: readonly string[];
  /** The index of each transcript's gene; -1 if it has none. */
  readonly geneOf: Int32Array;
  readonly names?: readonly string[];
  /** How the ids were matched, if not as they are. */
  readonly notes: readonly string[];
}

/**
 * Reads the table of transcripts and genes: transcript in its first column,
 * gene in its second, between tabs, commas, semicolons or spaces, with or
 * without a header. A third column that its header calls a name or symbol
 * holds the names of the genes. The two columns may be the other way round,
 * which only the transcripts of the samples can tell.
 *
 * @throws {InputError} If the file cannot be read or a row has no two cells.
 */
export async function readTranscripts(path: string): Promise<TranscriptTable> {
  const geneOf = new Map<string, string>();
  const nameOf = new Map<string, string>();
  const turned = {
    geneOf: new Map<string, string>(),
    nameOf: new Map<string, string>(),
  };
  let canBeTurned = true;
  const conflicts: string[] = [];
  let delimiter: string | undefined;
  let hasNames = false;
  let number = 0;
  for await (const line of readLines({ path })) {
    number++;
    if (line.trim() === "" || line.startsWith("#")) continue;
    const isFirst = delimiter === undefined;
    delimiter ??= ["\t", ",", ";", " "].find((byte) => line.includes(byte)) ??
      "\t";
    const cells = line.split(delimiter)
      .map((cell) => withoutQuotes(cell.trim()));
    const [transcript, gene, name] = cells;
    if (isFirst) hasNames = /name|symbol/i.test(name ?? "");
    if (transcript === "" || gene === undefined) {
      throw unreadable(
        path,
        `line ${withCommas(number)} should hold a transcript and its gene`,
        "Give a table with the transcript in its first column and the gene " +
          "in its second",
      );
    }
    // A transcript of no gene is not in any sum.
    if (gene === "" || gene === "NA") continue;
    const known = geneOf.get(transcript);
    if (known !== undefined && known !== gene) conflicts.push(transcript);
    if (Math.max(geneOf.size, turned.geneOf.size) >= TRANSCRIPT_LIMIT) {
      throw unreadable(
        path,
        `it has more than ${withCommas(TRANSCRIPT_LIMIT)} rows`,
      );
    }
    geneOf.set(transcript, gene);
    if ((turned.geneOf.get(gene) ?? transcript) !== transcript) {
      canBeTurned = false;
    }
    turned.geneOf.set(gene, transcript);
    if (hasNames && name) {
      nameOf.set(gene, name);
      turned.nameOf.set(transcript, name);
    }
  }
  if (geneOf.size === 0) throw unreadable(path, "it holds no transcript");
  return {
    path,
    geneOf,
    nameOf: hasNames ? nameOf : undefined,
    conflicts,
    turned: canBeTurned
      ? { ...turned, nameOf: hasNames ? turned.nameOf : undefined }
      : undefined,
  };
}

function refuseConflicts(path: string, transcripts: readonly string[]): never {
  const names = transcripts.slice(0, NAMED).map(quote).join(", ");
  throw unreadable(
    path,
    `${countOf(transcripts.length, "transcript")} ${
      transcripts.length === 1 ? "belongs" : "belong"
    } to two genes and should to one: ${names}${
      transcripts.length > NAMED ? ", …" : ""
    }`,
    "Keep one row for each transcript",
  );
}

/** Ways to write the same transcript, each with a note for the user. */
const SPELLINGS: readonly {
  readonly made: (id: string) => string;
  readonly note?: string;
}[] = [
  { made: (id) => id },
  {
    made: withoutBars,
    note: "Of each transcript's id the part before the first bar (|) counts",
  },
  {
    made: (id) => withoutBars(id).replace(/\.\d+$/, ""),
    note:
      "The versions of the transcripts (.1 of ENST00000456328.1) are ignored, " +
      "since only so they match the table",
  },
];

function withoutBars(id: string): string {
  const bar = id.indexOf("|");
  return bar < 0 ? id : id.slice(0, bar);
}

/**
 * Matches a file's transcripts to the table. Other spellings are tried only
 * where they match more transcripts.
 *
 * @throws {InputError} If no transcript is in the table, or one there belongs
 * to two genes.
 */
export function planSums(
  transcripts: readonly string[],
  table: TranscriptTable,
): SumPlan {
  const { path, geneOf, conflicts, turned } = table;
  const straight = matchTranscripts(transcripts, geneOf);
  const other = straight.count === 0 && turned !== undefined
    ? matchTranscripts(transcripts, turned.geneOf)
    : undefined;
  if (turned !== undefined && other !== undefined && other.count > 0) {
    return planOf(other, turned.nameOf, [
      `${escapeControls(path)} has the genes in its first column and the ` +
      "transcripts in its second",
    ]);
  }
  if (conflicts.length > 0) refuseConflicts(path, conflicts);
  if (straight.count === 0) {
    const [known] = geneOf.keys();
    throw new InputError(
      `Cannot add up the transcripts: none of ${
        countOf(transcripts.length, "transcript")
      } such as ${quote(transcripts[0])} is in the first column of ${
        escapeControls(path)
      }, which holds ids such as ${quote(known)}`,
      "Give the table of the annotation that the samples were quantified with",
    );
  }
  return planOf(straight, table.nameOf, []);
}

/** The gene of each transcript, if it has one, in the best spelling. */
interface FoundGenes {
  readonly found: readonly (string | undefined)[];
  readonly count: number;
  readonly note?: string;
}

function matchTranscripts(
  transcripts: readonly string[],
  geneOf: ReadonlyMap<string, string>,
): FoundGenes {
  let best: FoundGenes = { found: [], count: 0 };
  for (const { made, note } of SPELLINGS) {
    const table = respell(geneOf, made);
    if (table === undefined) continue;
    const found = transcripts.map((id) => table.get(made(id)));
    const count = found.filter((gene) => gene !== undefined).length;
    if (count > best.count) best = { found, count, note };
    if (count === transcripts.length) break;
  }
  return best;
}

function planOf(
  { found, note }: FoundGenes,
  nameOf: ReadonlyMap<string, string> | undefined,
  notes: readonly string[],
): SumPlan {
  const index = new Map<string, number>();
  const indices = found.map((gene) => {
    if (gene === undefined) return -1;
    if (!index.has(gene)) index.set(gene, index.size);
    return index.get(gene)!;
  });
  const genes = [...index.keys()];
  return {
    genes,
    geneOf: Int32Array.from(indices),
    names: nameOf && genes.map((gene) => nameOf.get(gene) ?? ""),
    notes: note === undefined ? notes : [...notes, note],
  };
}

/** The table with other ids; `undefined` if one would stand for two genes. */
function respell(
  geneOf: ReadonlyMap<string, string>,
  made: (id: string) => string,
): Map<string, string> | undefined {
  const table = new Map<string, string>();
  for (const [id, gene] of geneOf) {
    const key = made(id);
    if ((table.get(key) ?? gene) !== gene) return undefined;
    table.set(key, gene);
  }
  return table;
}
