/** Runs one side in its own process and reads its measurement. */

import { knowsWideVectors, V8_FLAGS } from "../../lib/backend/v8_flags.ts";
import { type Measured, SideFailure, type Workspace } from "./benchmark.ts";

/** The peers' R. */
const R = "Rscript";

/** Longer error messages are truncated. */
const LONGEST_FAILURE = 200;

/** The flags of V8 with which our sides run, as those of `deno task all`. */
export const ownV8Flags: readonly string[] = knowsWideVectors()
  ? [`--v8-flags=${V8_FLAGS}`]
  : [];

/** Exit code and output of a process. */
export interface ProgramResult {
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
): Promise<ProgramResult> {
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
    throw new SideFailure(`${program} is not installed`);
  }
}

/**
 * Runs one of our sides with only the permissions that it needs.
 *
 * @param script File in `bench/ours/`.
 * @param task Passed to the script as JSON.
 */
export async function runOurs(
  workspace: Workspace,
  script: string,
  task: unknown,
): Promise<Measured> {
  return readMeasured(
    await runProgram(Deno.execPath(), {
      args: [
        "run",
        "--quiet",
        ...ownV8Flags,
        "--cached-only",
        "--frozen",
        "--no-prompt",
        "--allow-read",
        `--allow-write=${workspace.scratch}`,
        "--allow-env=XDG_RUNTIME_DIR",
        `bench/ours/${script}`,
        JSON.stringify(task),
      ],
      cwd: workspace.project,
    }),
    workspace,
  );
}

/**
 * Runs a peer.
 *
 * @param script File in `bench/peers/`.
 * @param task Passed to the script as JSON.
 */
export async function runPeer(
  workspace: Workspace,
  script: string,
  task: unknown,
): Promise<Measured> {
  if (!await Deno.stat(workspace.python).then(() => true, () => false)) {
    throw new SideFailure(
      `${workspace.python} does not exist; bench/peers/setup.sh creates it`,
    );
  }
  return readMeasured(
    await runProgram(workspace.python, {
      args: [`bench/peers/${script}`, JSON.stringify(task)],
      cwd: workspace.project,
    }),
    workspace,
  );
}

/**
 * Runs a peer in R, which has no reader of JSON: the task comes as `name=value`.
 *
 * @param script File in `bench/peers/`.
 */
export async function runR(
  workspace: Workspace,
  script: string,
  task: object,
): Promise<Measured> {
  return readMeasured(
    await runProgram(R, {
      args: [
        `bench/peers/${script}`,
        ...Object.entries(task).map(([name, value]) => `${name}=${value}`),
      ],
      cwd: workspace.project,
    }),
    workspace,
  );
}

/**
 * Reads the measurement from the last line that a side printed.
 *
 * @throws {SideFailure} If the side failed, with the last line of its errors.
 */
export function readMeasured(
  result: ProgramResult,
  workspace: Workspace,
): Measured {
  if (result.code !== 0) {
    throw new SideFailure(explainFailure(result, workspace));
  }
  const line = result.out.trimEnd().split("\n").at(-1) ?? "";
  let measured: Partial<Measured>;
  try {
    measured = JSON.parse(line);
  } catch {
    throw new SideFailure("it printed no measurement");
  }
  const { seconds, peakBytes = null, facts = {} } = measured;
  if (!(typeof seconds === "number" && seconds >= 0)) {
    throw new SideFailure(`it measured ${seconds} seconds`);
  }
  return { seconds, peakBytes, facts };
}

/**
 * Why a process failed: the last line of its errors, without paths of this
 * machine.
 */
export function explainFailure(
  { code, err }: ProgramResult,
  { project }: Pick<Workspace, "project">,
): string {
  const line = err.trim().split("\n").at(-1)?.trim() ?? "";
  if (line === "") return `it exited with status ${code} and printed nothing`;
  const portable = line.replaceAll(`${project.replace(/\/$/, "")}/`, "");
  return portable.length > LONGEST_FAILURE
    ? `${portable.slice(0, LONGEST_FAILURE)}…`
    : portable;
}
