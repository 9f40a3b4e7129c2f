/** What a run's folder holds beside what its records list. */

import { byCodeUnit } from "../../cli/text.ts";
import { listLeftovers } from "../../store/leftovers.ts";
import {
  outputPath,
  RECORD_FILE,
  type StageRecord,
} from "../../store/record.ts";
import { CONFIG_FILE, TIMINGS_FILE } from "../../store/run_paths.ts";
import { isOfTheSystem } from "../../store/stage_files.ts";
import type { Pipeline } from "../pipeline.ts";

/** Plain files that repositories ask for: beside the stages only. */
const PUBLISHED =
  /^((README|LICENSE)(\.(md|txt))?|\.gitattributes|\.gitignore)$/;

export interface RunContents {
  /** Paths from the run's folder that no record lists, sorted. */
  readonly unlisted: readonly string[];
  /** Paths from the run's folder that an interrupted command has left. */
  readonly leftovers: readonly string[];
  /** Files that are not looked at: times, and what systems put there. */
  readonly unchecked: readonly string[];
  /** Files that a run is published with, which are not looked at. */
  readonly published: readonly string[];
}

/** Lists a run's folder. Links are never followed. */
export async function listContents(
  runFolder: string,
  records: readonly StageRecord[],
  stages: readonly string[],
): Promise<RunContents> {
  const listed = new Set(
    records.flatMap(({ stage, outputs }) => [
      `${stage}/${RECORD_FILE}`,
      ...Object.keys(outputs).map((file) => outputPath(stage, file)),
    ]),
  );
  // A stage's files stand side by side: any other folder is none of a run's.
  const ran = new Set(records.map(({ stage }) => stage));
  const leftovers = (await listLeftovers(runFolder, stages))
    .map(({ path }) => path)
    .filter((path) => path.startsWith(`${runFolder}/`))
    .map((path) => path.slice(runFolder.length + 1));
  const left = new Set(leftovers);
  const unlisted: string[] = [];
  const unchecked: string[] = [];
  const published: string[] = [];
  const look = async (folder: string): Promise<void> => {
    for await (const entry of Deno.readDir(`${runFolder}/${folder}`)) {
      const { name, isFile, isDirectory } = entry;
      const path = folder + name;
      if (left.has(path) || listed.has(path) || path === CONFIG_FILE) continue;
      if (isFile && (path === TIMINGS_FILE || isOfTheSystem(name))) {
        unchecked.push(path);
      } else if (isFile && PUBLISHED.test(path)) {
        published.push(path);
      } else if (isDirectory && ran.has(path)) {
        await look(`${path}/`);
      } else {
        unlisted.push(isDirectory ? `${path}/` : path);
      }
    }
  };
  await look("");
  return {
    unlisted: unlisted.sort(byCodeUnit),
    leftovers,
    unchecked: unchecked.sort(byCodeUnit),
    published: published.sort(byCodeUnit),
  };
}

/** The stages that should have run and have no record, in their order. */
export function missingStages(
  { stages, simulator, inputs }: Pipeline,
  records: readonly StageRecord[],
): string[] {
  const simulated = isSimulated(records, inputs);
  return stages.map(({ name }) => name).filter((stage) =>
    (stage !== simulator || simulated) &&
    !records.some((record) => record.stage === stage)
  );
}

/** Whether the data of a run were simulated, and no file of the user's. */
export function isSimulated(
  records: readonly StageRecord[],
  { stage, matrix }: Pipeline["inputs"],
): boolean {
  const reader = records.find((record) => record.stage === stage);
  return (reader?.parameters[matrix] ?? "") === "";
}

/** Missing stages in words: `shap and 5 later stages have not run`. */
export function describeMissing(
  missing: readonly string[],
  stages: readonly string[],
): string {
  const [first, ...later] = missing;
  const isEnd = stages.slice(-missing.length).join() === missing.join();
  if (later.length === 0) return `${first} has not run`;
  return isEnd
    ? `${first} and ${later.length} later stage${
      later.length === 1 ? "" : "s"
    } have not run`
    : `${missing.join(", ")} have not run`;
}
