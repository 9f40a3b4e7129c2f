/** The members of a pool: a worker, or the calling process in its stead. */

import { InputError, type Remedy, RunError } from "../cli/errors.ts";
import type { PoolModule } from "./pool_module.ts";

/** One worker, or the calling process in its stead. */
export interface PoolMember {
  /** @param onReport Called with what the task tells before it is done. */
  work(task: unknown, onReport: (report: unknown) => void): Promise<unknown>;
  close(): Promise<void>;
  /** Ends it at once, whatever it is doing. */
  terminate(): void;
}

/** An error as it travels out of a worker. */
export interface SentError {
  readonly name: string;
  readonly message: string;
  readonly stack?: string;
  readonly remedy?: Remedy;
}

export type ToWorker =
  | { readonly kind: "open"; readonly module: string; readonly setup: unknown }
  | { readonly kind: "work"; readonly task: unknown }
  | { readonly kind: "close" };

/**
 * What a worker answers, once to each message; `report` during a task, and
 * `broken` at any time.
 */
export type FromWorker =
  | { readonly kind: "report"; readonly report: unknown }
  | { readonly kind: "done"; readonly result?: unknown }
  | { readonly kind: "failed" | "broken"; readonly error: SentError };

type AnyModule = PoolModule<unknown, unknown, unknown, unknown, unknown>;

/**
 * Imports a pool's module and checks that it exports what a pool needs.
 *
 * @throws {TypeError} If `setUp` or `work` is missing.
 */
export async function importPoolModule(url: string): Promise<AnyModule> {
  const module = await import(url);
  for (const name of ["setUp", "work"]) {
    if (typeof module[name] !== "function") {
      throw new TypeError(`${url} must export a function named ${name}`);
    }
  }
  return module;
}

export async function openProcessMember(
  url: URL,
  setup: unknown,
): Promise<PoolMember> {
  const module = await importPoolModule(url.href);
  const state = await module.setUp(setup);
  return {
    work: async (task, onReport) => await module.work(task, state, onReport),
    close: async () => await module.close?.(state),
    terminate() {},
  };
}

function revive(sent: SentError): Error {
  if (sent.name === "InputError") {
    return new InputError(sent.message, sent.remedy);
  }
  if (sent.name === "RunError") return new RunError(sent.message, sent.remedy);
  const error = new Error(sent.message);
  error.name = sent.name;
  if (sent.stack !== undefined) error.stack = sent.stack;
  return error;
}

export async function openWorkerMember(
  url: URL,
  setup: unknown,
): Promise<PoolMember> {
  const worker = new Worker(new URL("./pool_worker.ts", import.meta.url), {
    type: "module",
  });
  let settle: PromiseWithResolvers<unknown> | undefined;
  let onReport = (_: unknown) => {};
  let broken: Error | undefined;
  const fail = (error: Error) => {
    broken ??= error;
    settle?.reject(error);
    settle = undefined;
  };
  const report = (value: unknown) => {
    try {
      onReport(value);
    } catch (error) {
      // As in the calling process, where it ends the task, too.
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  };
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind === "report") return report(data.report);
    if (data.kind === "broken") return fail(revive(data.error));
    const waiting = settle;
    settle = undefined;
    if (data.kind === "done") waiting?.resolve(data.result);
    else waiting?.reject(revive(data.error));
  };
  worker.onmessageerror = () =>
    fail(new Error("a worker's answer could not be read"));
  worker.onerror = (event) => {
    // Else Deno would end the whole process.
    event.preventDefault();
    fail(new Error(event.message));
  };
  const ask = (message: ToWorker): Promise<unknown> => {
    if (broken) return Promise.reject(broken);
    settle = Promise.withResolvers();
    const { promise } = settle;
    worker.postMessage(message);
    return promise;
  };
  const member: PoolMember = {
    work: async (task, listener) => {
      onReport = listener;
      return await ask({ kind: "work", task });
    },
    close: async () => {
      await ask({ kind: "close" });
    },
    terminate() {
      worker.terminate();
      fail(new Error("the worker was ended"));
    },
  };
  try {
    await ask({ kind: "open", module: url.href, setup });
  } catch (error) {
    worker.terminate();
    throw error;
  }
  return member;
}
