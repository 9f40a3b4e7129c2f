/** What a hostile run is, and the place where it is tried. */

import { runProgram } from "../suite.ts";

/** The folders of a trial. All commands are given in `folder`. */
export interface HostilePlace {
  /** By its absolute path, as the others. */
  readonly folder: string;
  /** `reports/run`: a finished run that is made hostile. */
  readonly run: string;
  /** Beside `reports`: files and folders that are no business of any command. */
  readonly outside: string;
}

/** A command that is given on a hostile run, without `--run`. */
export type Attempt = readonly [task: string, ...args: string[]];

export interface HostileRun {
  /** The kind of attack. */
  readonly kind: string;
  readonly name: string;
  /** Makes the run hostile. */
  make(place: HostilePlace): Promise<unknown>;
  /** The commands that are tried one after the other. */
  readonly attempts: readonly Attempt[];
  /** `--run`; by default the hostile run's folder. */
  readonly path?: string;
  /** Whether `verify` may say that it is the same: nothing was forged. */
  readonly isHonest?: boolean;
}

/** A word in files outside that no command may repeat. */
export const SECRET = "hunter2secret";

/** Files and folders of {@linkcode HostilePlace.outside}. */
export const OUTSIDE = {
  table: "pw.csv",
  json: "token.json",
  set: "set.txt",
  folder: "thesis",
  pipe: "pipe",
};

/** Fills a folder with what somebody else would miss. */
export async function fillOutside(outside: string): Promise<void> {
  await Deno.mkdir(`${outside}/${OUTSIDE.folder}/chapters`, {
    recursive: true,
  });
  const write = (name: string, text: string) =>
    Deno.writeTextFile(`${outside}/${name}`, text);
  await write(
    OUTSIDE.table,
    `gene,password,user\nSim0001,${SECRET},root\nSim0002,2,3\n`,
  );
  await write(OUTSIDE.json, `{"${SECRET}": {"seconds": 5}, "verdict": []}`);
  await write(OUTSIDE.set, `${SECRET}\nSim0001\nSim0002\n`);
  await write(`${OUTSIDE.folder}/thesis.tex`, SECRET);
  await write(`${OUTSIDE.folder}/report.md`, SECRET);
  await write(`${OUTSIDE.folder}/stage.json`, "{}");
  await write(`${OUTSIDE.folder}/chapters/one.tex`, SECRET);
  await makeNode(`${outside}/${OUTSIDE.pipe}`, "p");
}

/** Makes a pipe (`p`) or a device (`c 1 5`). */
export async function makeNode(path: string, kind: string): Promise<void> {
  const refused = await runProgram("mknod", path, ...kind.split(" "));
  if (refused !== undefined) throw new Error(`Cannot make a node: ${refused}`);
}

/** Makes a link; Deno makes none where it may not write everywhere. */
export async function makeLink(target: string, path: string): Promise<void> {
  const refused = await runProgram("ln", "-s", target, path);
  if (refused !== undefined) throw new Error(`Cannot make a link: ${refused}`);
}

/** Puts something else in the place of what is at a path, if it is there. */
export async function replace(
  path: string,
  make: (path: string) => Promise<unknown>,
): Promise<void> {
  await Deno.remove(path, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  await make(path);
}
