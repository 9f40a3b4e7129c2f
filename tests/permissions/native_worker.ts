/** Deno's own workers, kept before the sandbox takes them away. */

export const NativeWorker = Worker;
