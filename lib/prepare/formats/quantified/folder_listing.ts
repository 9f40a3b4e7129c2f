/** What is in a user's folder. */

import { InputError } from "../../../cli/errors.ts";
import { explainUnreadable } from "../../../cli/text_file.ts";
import { byCodeUnit } from "../../../cli/text.ts";
import { unreadable } from "../../input/unreadable.ts";

/** More entries than any study has files: it is some other folder. */
const ENTRY_LIMIT = 200_000;

/** A file of a folder or of a folder in it. */
export interface FolderFile {
  /** The folder in the folder; `""` for the folder itself. */
  readonly folder: string;
  readonly name: string;
}

/** A file's path below the folder. */
export function pathIn({ folder, name }: FolderFile): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** The names in a folder, sorted; links count as what they lead to. */
export interface Listing {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

/**
 * Lists a folder without its hidden entries and broken links.
 *
 * @throws {InputError} If it cannot be read or has more than 200,000 entries.
 */
export async function listFolder(path: string): Promise<Listing> {
  const files: string[] = [];
  const folders: string[] = [];
  try {
    for await (const entry of Deno.readDir(path)) {
      if (entry.name.startsWith(".")) continue;
      if (files.length + folders.length >= ENTRY_LIMIT) {
        throw unreadable(path, "the folder has more than 200,000 entries");
      }
      const { isFile, isDirectory } = entry.isSymlink
        ? await Deno.stat(`${path}/${entry.name}`).catch(() => entry)
        : entry;
      if (isFile) files.push(entry.name);
      if (isDirectory) folders.push(entry.name);
    }
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw unreadable(path, explainUnreadable(error));
  }
  return {
    files: files.sort(byCodeUnit),
    folders: folders.sort(byCodeUnit),
  };
}
