/**
 * Attempts at what the pipeline must not do, to be made in a folder that holds
 * `reports/file` and `outside/file`.
 */

import { spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { lookup } from "node:dns/promises";
import { EventEmitter } from "node:events";
import { appendFileSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { createRequire } from "node:module";
import { createConnection } from "node:net";
import { hostname } from "node:os";
import process from "node:process";
import { DatabaseSync } from "node:sqlite";
import { runInNewContext, runInThisContext } from "node:vm";
import { WASI } from "node:wasi";
import { Worker as NodeWorker } from "node:worker_threads";

/** What came of an attempt: the error's name and message, or what was got. */
export interface Outcome {
  readonly kind: string;
  readonly name: string;
  readonly error?: string;
  readonly message?: string;
}

/** No one listens here; were the attempt allowed, it would be refused. */
const nobody = { hostname: "127.0.0.1", port: 40_009 };
const address = `http://${nobody.hostname}:${nobody.port}/`;

/** An address that no type checker or bundler sees beforehand. */
const unseen = (specifier: string): string => specifier;

/** A worker's module that is no file, and that looks into the store. */
const storing = "data:text/javascript," +
  encodeURIComponent("postMessage(await caches.has('attempt'))");

const module: WorkerOptions = { type: "module" };

const require = createRequire(import.meta.url);

const here = Deno.cwd();
const outside = `${here}/outside`;

/** Every attempt, by what it tries to get at. */
const attempts: Record<string, Record<string, () => unknown>> = {
  net: {
    "fetch": () => fetch(address),
    "a web socket": () => new WebSocket(address.replace("http", "ws")),
    "Deno.connect": () => Deno.connect(nobody),
    "Deno.connectTls": () => Deno.connectTls(nobody),
    "Deno.listen": () => Deno.listen({ hostname: "127.0.0.1", port: 0 }),
    "Deno.serve": () =>
      Deno.serve({ hostname: "127.0.0.1", port: 0 }, () => new Response()),
    "Deno.resolveDns": () => Deno.resolveDns("localhost", "A"),
    "asking for it": async () => {
      const { state } = await Deno.permissions.request({ name: "net" });
      if (state !== "granted") throw new Deno.errors.NotCapable(state);
    },
    "node:http": () => emitted(get(address)),
    "node:net": () => emitted(createConnection(nobody.port, nobody.hostname)),
    "node:dgram": () =>
      thrownLater(() => {
        createSocket("udp4").send("hello", nobody.port, nobody.hostname);
      }),
    "node:dns": () => lookup("example.com"),
    ...(Deno.build.os === "windows" ? {} : {
      "a unix socket": () =>
        Deno.connect({ transport: "unix", path: `${here}/reports/socket` }),
      "a unix socket to listen on": () =>
        Deno.listen({ transport: "unix", path: `${here}/reports/socket` }),
    }),
  },
  write: {
    "an absolute path": () => Deno.writeTextFile(`${outside}/new`, ""),
    "a path with ..": () => Deno.writeTextFile("reports/../outside/new", ""),
    "a file beside reports": () => Deno.writeTextFile("new", ""),
    "a sibling of that name": () => Deno.mkdir("reports-too"),
    "a file that is there": () => Deno.writeTextFile("outside/file", ""),
    "Deno.open": () => Deno.open("outside/file", { append: true }),
    "Deno.create": () => Deno.create("outside/new"),
    "Deno.truncate": () => Deno.truncate("outside/file"),
    "Deno.remove": () => Deno.remove("outside/file"),
    "Deno.remove of a folder": () =>
      Deno.remove("outside", { recursive: true }),
    "Deno.mkdir": () => Deno.mkdir("outside/folder"),
    "Deno.rename out of reports": () =>
      Deno.rename("reports/file", "outside/new"),
    "Deno.rename into reports": () =>
      Deno.rename("outside/file", "reports/new"),
    "Deno.rename of reports": () => Deno.rename("reports", "outside/reports"),
    "Deno.copyFile": () => Deno.copyFile("reports/file", "outside/new"),
    "Deno.link": () => Deno.link("outside/file", "reports/new"),
    "Deno.symlink": () => Deno.symlink("../outside", "reports/new"),
    "Deno.chmod": () => Deno.chmod("outside/file", 0o600),
    "Deno.utime": () => Deno.utime("outside/file", 1, 1),
    "Deno.makeTempDir": () => Deno.makeTempDir(),
    "Deno.makeTempFile": () => Deno.makeTempFile({ dir: outside }),
    "Deno.chdir, then a name": () => {
      Deno.chdir(outside);
      try {
        Deno.writeTextFileSync("reports/file", "");
      } finally {
        Deno.chdir(here);
      }
    },
    "node:fs": () => writeFileSync("outside/new", ""),
    "node:fs appending": () => appendFileSync("outside/file", "more"),
    "node:sqlite": () => new DatabaseSync("outside/new"),
    "node:sqlite by an address": () =>
      new DatabaseSync("file:outside/new?mode=rwc"),
  },
  run: {
    "Deno.Command": () => new Deno.Command("true").output(),
    "Deno itself": () => new Deno.Command(Deno.execPath()).output(),
    "node:child_process": () => {
      const { error } = spawnSync("true", { env: {} });
      if (error) throw error;
    },
    "Deno.kill": () => Deno.kill(Deno.ppid, "SIGCONT"),
  },
  ffi: {
    "Deno.dlopen": () => Deno.dlopen("libc.so.6", {}),
  },
  env: {
    "Deno.env.get": () => Deno.env.get("HOME"),
    "Deno.env.toObject": () => Deno.env.toObject(),
    "Deno.env.set": () => Deno.env.set("HOME", "/"),
    "process.env": () => process.env.HOME,
    ...(Deno.build.os === "linux"
      ? { "its own in /proc": () => Deno.readTextFile("/proc/self/environ") }
      : {}),
  },
  sys: {
    "Deno.hostname": () => Deno.hostname(),
    "Deno.networkInterfaces": () => Deno.networkInterfaces(),
    "node:os": () => hostname(),
  },
  import: {
    "a module of the net": () => import(unseen("https://deno.land/none.ts")),
    "a module from elsewhere": () =>
      import(unseen("https://example.com/none.ts")),
    "a package that is not locked": () =>
      import(unseen("npm:no-such-package-as-this@1.0.0")),
  },
  store: {
    "localStorage": () => localStorage.setItem("attempt", ""),
    "sessionStorage": () => sessionStorage.setItem("attempt", ""),
    "caches": () => caches.open("attempt"),
    "caches in code that is made": () =>
      new Function("return caches.open('attempt')")(),
    "caches in the same context": () =>
      runInThisContext("caches.open('attempt')"),
    "caches in another context": () =>
      runInNewContext("caches.open('attempt')"),
    "a prototype of its class": () =>
      Object.create(CacheStorage.prototype).open("attempt"),
    "a prototype of a stored file": () => Object.create(Cache.prototype),
    "a prototype of the storage": () => Object.create(Storage.prototype),
    "Deno's internals": () =>
      Object.keys(Reflect.get(Deno, Reflect.get(Deno, "internal"))),
    "a worker of data": () => answerOf(new Worker(storing, module)),
    "a worker of a blob": () => {
      const blob = new Blob(["postMessage(await caches.has('attempt'))"]);
      return answerOf(new Worker(URL.createObjectURL(blob), module));
    },
    "a worker of the net": () =>
      answerOf(new Worker(unseen("https://deno.land/none.ts"), module)),
    "a worker of another module of the project": () =>
      answerOf(new Worker(import.meta.resolve("./folder_state.ts"), module)),
    "a worker's class by its instances": () =>
      answerOf(Reflect.construct(Worker.prototype.constructor, [
        storing,
        module,
      ])),
    "a worker's class behind the class": () =>
      answerOf(Reflect.construct(Object.getPrototypeOf(Worker), [
        storing,
        module,
      ])),
    "a class that extends it": () =>
      answerOf(new (class extends Worker {})(storing, module)),
    "arrays that have everything": () => {
      const { includes, indexOf } = Array.prototype;
      Array.prototype.includes = () => true;
      Array.prototype.indexOf = () => 0;
      try {
        return answerOf(new Worker(storing, module));
      } finally {
        Object.assign(Array.prototype, { includes, indexOf });
      }
    },
    "node:worker_threads": () => nodeAnswerOf(NodeWorker),
    "node:worker_threads as required": () =>
      nodeAnswerOf(require("node:worker_threads").Worker),
    "node:worker_threads of the process": () =>
      nodeAnswerOf(process.getBuiltinModule("worker_threads").Worker),
    "a class that extends Node's": () =>
      nodeAnswerOf(class extends NodeWorker {}),
    "Node's class as it was": () => {
      Object.setPrototypeOf(NodeWorker, EventEmitter);
      return nodeAnswerOf(NodeWorker);
    },
    "a link made by WASI": () => {
      const { system, place } = startedWasi();
      const from = place("../outside");
      const to = place("link");
      Reflect.get(system.wasiImport, "path_symlink")(...from, 3, ...to);
      Deno.writeTextFileSync("reports/link/new", "");
    },
    "WASI by its other name": () => {
      const { system } = startedWasi();
      Object.keys(system.getImportObject());
    },
    "node:sqlite in memory, with a file attached": () =>
      new DatabaseSync(":memory:").exec("attach 'outside/new' as o"),
    "node:sqlite in memory, written to a file": () =>
      new DatabaseSync(":memory:").exec(
        "create table t (a); vacuum into 'outside/new'",
      ),
  },
  allowed: {
    "writing below reports": () => Deno.writeTextFile("reports/mine", ""),
    "reading outside": () => Deno.readTextFile("outside/file"),
    "the variable of the driver": () => {
      Deno.env.get("XDG_RUNTIME_DIR");
    },
  },
};

/** Makes every attempt. */
export async function attemptAll(): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [kind, ways] of Object.entries(attempts)) {
    for (const [name, attempt] of Object.entries(ways)) {
      outcomes.push(await outcomeOf(kind, name, attempt));
    }
  }
  return outcomes;
}

/**
 * Attempts to load a package that is in the cache, as others need it, and that
 * this project does not name. To be made last: it disturbs all later loading.
 */
export function attemptUnlocked(): Promise<Outcome> {
  return outcomeOf(
    "lock",
    "a package that others need",
    () => import(unseen("npm:seedrandom@3.0.5")),
  );
}

async function outcomeOf(
  kind: string,
  name: string,
  attempt: () => unknown,
): Promise<Outcome> {
  try {
    await attempt();
    return { kind, name };
  } catch (thrown) {
    const { name: error, message } = thrown as Error;
    return { kind, name, error, message };
  }
}

/** Fails as the emitter does; is done when it has connected. */
function emitted(
  emitter: { once(event: string, listener: (value: unknown) => void): unknown },
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    emitter.once("error", reject);
    emitter.once("connect", resolve);
  });
}

/** Fails with the error that is thrown where nobody catches it. */
function thrownLater(attempt: () => void): Promise<unknown> {
  return new Promise((resolve, reject) => {
    addEventListener("error", (event) => {
      event.preventDefault();
      reject(event.error);
    }, { once: true });
    setTimeout(resolve, 1000);
    attempt();
  });
}

/** Fails as the worker does; is done when it answers, or runs for a second. */
function answerOf(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.onmessage = resolve;
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(event.message));
    };
    setTimeout(resolve, 1000);
  }).finally(() => worker.terminate());
}

/** The same of a worker of Node's. */
function nodeAnswerOf(Class: typeof NodeWorker): Promise<unknown> {
  const worker = new Class(
    "require('worker_threads').parentPort.postMessage(typeof caches)",
    { eval: true },
  );
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
}

/** A system of WASI's that may write to reports/, and its memory. */
function startedWasi() {
  const system = new WASI({
    version: "preview1",
    preopens: { "/": "reports" },
  });
  // A module with a memory of one page and an empty function `_start`.
  const program = Uint8Array.fromBase64(
    "AGFzbQEAAAABBAFgAAADAgEABQMBAAEHEwIGbWVtb3J5AgAGX3N0YXJ0AAAKBAECAAs=",
  );
  const instance = new WebAssembly.Instance(new WebAssembly.Module(program));
  system.start(instance);
  const memory = new Uint8Array(
    (instance.exports.memory as WebAssembly.Memory).buffer,
  );
  let used = 0;
  /** Puts a text there; returns where it is and how long. */
  const place = (text: string): [number, number] => {
    const { written } = new TextEncoder().encodeInto(
      text,
      memory.subarray(used),
    );
    used += written;
    return [used - written, written];
  };
  return { system, place };
}
