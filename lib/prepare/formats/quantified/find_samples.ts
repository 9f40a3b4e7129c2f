/** Finds the tables of quantified samples in a folder. */

import { byCodeUnit, countOf, quote } from "../../../cli/text.ts";
import { plainName } from "../../input/delimiter.ts";
import { type FolderFile, listFolder, pathIn } from "./folder_listing.ts";
import { refuseWithout } from "./no_samples.ts";
import {
  kindByContent,
  type SampleKind,
  sampleKinds,
  SNIFFED_LINES,
} from "./sample_kinds.ts";
import { distinctNames, nameOfTable } from "./sample_names.ts";
import { firstLines } from "./text_lines.ts";

/** Names that a table of counts may have; others are not looked into. */
const TABLE =
  /(^[^.]+|\.(txt|tsv|tab|csv|counts?|htseq|out|featurecounts|sf|results))$/;
/** Names listed in a note. */
const NAMED = 3;

/** A sample's table. */
export interface FoundSample {
  /** The sample's name; all are different. */
  readonly name: string;
  /** Its path below the folder, for messages. */
  readonly file: string;
  readonly path: string;
}

/** The samples of a folder. */
export interface FoundSamples {
  readonly kind: SampleKind;
  /** At least two, by name in the order of code units. */
  readonly samples: readonly FoundSample[];
  readonly notes: readonly string[];
}

/**
 * Finds the samples in a folder and in the folders in it. If there are tables
 * of several kinds, the kind with the most samples is taken.
 *
 * @param summed Whether transcripts will be added up to genes, so that those
 * are preferred to a program's own genes.
 * @throws {InputError} If there are fewer than two samples; the message says
 * what the folder holds instead.
 */
export async function findSamples(
  folder: string,
  summed: boolean,
): Promise<FoundSamples> {
  const { files, folders } = await listAll(folder);
  const byKind = new Map<SampleKind, FolderFile[]>();
  for (const file of withoutPackedCopies(files)) {
    const kind = await kindOf(folder, file);
    if (kind === undefined) continue;
    if (!byKind.has(kind)) byKind.set(kind, []);
    byKind.get(kind)!.push(file);
  }
  const known = summed
    ? sampleKinds.toSorted((a, b) => isOfGenes(a) - isOfGenes(b))
    : sampleKinds;
  const [kind] = known.filter((kind) => byKind.has(kind))
    .sort((a, b) => byKind.get(b)!.length - byKind.get(a)!.length);
  const chosen = kind === undefined ? [] : byKind.get(kind)!;
  if (chosen.length < 2) {
    await refuseWithout(folder, files, folders, chosen);
  }
  return {
    kind,
    samples: nameSamples(folder, chosen),
    notes: [
      ...noteOtherKinds(kind, byKind),
      ...noteEmptyFolders(kind, chosen, folders),
    ],
  };
}

function isOfGenes({ ids }: SampleKind): number {
  return Number(ids === "genes");
}

/** The files of a folder and of the folders in it. */
async function listAll(folder: string) {
  const top = await listFolder(folder);
  const files: FolderFile[] = top.files.map((name) => ({ folder: "", name }));
  for (const inner of top.folders) {
    const listing = await listFolder(`${folder}/${inner}`);
    for (const name of listing.files) files.push({ folder: inner, name });
  }
  return { files, folders: top.folders };
}

/** Leaves out each gzipped file that lies beside its unpacked self. */
function withoutPackedCopies(files: readonly FolderFile[]): FolderFile[] {
  const all = new Set(files.map(pathIn));
  return files.filter((file) => {
    const path = pathIn(file);
    const plain = path.slice(0, plainName(path).length);
    return plain === path || !all.has(plain);
  });
}

/** The kind of a file by its name, or by its first lines. */
async function kindOf(
  folder: string,
  file: FolderFile,
): Promise<SampleKind | undefined> {
  const name = plainName(file.name);
  const named = sampleKinds.find(({ ending }) => ending?.test(name));
  if (named !== undefined || !TABLE.test(name)) return named;
  let lines: string[];
  try {
    lines = await firstLines(`${folder}/${pathIn(file)}`, SNIFFED_LINES);
  } catch {
    return undefined; // No text, or nothing in it: one of the other files.
  }
  return kindByContent(name, lines);
}

function nameSamples(
  folder: string,
  files: readonly FolderFile[],
): FoundSample[] {
  const perFolder = new Map<string, number>();
  for (const file of files) {
    perFolder.set(file.folder, (perFolder.get(file.folder) ?? 0) + 1);
  }
  const names = distinctNames(
    files,
    (file) =>
      file.folder !== "" && perFolder.get(file.folder) === 1
        ? file.folder
        : nameOfTable(file.name),
    (file) => pathIn({ ...file, name: nameOfTable(file.name) }),
    pathIn,
  )!;
  return files.map((file, index) => ({
    name: names[index],
    file: pathIn(file),
    path: `${folder}/${pathIn(file)}`,
  })).sort((a, b) => byCodeUnit(a.name, b.name));
}

function noteOtherKinds(
  kind: SampleKind,
  byKind: ReadonlyMap<SampleKind, readonly FolderFile[]>,
): string[] {
  const others = [...byKind].filter(([other]) => other !== kind);
  if (others.length === 0) return [];
  return [
    `Besides ${kind.title} the folder holds ${
      others.map(([{ title }, files]) =>
        `${countOf(files.length, "file")} of the kind ${title}`
      ).join(" and ")
    }, which are not read`,
  ];
}

/** A sample whose run failed has a folder, but no table in it. */
function noteEmptyFolders(
  kind: SampleKind,
  chosen: readonly FolderFile[],
  folders: readonly string[],
): string[] {
  const used = new Set(chosen.map(({ folder }) => folder));
  const empty = folders.filter((folder) => !used.has(folder));
  if (empty.length === 0 || empty.length === folders.length) return [];
  const names = empty.slice(0, NAMED).map(quote).join(", ");
  return [
    `${countOf(empty.length, "folder")} of ${folders.length} ${
      empty.length === 1 ? "holds" : "hold"
    } no file of the kind ${kind.title} and ${
      empty.length === 1 ? "is" : "are"
    } left out: ${names}${empty.length > NAMED ? ", …" : ""}`,
  ];
}
