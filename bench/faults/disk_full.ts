/** A disk that is full before the run is whole. */

import { type Fault, type Place, type Tally, Trials } from "./fault.ts";
import { checkNext } from "./broken_off.ts";
import {
  bytesOnDisk,
  differences,
  emptyFolder,
  progressOf,
} from "./run_folder.ts";
import { longerBy, makeWhole } from "./studies.ts";
import { errorIn, RUN, runAll, type Said } from "./suite.ts";

/** Disks that are tried, each larger than the one before. */
const DISKS = 12;

/** Bytes that such a disk takes for a file or a folder at least. */
const BLOCK = 4096;

/** Enough for any run. */
const AMPLE = "64m";

/** The disk is a small file system in memory. */
export const diskFull: Fault = {
  id: "disk-full",
  fault: "the disk is full",
  must: "a clear error in one line, exit 1, what is whole stays as it is; " +
    "where there is room again, the next `all` goes on and ends in the same " +
    "bytes",
  async run(place) {
    const disk = await emptyFolder(`${place.folder}/disk`);
    const refused = await mount("-t", "tmpfs", "-o", "size=64k", "tmpfs", disk);
    if (refused !== undefined) {
      return new Trials(place, diskFull.id).tally(
        `not tried: a small disk cannot be mounted here (${refused})`,
      );
    }
    try {
      return await fillDisks(place, disk);
    } finally {
      await runProgram("umount", disk);
    }
  },
};

async function fillDisks(place: Place, disk: string): Promise<Tally> {
  const trials = new Trials(place, diskFull.id);
  const whole = await makeWhole(`${place.folder}/whole`, longerBy(1));
  const bytes = await bytesOnDisk(`${whole.folder}/${RUN}`, BLOCK);
  const failedIn = new Set<string>();
  for (let step = 1; step <= DISKS; step++) {
    const size = Math.round(bytes * (step - 0.5) / DISKS / 1024);
    for (const name of Deno.readDirSync(disk)) {
      await Deno.remove(`${disk}/${name.name}`, { recursive: true });
    }
    await mount("-o", `remount,size=${size}k`, disk);
    const said = await runAll(disk, longerBy(1));
    const progress = await progressOf(`${disk}/${RUN}`);
    await mount("-o", `remount,size=${AMPLE}`, disk);
    const next = await runAll(disk, longerBy(1));
    const stage = /^Cannot (?:finish|run) (\w+)/.exec(errorIn(said))?.[1];
    if (stage !== undefined) failedIn.add(stage);
    trials.count(`a disk of ${size} kB, full in ${stage ?? "no stage"}`, [
      ...checkError(said),
      ...checkNext(next, progress),
      ...await differences(`${disk}/${RUN}`, whole.digests),
    ]);
  }
  return trials.tally(
    `disks from ${Math.round(bytes * 0.5 / DISKS / 1024)} to ${
      Math.round(bytes * (DISKS - 0.5) / DISKS / 1024)
    } kB, full in ${[...failedIn].join(", ")}`,
  );
}

/** What is wrong with how a full disk was told. */
function checkError(said: Said): string[] {
  const problems: string[] = [];
  if (said.code !== 1) problems.push(`it ended with ${said.code}`);
  const lines = errorIn(said).split("\n");
  if (
    lines.length !== 2 ||
    !/^Cannot finish \w+: the disk is full/.test(lines[0]) ||
    !/^ {2}try: make room on it/.test(lines[1])
  ) problems.push(`it said: ${lines.join(" / ")}`);
  return problems;
}

/** Mounts; why not, if the system refuses. */
async function mount(...args: string[]): Promise<string | undefined> {
  return await runProgram("mount", ...args);
}

/** Runs a program of the system; what it says if it fails. */
async function runProgram(
  program: string,
  ...args: string[]
): Promise<string | undefined> {
  try {
    const { success, stderr } = await new Deno.Command(program, { args })
      .output();
    if (success) return undefined;
    return new TextDecoder().decode(stderr).trim().split("\n")[0];
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.PermissionDenied ||
      error instanceof Deno.errors.NotCapable
    ) return `${program} cannot be run`;
    throw error;
  }
}
