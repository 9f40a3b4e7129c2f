/** A disk that is full before the run is whole. */

import { type Fault, type Place, type Tally, Trials } from "./fault.ts";
import { checkNext } from "./interrupted.ts";
import {
  bytesOnDisk,
  differences,
  emptyFolder,
  namesIn,
  progressOf,
} from "./run_folder.ts";
import { longerBy, makeWhole } from "./studies.ts";
import {
  errorIn,
  RUN,
  runAll,
  runProgram,
  type Said,
  startAll,
  untilIn,
} from "./suite.ts";

/** Disks that are tried, each larger than the one before. */
const DISKS = 6;

/** Stages in whose midst a disk that was large is full at once. */
const STAGES = ["shap", "clusters", "ttest", "checks"];

/** Bytes that such a disk takes for a file or a folder at least. */
const BLOCK = 4096;

/** Bytes that are enough for any run. */
const AMPLE = 2 ** 26;

/** The disk is a small file system in memory. */
export const diskFull: Fault = {
  id: "disk-full",
  fault: "the disk is full",
  must:
    "a clear error in one line, exit 1, finished stages stay as they are; " +
    "when there is room again, the next `all` continues and ends with the same " +
    "bytes",
  async run(place) {
    const disk = await emptyFolder(`${place.folder}/disk`);
    const refused = await runProgram(
      "mount",
      ..."-t tmpfs -o size=64k tmpfs".split(" "),
      disk,
    );
    if (refused !== undefined) {
      return new Trials(place, diskFull.id).tally(
        `not tried here: no small disk can be mounted (${refused})`,
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
  /** Makes room and goes on. */
  const goOn = async (trial: string, said: Said) => {
    const progress = await progressOf(`${disk}/${RUN}`);
    await resize(disk, AMPLE);
    const next = await runAll(disk, longerBy(1));
    const stage = /^Cannot (?:finish|run) (\w+)/.exec(errorIn(said))?.[1];
    if (stage !== undefined) failedIn.add(stage);
    trials.count(`${trial}, full in ${stage ?? "no stage"}`, [
      ...checkError(said),
      ...checkNext(next, progress),
      ...await differences(`${disk}/${RUN}`, whole.digests),
    ]);
  };
  const sizes: number[] = [];
  for (let step = 1; step <= DISKS; step++) {
    const size = Math.round(bytes * (step - 0.5) / DISKS);
    sizes.push(Math.round(size / 1024));
    await clear(disk);
    await resize(disk, size);
    await goOn(`a disk of ${sizes.at(-1)} kB`, await runAll(disk, longerBy(1)));
  }
  for (const stage of STAGES) {
    await clear(disk);
    await resize(disk, AMPLE);
    const started = startAll(disk, longerBy(2));
    await untilIn(disk, stage, started);
    await shrink(disk);
    await goOn(`a disk that fills up in ${stage}`, await started.said);
  }
  return trials.tally(
    `disks of ${sizes[0]} to ${sizes.at(-1)} kB, and of ${
      AMPLE / 2 ** 20
    } MB that suddenly were full; full in ${[...failedIn].join(", ")}`,
  );
}

/** Leaves next to no room. */
async function shrink(disk: string): Promise<void> {
  // The system refuses a size that what is there would not fit in.
  for (let size = await bytesOnDisk(disk, BLOCK); size < AMPLE; size += BLOCK) {
    if (await resize(disk, size) === undefined) return;
  }
}

async function clear(disk: string): Promise<void> {
  for (const name of await namesIn(disk)) {
    await Deno.remove(`${disk}/${name}`, { recursive: true });
  }
}

async function resize(
  disk: string,
  bytes: number,
): Promise<string | undefined> {
  return await runProgram("mount", "-o", `remount,size=${bytes}`, disk);
}

/** What is wrong with the message on a full disk. */
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
