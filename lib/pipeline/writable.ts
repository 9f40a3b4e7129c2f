/** Whether a run's folder may be written to. */

import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import manifest from "../../deno.json" with { type: "json" };
import { hasWideVectors } from "../backend/v8_flags.ts";
import { InputError } from "../cli/errors.ts";
import type { GivenValues } from "../cli/flags.ts";
import { formatCommand, formatFlags, quoteForShell } from "../cli/shell.ts";
import { exists, kindOf } from "../store/files.ts";
import { RUNS } from "./run_input.ts";
import { nameSpeedFlags } from "./speed_flags.ts";

/**
 * Checks before any work is done that a folder may be written to. At a
 * terminal Deno asks the user.
 *
 * @param given The task's flags, for the command that may.
 * @throws {InputError} If it may not, is a file, or is elsewhere by a link.
 */
export async function checkWritable(
  folder: string,
  command: string,
  given: GivenValues,
): Promise<void> {
  const wanted = { name: "write", path: folder } as const;
  let { state } = await Deno.permissions.query(wanted);
  if (state === "prompt" && Deno.stdin.isTerminal()) {
    ({ state } = await Deno.permissions.request(wanted));
  }
  if (state !== "granted") {
    throw new InputError(
      `Cannot write to ${folder}: a task may write below ${RUNS}/ only`,
      await commandThatMay(folder, command, given),
    );
  }
  if (await kindOf(folder) === "file") {
    throw new InputError(
      `Cannot write to ${folder}: a file stands where a folder should be`,
      "give another --run",
    );
  }
  const link = await findLinkOutside(resolve(folder));
  if (link === undefined) return;
  const { path, target } = link;
  const name = isAbsolute(folder) ? path : relative(Deno.cwd(), path);
  throw new InputError(
    `Cannot write to ${folder}: ${
      name === folder ? "it" : name
    } is a link to ` +
      (target === undefined
        ? "a folder that is not there"
        : `${target}, and a task may write below ${RUNS}/ only`),
    "give another --run",
  );
}

/** The same command on a folder below reports/, or allowed to write to its own. */
export async function commandThatMay(
  folder: string,
  command: string,
  given: GivenValues,
): Promise<string | undefined> {
  const run = String(given.get("run") ?? "");
  if (run !== "" && !isAbsolute(run) && !run.startsWith(".")) {
    const path = `${RUNS}/${run}`;
    const { state } = await Deno.permissions.query({ name: "write", path });
    if (state === "granted") {
      return formatCommand(command, new Map([...given, ["run", path]]));
    }
  }
  const tasks: Record<string, { command: string }> = manifest.tasks;
  const task = tasks[command];
  const allowed = task && nameSpeedFlags(task.command, hasWideVectors())
    .replace(/--allow-write=\S+/, `--allow-write=${quoteForShell(folder)}`);
  return allowed && [allowed, ...formatFlags(given)].join(" ");
}

/**
 * The first link on the way to a folder that leads out of what may be written
 * to: Deno looks at where a link stands, not at where it leads. That the
 * outermost folder that may be written to is a link itself is the user's will.
 *
 * @param folder An absolute path.
 * @returns The link, and where it leads; no target if that is not there.
 */
async function findLinkOutside(
  folder: string,
): Promise<{ path: string; target?: string } | undefined> {
  const within: string[] = [];
  let outermost = folder;
  for (;;) {
    const path = dirname(outermost);
    if (path === outermost) return; // Everything may be written to.
    const { state } = await Deno.permissions.query({ name: "write", path });
    if (state !== "granted") break;
    within.unshift(outermost);
    outermost = path;
  }
  if (!await exists(outermost)) return;
  const root = await Deno.realPath(outermost);
  for (const path of within) {
    if (!await exists(path)) return;
    let target: string;
    try {
      target = await Deno.realPath(path);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return { path };
      throw error;
    }
    const inside = relative(root, target);
    if (inside.split(sep)[0] === ".." || isAbsolute(inside)) {
      return { path, target };
    }
  }
}
