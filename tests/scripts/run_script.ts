/** Runs the scripts of `deno task`, with the permissions that they have there. */

import { fileURLToPath } from "node:url";
import { endOf } from "./ended.ts";
import { callsOf, runFlags, type Task } from "../permissions/task_flags.ts";

/** The project's folder, in which every task runs. */
export const project = fileURLToPath(new URL("../../", import.meta.url));

/** What a script said. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Starts a task's command, allowed to write below `folder` instead of reports/.
 *
 * @param folder The only folder that the task may write to.
 * @param task The task's name in `deno.json`.
 * @param args The task's flags.
 */
export function startScript(
  folder: string,
  task: Task,
  ...args: string[]
): Deno.ChildProcess {
  const [{ rest }] = callsOf(task);
  const words = ["run", ...runFlags(task), ...rest];
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...words.map((word) =>
        word.startsWith("--allow-write=") ? `--allow-write=${folder}` : word
      ),
      ...args,
    ],
    cwd: project,
    stdin: "null",
    stdout: "piped",
    stderr: "piped",
    env: { NO_COLOR: "1" },
  }).spawn();
}

/** Runs a task's command to its end, as `startScript` starts it. */
export async function runScript(
  ...command: Parameters<typeof startScript>
): Promise<Said> {
  const { code, stdout, stderr } = await endOf(
    startScript(...command),
  );
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}
