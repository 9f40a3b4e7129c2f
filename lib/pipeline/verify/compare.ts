/** Whether the files of a stage that was made again are what they were. */

import { kindOf } from "../../store/files.ts";
import { hashFile } from "../../store/hash.ts";
import { outputPath, type StageRecord } from "../../store/record.ts";
import { isClose, isTooLarge } from "./close_files.ts";
import { areWebgpu } from "./compare_record.ts";

/** How a file compares with the one made again. */
export type Outcome =
  /** The same bytes. */
  | "same"
  /** Not in the run's folder, but made with the recorded SHA-256. */
  | "absent, as recorded"
  /** Other bytes, the same words and numbers within the tolerance. */
  | "close"
  | "different"
  /** The run's own file is no longer the one that its stage wrote. */
  | "altered"
  /** The run's folder lacks it, though no run is published without it. */
  | "missing"
  /** The stage no longer makes it. */
  | "gone"
  /** The stage did not make it then. */
  | "new";

export interface ComparedFile {
  readonly stage: string;
  /** As the record lists it: `history.csv`, `../report.md`. */
  readonly file: string;
  readonly outcome: Outcome;
}

/** What a run may be published without: it is large, and follows from the rest. */
const LARGE = /^(.+\.(bin|npy)|simulate\/expression\.csv)$/;

/** Whether an outcome lets the run pass. */
export function isSame({ outcome }: Pick<ComparedFile, "outcome">): boolean {
  return outcome === "same" || outcome === "close" ||
    outcome === "absent, as recorded";
}

/**
 * Compares all files of a stage. A file that the run's folder lacks, as large
 * ones may in a repository, is compared by the SHA-256 in its record.
 */
export async function compareStage(
  then: StageRecord,
  now: StageRecord,
  runFolder: string,
  scratch: string,
): Promise<ComparedFile[]> {
  const { stage } = then;
  const names = new Set([
    ...Object.keys(then.outputs),
    ...Object.keys(now.outputs),
  ]);
  const compared: ComparedFile[] = [];
  for (const file of [...names].sort()) {
    const path = outputPath(stage, file);
    const outcome = await compareFile(
      { recorded: then.outputs[file], made: now.outputs[file], path },
      // Other arithmetic rounds differently; the record alone may say anything.
      areWebgpu(then, now),
      runFolder,
      scratch,
    );
    compared.push({ stage, file, outcome });
  }
  return compared;
}

async function compareFile(
  { recorded, made, path }: {
    readonly recorded?: string;
    readonly made?: string;
    /** From the run's folder. */
    readonly path: string;
  },
  mayBeClose: boolean,
  runFolder: string,
  scratch: string,
): Promise<Outcome> {
  if (recorded === undefined) return "new";
  const [own, other] = [`${runFolder}/${path}`, `${scratch}/${path}`];
  if (made === undefined) return "gone";
  const kind = await kindOf(own);
  if (kind === undefined) {
    if (made !== recorded) return "different";
    return LARGE.test(path) ? "absent, as recorded" : "missing";
  }
  if (kind !== "file" || await isTooLarge(own, other)) return "altered";
  if (await hashFile(own) !== recorded) return "altered";
  if (made === recorded) return "same";
  return mayBeClose && await isClose(own, other) ? "close" : "different";
}
