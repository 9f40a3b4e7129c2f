/**
 * The library that is preloaded into a command, so that it dies or fails at a
 * chosen call of the system. It is compiled again for each go.
 */

import { project, runProgram, type Start } from "./suite.ts";

/** Calls that change files, as the library names them. */
export type Call =
  | "create"
  | "write"
  | "fsync"
  | "rename"
  | "mkdir"
  | "unlink"
  | "rmdir"
  | "flock";

/** What the library is to do. */
export interface Intercept {
  /** The folder whose calls count, by its absolute path. */
  readonly root: string;
  /** The file to which the calls are written. */
  readonly log: string;
  /** The calls that count; by default all. */
  readonly calls?: readonly Call[];
  /** The call at which something happens, counted from 1. */
  readonly at?: number;
  /** The process is killed, or this and all later calls fail. */
  readonly how?: "before" | "half" | "after" | number;
  /** Bytes of memory above which the process is killed. */
  readonly memory?: number;
}

/** A call that was made below the folder. */
export interface Made {
  /** A {@linkcode Call}, `open`, or `memory` where there was too much. */
  readonly call: string;
  /** From the folder, with a slash before it. */
  readonly path: string;
  /** Where a rename leads. */
  readonly to: string;
}

/** A library that can be preloaded. */
export interface Preload {
  /** How a task is started with it. */
  start(intercept: Intercept): Start;
}

/**
 * Compiles the library.
 *
 * @param folder Where it is put.
 * @returns Why it cannot be used here, if so.
 */
export async function compilePreload(
  folder: string,
): Promise<Preload | string> {
  if (Deno.build.os !== "linux") return "only Linux preloads a library";
  const library = `${folder}/intercept.so`;
  const refused = await runProgram(
    "gcc",
    ...["-O1", "-shared", "-fPIC", "-o", library],
    `${project}bench/faults/intercept.c`,
    ...["-ldl", "-lpthread"],
  );
  if (refused !== undefined) return refused;
  return {
    start: ({ root, log, calls, at, how, memory }) => ({
      environment: [
        `LD_PRELOAD=${library}`,
        `FAULT_ROOT=${root}`,
        `FAULT_LOG=${log}`,
        ...(calls === undefined ? [] : [`FAULT_OPS=,${calls.join()},`]),
        ...(at === undefined ? [] : [`FAULT_AT=${at}`]),
        ...(how === undefined ? [] : [`FAULT_HOW=${how}`]),
        ...(memory === undefined ? [] : [`FAULT_MEMORY=${memory}`]),
      ],
    }),
  };
}

/** The calls of a log; none if there is no log. */
export async function readCalls(log: string): Promise<Made[]> {
  let text: string;
  try {
    text = await Deno.readTextFile(log);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return [];
    throw error;
  }
  return text.split("\n").filter(Boolean).map((line) => {
    const [call, path = "", to = ""] = line.split("\t");
    return { call, path, to };
  });
}

/** Removes a log, so that the next command starts a new one. */
export async function clearLog(log: string): Promise<void> {
  await Deno.remove(log).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
}
