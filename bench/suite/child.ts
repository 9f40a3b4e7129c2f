/** Runs one side in a process of its own and reads what it measured. */

import { type Measured, SideFailure, type Workplace } from "./benchmark.ts";

/** Longer failures are cut. */
const LONGEST_FAILURE = 200;

/** What a process said. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a program to its end.
 *
 * @throws {SideFailure} If there is no such program.
 */
export async function runProgram(
  program: string,
  options: {
    readonly args: readonly string[];
    readonly cwd: string;
  },
): Promise<Said> {
  const decoder = new TextDecoder();
  try {
    const { code, stdout, stderr } = await new Deno.Command(program, {
      args: [...options.args],
      cwd: options.cwd,
      env: { NO_COLOR: "1" },
      stdin: "null",
      stdout: "piped",
      stderr: "piped",
    }).output();
    return { code, out: decoder.decode(stdout), err: decoder.decode(stderr) };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new SideFailure(`there is no ${program}`);
  }
}

/**
 * Runs one of our sides with the permissions that it needs and no more.
 *
 * @param script File in `bench/ours/`.
 * @param task Told to the script in JSON.
 */
export async function runOurs(
  place: Workplace,
  script: string,
  task: unknown,
): Promise<Measured> {
  return readMeasured(
    await runProgram(Deno.execPath(), {
      args: [
        "run",
        "--quiet",
        "--no-prompt",
        "--allow-read",
        `--allow-write=${place.scratch}`,
        "--allow-env=XDG_RUNTIME_DIR",
        `bench/ours/${script}`,
        JSON.stringify(task),
      ],
      cwd: place.project,
    }),
    place,
  );
}

/**
 * Runs a peer.
 *
 * @param script File in `bench/peers/`.
 * @param task Told to the script in JSON.
 */
export async function runPeer(
  place: Workplace,
  script: string,
  task: unknown,
): Promise<Measured> {
  if (!await Deno.stat(place.python).then(() => true, () => false)) {
    throw new SideFailure(
      `there is no ${place.python}; bench/peers/setup.sh makes one`,
    );
  }
  return readMeasured(
    await runProgram(place.python, {
      args: [`bench/peers/${script}`, JSON.stringify(task)],
      cwd: place.project,
    }),
    place,
  );
}

/**
 * The measurement in the last line that a side printed.
 *
 * @throws {SideFailure} If the side failed; with the last line of its errors.
 *
 * @example
 * ```ts
 * import { readMeasured } from "./child.ts";
 * const place = { project: "/home/me", scratch: "", python: "", threads: 2 };
 * const out = 'warming up\n{"seconds":2,"peakBytes":1024,"facts":{}}\n';
 * const { seconds } = readMeasured({ code: 0, out, err: "" }, place);
 * console.assert(seconds === 2);
 * ```
 */
export function readMeasured(said: Said, place: Workplace): Measured {
  if (said.code !== 0) throw new SideFailure(explainFailure(said, place));
  const line = said.out.trimEnd().split("\n").at(-1) ?? "";
  let measured: Partial<Measured>;
  try {
    measured = JSON.parse(line);
  } catch {
    throw new SideFailure("it ended without a measurement");
  }
  const { seconds, peakBytes = null, facts = {} } = measured;
  if (!(typeof seconds === "number" && seconds >= 0)) {
    throw new SideFailure(`it measured ${seconds} seconds`);
  }
  return { seconds, peakBytes, facts };
}

/**
 * Why a process failed: the last line of its errors, without the paths of
 * this machine.
 *
 * @example
 * ```ts
 * import { explainFailure } from "./child.ts";
 * const place = { project: "/home/me", scratch: "", python: "", threads: 2 };
 * const err = "Traceback:\nImportError: no pyarrow in /home/me/bench\n";
 * const failure = explainFailure({ code: 1, out: "", err }, place);
 * console.assert(failure === "ImportError: no pyarrow in bench");
 * ```
 */
export function explainFailure(
  { code, err }: Said,
  { project }: Pick<Workplace, "project">,
): string {
  const line = err.trim().split("\n").at(-1)?.trim() ?? "";
  if (line === "") return `it ended with status ${code} and said nothing`;
  const portable = line.replaceAll(`${project.replace(/\/$/, "")}/`, "");
  return portable.length > LONGEST_FAILURE
    ? `${portable.slice(0, LONGEST_FAILURE)}…`
    : portable;
}
