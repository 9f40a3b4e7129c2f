/** Which files of a run are a stage's own. */

import type { Output } from "./output.ts";

/** What is known of a stage before it has run. */
export interface StageFiles {
  readonly name: string;
  /** Declared files; a word in capitals stands for any part of a name. */
  readonly outputs?: readonly Pick<Output, "file">[];
}

/** What file managers and network disks put into a folder by themselves. */
const OF_THE_SYSTEM =
  /^(\.DS_Store|Thumbs\.db|desktop\.ini|\._.*|\.~lock\..*#|\.nfs[0-9a-f]+)$/i;

/** Whether a file is neither a stage's nor a user's. */
export function isOfTheSystem(name: string): boolean {
  return OF_THE_SYSTEM.test(name);
}

/** A file's own name: it needs no quotes in a shell and is not hidden. */
export function isPlainName(name: string): boolean {
  return /^\w[\w.-]*$/.test(name) && name.length <= 255;
}

/** The files that stages declare beside their folders, such as `report.md`. */
export function namesBeside(stages: readonly StageFiles[]): string[] {
  return stages.flatMap(({ outputs = [] }) =>
    outputs.flatMap(({ file }) => file.includes("/") ? [] : [file])
  );
}

/**
 * Whether a stage may write a file of that name into its folder, by what it
 * declares: `embedding_GENE_SET.svg` stands for `embedding_all.svg`.
 */
export function mayWrite(
  { name: stage, outputs = [] }: StageFiles,
  name: string,
): boolean {
  return outputs.some(({ file }) => {
    if (!file.startsWith(`${stage}/`)) return false;
    const pattern = file.slice(stage.length + 1)
      .replaceAll(".", "\\.")
      .replaceAll(/[A-Z]+(_[A-Z]+)*/g, "[\\w.-]+");
    return new RegExp(`^${pattern}$`).test(name);
  });
}
