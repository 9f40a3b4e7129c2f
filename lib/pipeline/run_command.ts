/** A command from its arguments to its exit status. */

import { dirname, isAbsolute, relative, resolve, sep } from "node:path";
import manifest from "../../deno.json" with { type: "json" };
import { InputError } from "../cli/errors.ts";
import { exists } from "../store/files.ts";
import { quoteForShell } from "../cli/shell.ts";
import { writeHelp } from "./help.ts";
import { ALL } from "./flag_names.ts";
import { readRequest } from "./request.ts";
import { runAllStages, runOneStage } from "./run_stages.ts";
import type { Pipeline } from "./pipeline.ts";
import { DONE } from "../cli/exit_status.ts";
import { reportError } from "./report_error.ts";
import { processTerminal, type Terminal } from "../cli/terminal.ts";

/**
 * Runs a command. Never throws: what goes wrong is one or two lines on
 * `terminal.err` and an exit status.
 *
 * @param study The study.
 * @param command A stage's name, or `all`.
 * @param args The command's arguments.
 * @param terminal Where it speaks.
 * @returns 0 done, 1 failed while running, 2 bad usage or bad input.
 */
export async function runCommand(
  study: Pipeline,
  command: string,
  args: readonly string[],
  terminal: Terminal = processTerminal,
): Promise<number> {
  try {
    const request = await readRequest(study, command, args);
    if (request === undefined) {
      terminal.out(writeHelp(study, command));
      return DONE;
    }
    if (!request.dryRun) await checkWritable(request.runFolder, command, args);
    await (command === ALL ? runAllStages : runOneStage)(
      study,
      request,
      terminal,
    );
    return DONE;
  } catch (error) {
    return reportError(error, command, args, terminal);
  }
}

/**
 * Sees to it, before any work is done, that a folder may be written to. At a
 * terminal Deno asks the user.
 *
 * @param folder The folder.
 * @param command The task that is to write there.
 * @param args The task's arguments, for the command that may.
 * @throws {InputError} If it may not, or is elsewhere by a link.
 */
export async function checkWritable(
  folder: string,
  command: string,
  args: readonly string[],
): Promise<void> {
  const wanted = { name: "write", path: folder } as const;
  let { state } = await Deno.permissions.query(wanted);
  if (state === "prompt" && Deno.stdin.isTerminal()) {
    ({ state } = await Deno.permissions.request(wanted));
  }
  if (state !== "granted") {
    throw new InputError(
      `Cannot write to ${folder}: a task may write below reports/ only`,
      commandThatMay(folder, command, args),
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
        : `${target}, and a task may write below reports/ only`),
    "give another --run",
  );
}

/** The same command, allowed to write to that folder. */
function commandThatMay(
  folder: string,
  command: string,
  args: readonly string[],
): string | undefined {
  const tasks: Record<string, { command: string }> = manifest.tasks;
  const allowed = tasks[command]?.command.replace(
    /--allow-write=\S+/,
    `--allow-write=${quoteForShell(folder)}`,
  );
  return allowed && [allowed, ...args.map(quoteForShell)].join(" ");
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
