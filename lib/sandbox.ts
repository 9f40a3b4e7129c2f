/**
 * Takes away what goes round the permissions and outlasts the process: web
 * storage, the Cache API, WASI, and workers that would start with them. Every
 * script and every worker imports this module first, before any package can
 * keep a reference to what is removed here.
 */

import { WASI } from "node:wasi";
import { Worker as NodeWorker } from "node:worker_threads";

/** The modules that workers run; each of them imports this one first. */
const WORKERS = [
  "./backend/wasm/thread_worker.ts",
  "./pipeline/command_worker.ts",
  "./prepare/formats/hdf5/worker.ts",
  "./workers/pool_worker.ts",
].map((path) => new URL(path, import.meta.url).href);

const NativeWorker = Worker;

function refuse(): never {
  throw new TypeError("a worker may run this project's own workers only");
}

// A class that extends the native one would lead to it as its prototype.
function ProjectWorker(specifier: string | URL, options?: WorkerOptions) {
  const url = `${specifier}`;
  // Calls no method: a package may have replaced those of arrays and sets.
  for (let index = 0; index < WORKERS.length; index++) {
    if (WORKERS[index] === url) return new NativeWorker(url, options);
  }
  return refuse();
}

ProjectWorker.prototype = NativeWorker.prototype;
NativeWorker.prototype.constructor = ProjectWorker;
Object.defineProperty(globalThis, "Worker", {
  value: ProjectWorker,
  writable: true,
  configurable: true,
});

// Node's class cannot be replaced in the modules that import it. Its
// constructor first calls the prototype's, and that cannot be set again.
Object.setPrototypeOf(NodeWorker, refuse);
Object.preventExtensions(NodeWorker);

// The classes as well: an object made of their prototypes works.
for (
  const name of [
    "localStorage",
    "sessionStorage",
    "Storage",
    "caches",
    "Cache",
    "CacheStorage",
  ]
) {
  Reflect.deleteProperty(globalThis, name);
}

// Its functions make links, by which one writes wherever they lead.
for (const name of ["wasiImport", "getImportObject"]) {
  Reflect.deleteProperty(WASI.prototype, name);
}

// What Deno's own code uses among itself, with less care than its interface.
Reflect.deleteProperty(
  Deno,
  (Deno as unknown as { readonly internal: symbol }).internal,
);
