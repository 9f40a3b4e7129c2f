/** Reads a finished run's files, without the checks that a stage makes. */

import type { StageContext } from "../lib/pipeline/stage.ts";
import { exists } from "../lib/store/files.ts";

/** @param folder The run's folder. */
export function runReader(
  folder: string,
): Pick<StageContext, "read" | "has" | "artifact"> {
  const pathOf = (file: string) => `${folder}/${file}`;
  return {
    read: async ({ file, parse }) =>
      parse(await Deno.readTextFile(pathOf(file)), pathOf(file)),
    has: ({ file }) => exists(pathOf(file)),
    artifact: (file) => Promise.resolve(pathOf(file)),
  };
}
