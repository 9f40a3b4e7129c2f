/** Runs the scripts of `deno task`, with the permissions that they have there. */

import { fileURLToPath } from "node:url";
import manifest from "../../deno.json" with { type: "json" };

/** The project's folder, in which every task runs. */
export const project = fileURLToPath(new URL("../../", import.meta.url));

/** What a script said. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a task's command, allowed to write below `folder` instead of reports/.
 *
 * @param folder The only folder that the task may write to.
 * @param task The task's name in `deno.json`.
 * @param args The task's flags.
 */
export async function runScript(
  folder: string,
  task: keyof typeof manifest.tasks,
  ...args: string[]
): Promise<Said> {
  const [, ...words] = manifest.tasks[task].command.split(" ");
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...words.map((word) =>
        word.startsWith("--allow-write=") ? `--allow-write=${folder}` : word
      ),
      ...args,
    ],
    cwd: project,
    stdin: "null",
    env: { NO_COLOR: "1" },
  }).output();
  const decoder = new TextDecoder();
  return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
}
