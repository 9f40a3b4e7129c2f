/** The inside of a worker of a pool: one answer to each message. */

import "../sandbox.ts";
import type { InputError } from "../cli/errors.ts";
import {
  type FromWorker,
  importPoolModule,
  type SentError,
  type ToWorker,
} from "./pool_member.ts";
import type { PoolModule } from "./pool_module.ts";

/** The worker's global scope, of which Deno's default types know nothing. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<ToWorker>) => void;
  postMessage(message: FromWorker, transfer?: Transferable[]): void;
  close(): void;
};

// If a worker ended without an answer, the host would wait forever.
const refuse = (): never => {
  throw new Error("a task tried to end its worker");
};
scope.close = refuse;
Deno.exit = refuse;

let module: PoolModule<unknown, unknown, unknown, unknown, unknown>;
let state: unknown;

function send(thrown: unknown): SentError {
  if (!(thrown instanceof Error)) {
    return { name: "Error", message: String(thrown) };
  }
  const { name, message, stack } = thrown;
  const { remedy, rerun } = thrown as Partial<InputError>;
  return { name, message, stack, remedy: rerun ?? remedy };
}

// Deno would print a stack trace before it reported either to the host.
addEventListener("error", (event) => {
  event.preventDefault();
  scope.postMessage({ kind: "broken", error: send(event.error) });
});
addEventListener("unhandledrejection", (event) => {
  event.preventDefault();
  scope.postMessage({ kind: "broken", error: send(event.reason) });
});

scope.onmessage = async ({ data }) => {
  try {
    if (data.kind === "open") {
      module = await importPoolModule(data.module);
      state = await module.setUp(data.setup);
      scope.postMessage({ kind: "done" });
    } else if (data.kind === "work") {
      const result = await module.work(
        data.task,
        state,
        (report) => scope.postMessage({ kind: "report", report }),
      );
      scope.postMessage(
        { kind: "done", result },
        module.transfer?.(result) ?? [],
      );
    } else {
      await module.close?.(state);
      scope.postMessage({ kind: "done" });
    }
  } catch (thrown) {
    scope.postMessage({ kind: "failed", error: send(thrown) });
  }
};
