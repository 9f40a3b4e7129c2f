/** Typed files for the contexts that tests make up. */

import { pipeline } from "../lib/pipeline/stages.ts";
import type { StageContext } from "../lib/pipeline/stage.ts";

/** The part of a context that reads and writes declared files. */
export function stageFiles(
  runFolder: string,
  folder: string,
): Pick<
  StageContext,
  "pipeline" | "write" | "draw" | "pathOf" | "read" | "has"
> {
  const pathOf = (file: string) =>
    `${folder}/${file.slice(file.indexOf("/") + 1)}`;
  return {
    pipeline,
    pathOf: ({ file }) => pathOf(file),
    write: (output, data) =>
      Deno.writeTextFile(pathOf(output.file), output.format(data)),
    draw: async (figure, data) => {
      const draw = await figure.loadDrawing();
      await Deno.writeTextFile(pathOf(figure.file), draw(data));
    },
    read: async (output) => {
      const path = `${runFolder}/${output.file}`;
      return output.parse(await Deno.readTextFile(path), path);
    },
    has: ({ file }) =>
      Deno.stat(`${runFolder}/${file}`).then(() => true, () => false),
  };
}
