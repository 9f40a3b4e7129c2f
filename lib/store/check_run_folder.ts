/**
 * Looks at a run's folder before anything in it is used. It may come from
 * someone else, and a link in it would have a command read, move or remove
 * what lies elsewhere; a pipe would have it wait for ever.
 */

import { InputError } from "../cli/errors.ts";
import { quoteForShell } from "../cli/shell.ts";
import { byCodeUnit, countOf, escapeControls } from "../cli/text.ts";
import { isMissing } from "../cli/system_error.ts";
import { type Kind, kindOf, kindOfEntry } from "./files.ts";
import { RECORD_FILE } from "./record.ts";
import {
  BESIDE,
  CONFIG_FILE,
  CONFIG_PARTS,
  partialPrefix,
  RUN_LOCK,
  stagePaths,
  TIMINGS_FILE,
} from "./run_paths.ts";
import { namesBeside, type StageFiles } from "./stage_files.ts";

/** A path that is not of the kind that it should be. */
interface Fault {
  readonly path: string;
  readonly is: Kind;
  readonly shouldBe: string;
}

/** Where the links lead of a folder that git-annex or DataLad has stored. */
const ANNEXED = /^(\.\.\/)*\.git\/annex\/objects\/(?!.*(^|\/)\.\.(\/|$))/;

/**
 * Checks that all that a command may use of a run is a real folder or a
 * regular file. What is not there is not missed.
 *
 * @throws {InputError} If something is a link, a pipe, a device, or a folder
 * in a file's place.
 */
export async function checkRunFolder(
  runFolder: string,
  stages: readonly StageFiles[],
): Promise<void> {
  // The user may have chosen a link as the run's own folder.
  const isFolder = await Deno.stat(runFolder)
    .then((info) => info.isDirectory, () => false);
  if (!isFolder) return;
  const faults: Fault[] = [];
  const expect = async (path: string, shouldBe: "file" | "folder") => {
    const is = await kindOf(path);
    if (is === shouldBe) return true;
    if (is !== undefined) faults.push({ path, is, shouldBe });
    return false;
  };
  for (
    const name of [CONFIG_FILE, TIMINGS_FILE, RUN_LOCK, ...namesBeside(stages)]
  ) await expect(`${runFolder}/${name}`, "file");
  const names: string[] = [];
  for await (const { name } of Deno.readDir(runFolder)) names.push(name);
  for (const name of names) {
    if (name.startsWith(CONFIG_PARTS)) {
      await expect(`${runFolder}/${name}`, "file");
    }
  }
  for (const { name: stage } of stages) {
    const { folder, old, kept, lock } = stagePaths(runFolder, stage);
    await expect(lock, "file");
    if (await expect(kept, "folder")) await checkTree(kept, false, faults);
    const partial = names.filter((name) =>
      name.startsWith(partialPrefix(stage))
    ).map((name) => `${runFolder}/${name}`);
    for (const path of [folder, old, ...partial]) {
      if (!await expect(path, "folder")) continue;
      await checkTree(path, true, faults);
      if (await kindOf(`${path}/${RECORD_FILE}`) === "folder") {
        await expect(`${path}/${RECORD_FILE}`, "file");
      }
      if (await kindOf(`${path}/${BESIDE}`) === "file") {
        await expect(`${path}/${BESIDE}`, "folder");
      }
    }
  }
  if (faults.length > 0) await refuse(runFolder, faults);
}

/** Finds what is no regular file in a folder and, if allowed, no folder. */
async function checkTree(
  root: string,
  mayNest: boolean,
  faults: Fault[],
): Promise<void> {
  const folders = [root];
  for (let folder; (folder = folders.pop()) !== undefined;) {
    // Files that are put into the run's folder stand side by side.
    const isNest = mayNest && !folder.endsWith(`/${BESIDE}`);
    try {
      for await (const entry of Deno.readDir(folder)) {
        const path = `${folder}/${entry.name}`;
        const is = kindOfEntry(entry);
        if (is === "folder" && isNest) folders.push(path);
        else if (is !== "file") faults.push({ path, is, shouldBe: "file" });
      }
    } catch (error) {
      // Another command may be at work; the run's lock comes later.
      if (!isMissing(error)) throw error;
    }
  }
}

async function refuse(
  runFolder: string,
  faults: readonly Fault[],
): Promise<never> {
  const [first, ...others] = faults.toSorted((a, b) =>
    byCodeUnit(a.path, b.path)
  );
  const kind = first.is === "device" ? "pipe or device" : first.is;
  const more = others.length === 0
    ? ""
    : `, and ${countOf(others.length, "more path")} ${
      others.length === 1 ? "is" : "are"
    } of a wrong kind`;
  throw new InputError(
    `Cannot use ${escapeControls(runFolder)}: ${escapeControls(first.path)} ` +
      `is a ${kind} and should be a ${first.shouldBe}${more}`,
    await areAnnexed(faults)
      ? `copy the run with the files that its links lead to: ${
        ["cp", "-rL", runFolder, `${runFolder}-copy`].map(quoteForShell)
          .join(" ")
      }`
      : "remove it, or give another --run",
  );
}

async function areAnnexed(faults: readonly Fault[]): Promise<boolean> {
  for (const { path, is } of faults) {
    const target = is === "link" && await Deno.readLink(path);
    if (!target || !ANNEXED.test(target)) return false;
  }
  return true;
}
