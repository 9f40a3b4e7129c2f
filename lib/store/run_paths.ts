/** Where a run's folder holds what, and what is not finished of it. */

/** The values that the run remembers. */
export const CONFIG_FILE = "config.json";

/** How the names of its half-written parts begin. */
export const CONFIG_PARTS = `.${CONFIG_FILE}.partial-`;

/** How long each stage took. */
export const TIMINGS_FILE = "timings.json";

/** Within a stage's folder: files that go into the run's own folder. */
export const BESIDE = ".beside";

/** The file by which one command at a time works on a run. */
export const RUN_LOCK = ".lock";

/** The paths of one stage; those with a dot are gone when it has finished. */
export function stagePaths(runFolder: string, stage: string) {
  const hidden = `${runFolder}/.${stage}`;
  return {
    folder: `${runFolder}/${stage}`,
    /** The earlier folder, while the new one takes its place. */
    old: `${hidden}.old`,
    /** What earlier versions locked; nothing holds it now. */
    lock: `${hidden}.lock`,
    kept: `${hidden}.kept`,
  };
}

/** How the names of a stage's half-made folders begin. */
export function partialPrefix(stage: string): string {
  return `.${stage}.partial-`;
}

/** The paths in a folder whose names begin so. */
export async function pathsWithPrefix(
  folder: string,
  prefix: string,
): Promise<string[]> {
  const paths: string[] = [];
  for await (const { name } of Deno.readDir(folder)) {
    if (name.startsWith(prefix)) paths.push(`${folder}/${name}`);
  }
  return paths;
}
