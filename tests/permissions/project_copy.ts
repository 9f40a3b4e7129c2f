/** A copy of the project for the tasks to run in, with all of Deno's own files. */

import { join } from "node:path";
import { project } from "../scripts/run_script.ts";
import { runFlags, type Task } from "./task_flags.ts";

/** What the tasks need of the project. */
const needed = [
  "CITATION.cff",
  "deno.json",
  "deno.lock",
  "lib",
  "presets",
  "scripts",
];

/** What a task said, and which permissions it used or asked for. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly asked: ReadonlySet<string>;
}

/**
 * A folder with the project, and beside it folders that stand for the user's
 * home, for that of temporary files and for Deno's cache.
 */
export class ProjectCopy implements AsyncDisposable {
  private constructor(
    /** Holds everything that a task is known to have been near to. */
    readonly around: string,
    private readonly log: string,
  ) {}

  static async make(): Promise<ProjectCopy> {
    const around = await Deno.realPath(await Deno.makeTempDir());
    for (const name of ["project", "home", "temporary", "cache", "input"]) {
      await Deno.mkdir(join(around, name));
    }
    for (const name of needed) {
      await copyTree(join(project, name), join(around, "project", name));
    }
    // The packages are shared: they are many, and written by `deno task` only.
    const { npmCache } = await cachesOfDeno();
    await Deno.symlink(npmCache, join(around, "cache", "npm"));
    return new ProjectCopy(around, await Deno.makeTempFile());
  }

  /** Runs a task in the copy with just the flags that it has in `deno.json`. */
  run(task: Task, ...args: string[]): Promise<Ended> {
    return this.#run("run", ...runFlags(task), `scripts/${task}.ts`, ...args);
  }

  /** Runs a task as a user does, who has no network. */
  runTask(task: Task, ...args: string[]): Promise<Ended> {
    return this.#run("task", task, ...args);
  }

  async #run(...args: string[]): Promise<Ended> {
    await Deno.writeTextFile(this.log, "");
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args,
      cwd: join(this.around, "project"),
      stdin: "null",
      env: {
        NO_COLOR: "1",
        HOME: join(this.around, "home"),
        TMPDIR: join(this.around, "temporary"),
        DENO_DIR: join(this.around, "cache"),
        DENO_AUDIT_PERMISSIONS: this.log,
        // Registries are asked through it, but not one on this machine.
        HTTPS_PROXY: "http://127.0.0.1:40009",
      },
    }).output();
    const decoder = new TextDecoder();
    const log = await Deno.readTextFile(this.log);
    return {
      code,
      out: decoder.decode(stdout),
      err: decoder.decode(stderr),
      asked: new Set(
        log.split("\n").filter(Boolean).map((line) =>
          JSON.parse(line).permission
        ),
      ),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.around, { recursive: true });
    await Deno.remove(this.log);
  }
}

async function cachesOfDeno(): Promise<{ npmCache: string }> {
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["info", "--json"],
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

async function copyTree(from: string, to: string): Promise<void> {
  if ((await Deno.stat(from)).isFile) return await Deno.copyFile(from, to);
  await Deno.mkdir(to);
  for await (const { name } of Deno.readDir(from)) {
    await copyTree(join(from, name), join(to, name));
  }
}
