/** Whether a stage that was made again is what it was. */

import { exists } from "../../store/files.ts";
import { hashFile } from "../../store/hash.ts";
import { outputPath, type StageRecord } from "../../store/record.ts";
import { backendNameOf } from "../../backend/backend_names.ts";
import { isClose } from "./close_files.ts";

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

/** Whether an outcome lets the run pass. */
export function isSame({ outcome }: ComparedFile): boolean {
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
    const recorded = then.outputs[file];
    const made = now.outputs[file];
    const path = `${runFolder}/${outputPath(stage, file)}`;
    const current = await exists(path) ? await hashFile(path) : undefined;
    const outcome: Outcome = recorded === undefined
      ? "new"
      : current !== undefined && current !== recorded
      ? "altered"
      : made === undefined
      ? "gone"
      : made === recorded
      ? current === undefined ? "absent, as recorded" : "same"
      : backendNameOf(then.backend) === "webgpu" && current !== undefined &&
          await isClose(path, `${scratch}/${outputPath(stage, file)}`)
      ? "close"
      : "different";
    compared.push({ stage, file, outcome });
  }
  return compared;
}
