/** The flags that a task gives to Deno. */

import manifest from "../../deno.json" with { type: "json" };
import { knowsWideVectors, V8_FLAGS } from "../../lib/backend/v8_flags.ts";

/** A task's name in `deno.json`. */
export type Task = keyof typeof manifest.tasks;

/** Every task. */
export const tasks = Object.keys(manifest.tasks) as Task[];

/** A call of Deno in a task's command. */
export interface Call {
  /** `run`, `test`, `fmt` and so on. */
  readonly does: string;
  readonly flags: readonly string[];
  /** What is run, and its own arguments. */
  readonly rest: readonly string[];
}

/** The calls of Deno that a task's command consists of. */
export function callsOf(task: Task): Call[] {
  return manifest.tasks[task].command.split(" && ").map((command) => {
    const [program, does, ...words] = splitWords(command);
    if (program !== "deno") throw new Error(`${task} calls ${program}`);
    const end = words.findIndex((word) => !/^(-|\$\()/.test(word));
    const flags = end < 0 ? words : words.slice(0, end);
    return { does, flags, rest: words.slice(flags.length) };
  });
}

/** What stands for V8's flags for speed in the command of a task. */
export const speedFlags =
  "$(deno run --no-config --no-lock --no-npm --no-remote scripts/v8_flags.ts)";

/** The flags of a task that is one `deno run`, as they are on this platform. */
export function runFlags(task: Task): readonly string[] {
  const [call, ...others] = callsOf(task);
  if (call.does !== "run" || others.length > 0) {
    throw new Error(`${task} is not one deno run`);
  }
  return call.flags.flatMap((flag) =>
    flag !== speedFlags
      ? flag
      : knowsWideVectors()
      ? `--v8-flags=${V8_FLAGS}`
      : []
  );
}

/**
 * Words of a shell command; a pair of quotes, and a command in a command, keep
 * spaces within a word.
 */
function splitWords(command: string): string[] {
  return command.match(/(?:"[^"]*"|\$\([^)]*\)|[^\s"])+/g) ?? [];
}
