/** Runs the suite's tasks, with the permissions that they have. */

import { fileURLToPath } from "node:url";
import manifest from "../../deno.json" with { type: "json" };
import { knowsWideVectors } from "../../lib/backend/v8_flags.ts";
import { nameSpeedFlags } from "../../lib/pipeline/speed_flags.ts";
import { namesIn } from "./run_folder.ts";

/** The suite's own folder. */
export const project = fileURLToPath(new URL("../../", import.meta.url));

/** The name of the run's folder in every trial: the report names it. */
export const RUN = "run";

/** What a task said. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A task that runs. */
export interface Started {
  readonly pid: number;
  /** Resolves when it has ended. */
  readonly said: Promise<Said>;
  kill(signal: Deno.Signal): void;
}

/** How a task is started. */
export interface Start {
  /** The suite's folder, with a slash at its end, or that of a copy. */
  readonly suite?: string;
  /** Such as `--max-old-space-size=200`. */
  readonly v8Flags?: string;
  /** What it may write to; by default the folder that it is started in. */
  readonly writes?: string;
  /** `NAME=value` for the environment, given by the program `env`. */
  readonly environment?: readonly string[];
}

/**
 * Starts a task in a folder.
 *
 * @param folder The folder, by its absolute path.
 * @param task The task's name in `deno.json`.
 * @param args Its flags.
 */
export function startTask(
  folder: string,
  task: string,
  args: readonly string[],
  { suite = project, v8Flags = "", writes = folder, environment = [] }: Start =
    {},
): Started {
  const tasks: Record<string, { command: string }> = manifest.tasks;
  const named = nameSpeedFlags(tasks[task].command, knowsWideVectors());
  const [, run, ...words] = named.split(" ");
  const command = [
    Deno.execPath(),
    run,
    "--config",
    `${suite}deno.json`,
    ...(v8Flags === "" ? [] : [`--v8-flags=${v8Flags}`]),
    ...words.map((word) =>
      word.startsWith("--allow-write=")
        ? `--allow-write=${writes}`
        : word.startsWith("scripts/")
        ? `${suite}${word}`
        : word
    ),
    ...args,
  ];
  // Deno lets a command set what is preloaded only if it may run everything.
  const [program, ...programArgs] = environment.length === 0
    ? command
    : ["env", ...environment, ...command];
  const child = new Deno.Command(program, {
    args: programArgs,
    cwd: folder,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
  const decoder = new TextDecoder();
  return {
    pid: child.pid,
    said: child.output().then(({ code, stdout, stderr }) => ({
      code,
      out: decoder.decode(stdout),
      err: decoder.decode(stderr),
    })),
    kill(signal) {
      try {
        child.kill(signal);
      } catch {
        // It has ended already.
      }
    },
  };
}

/** Runs a task to its end, as `startTask` starts it. */
export async function runTask(
  ...command: Parameters<typeof startTask>
): Promise<Said> {
  return await startTask(...command).said;
}

/** `all` in that folder. */
export function startAll(
  folder: string,
  flags: readonly string[],
  start?: Start,
): Started {
  return startTask(folder, "all", ["--run", RUN, ...flags], start);
}

/** Runs `all` in that folder to its end. */
export async function runAll(
  folder: string,
  flags: readonly string[],
  start?: Start,
): Promise<Said> {
  return await startAll(folder, flags, start).said;
}

/** The command that a message names as its remedy. */
export function remedyIn({ err }: Said): string | undefined {
  return /^ {2}try: (deno task .+)$/m.exec(err)?.[1];
}

/** What a task said that is no note: its error, in one line or two. */
export function errorIn({ err }: Said): string {
  return err.split("\n").filter((line) =>
    // A stage says what it does behind its name and two spaces or more.
    line !== "" && !/^\w+ {2,}/.test(line) && !/^ {10}/.test(line)
  ).join("\n");
}

/** Waits until a command is in a stage, or has ended. */
export async function untilIn(
  folder: string,
  stage: string,
  { said }: Started,
): Promise<void> {
  let ended = false;
  said.finally(() => ended = true);
  while (!ended) {
    const names = await namesIn(`${folder}/${RUN}`);
    if (names.some((name) => name.startsWith(`.${stage}.partial-`))) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

/**
 * Runs a program of the system.
 *
 * @returns What it says if it fails; undefined if it does not.
 */
export async function runProgram(
  program: string,
  ...args: string[]
): Promise<string | undefined> {
  try {
    const { success, stderr } = await new Deno.Command(program, { args })
      .output();
    if (success) return undefined;
    return new TextDecoder().decode(stderr).trim().split("\n")[0];
  } catch (error) {
    if (
      error instanceof Deno.errors.NotFound ||
      error instanceof Deno.errors.PermissionDenied ||
      error instanceof Deno.errors.NotCapable
    ) return `${program} cannot be run`;
    throw error;
  }
}
