/** What each task of `deno.json` may do. */

import assert from "node:assert/strict";
import { callsOf, speedFlags, type Task, tasks } from "./task_flags.ts";

/** A task's permissions; all it has are listed. */
interface Permissions {
  readonly read?: string;
  /** Absent where nothing is written. */
  readonly write?: string;
  readonly env?: string;
  readonly sys?: string;
}

const anywhere = "--allow-read";

/** Mesa's driver complains without it. Nothing else is read. */
const display = "XDG_RUNTIME_DIR";

/** Tasks that compute networks, and have a twin without V8's flags for speed. */
const fast: Partial<Record<Task, Permissions>> = {
  all: { read: anywhere, write: "reports", env: display },
  cnn: { read: anywhere, write: "reports", env: display },
  shap: { read: anywhere, write: "reports", env: display },
  splits: { read: anywhere, write: "reports", env: display },
  checks: { read: anywhere, write: "reports", env: display },
  external: { read: anywhere, write: "reports", env: display },
  verify: { read: anywhere, write: "reports", env: display },
  doctor: { read: anywhere, env: display, sys: "statfs,systemMemoryInfo" },
  calibration: { read: anywhere, write: "bench" },
};

/** Tasks that run this project's code on its own data. */
const offline: Partial<Record<Task, Permissions>> = {
  ...fast,
  ...Object.fromEntries(
    Object.entries(fast).map(([task, may]) => [`${task}:safe`, may]),
  ),
  simulate: { read: anywhere, write: "reports" },
  prepare: { read: anywhere, write: "reports" },
  genesets: { read: anywhere, write: "reports" },
  enrichment: { read: anywhere, write: "reports" },
  panels: { read: anywhere, write: "reports" },
  confounding: { read: anywhere, write: "reports" },
  clusters: { read: anywhere, write: "reports" },
  ttest: { read: anywhere, write: "reports" },
  report: { read: anywhere, write: "reports" },
  clean: { read: anywhere, write: "reports" },
  ablation: { read: anywhere, write: "bench" },
  kernels: {
    read: "--allow-read=lib/backend/kernels,lib/ml/kernels",
    write: "lib/backend/kernels,lib/ml/kernels",
    env: "CI",
  },
  docs: { write: "docs" },
};

/** Deno itself, wherever it is. */
const deno = `"$(deno eval 'console.log(Deno.execPath())')`;

/** Code comes from Deno's cache, as `deno.lock` lists it. */
const locked = "--cached-only --frozen";

/** The folder of temporary files, wherever it is. */
const temporary =
  `$(deno run ${locked} --allow-read --allow-write tests/temporary_folder.ts)`;

/** Tasks that start other programs, or none of this project's code. */
const others: Partial<Record<Task, string[]>> = {
  test: [
    `test --quiet ${locked} --preload=tests/links.ts --allow-read ` +
    `--allow-write="reports,${temporary}" --allow-env=XDG_RUNTIME_DIR,CI ` +
    `--allow-run=${deno}"`,
    `test --quiet --doc ${locked} --allow-read ` +
    `--allow-write="reports,${temporary}" --allow-env=XDG_RUNTIME_DIR,CI`,
  ],
  bench: [
    `run ${locked} --allow-read --allow-write=bench,reports --allow-sys=cpus ` +
    `--allow-run=${deno},bench/peers/.venv/bin/python,Rscript,git,tar"`,
  ],
  faults: [
    `run ${locked} --allow-read --allow-write=bench,reports ` +
    `--allow-env=XDG_RUNTIME_DIR --allow-sys=cpus ` +
    `--allow-run=${deno},env,gcc,git,ln,mknod,mount,umount"`,
  ],
  ok: ["fmt --check", "lint", "check", "task"],
};

Deno.test("every task's permissions are the ones that are listed here", () => {
  assert.deepEqual(
    [...Object.keys(offline), ...Object.keys(others)].sort(),
    [...tasks].sort(),
  );
  for (const [task, { read, write, env, sys }] of Object.entries(offline)) {
    const calls = callsOf(task as Task);
    assert.equal(calls.length, 1, task);
    assert.equal(calls[0].does, "run", task);
    assert.deepEqual(
      calls[0].flags,
      [
        ...(Object.hasOwn(fast, task) ? [speedFlags] : []),
        "--cached-only",
        "--frozen",
        ...(read === undefined ? [] : [read]),
        ...(write === undefined ? [] : [`--allow-write=${write}`]),
        ...(env === undefined ? [] : [`--allow-env=${env}`]),
        ...(sys === undefined ? [] : [`--allow-sys=${sys}`]),
      ],
      task,
    );
  }
  for (const [task, calls] of Object.entries(others)) {
    assert.deepEqual(
      callsOf(task as Task).map(({ does, flags }) =>
        [does, ...flags].join(" ")
      ),
      calls,
      task,
    );
  }
});

Deno.test("no task may do everything, use the network or load libraries", () => {
  for (const task of tasks) {
    for (const { flags } of callsOf(task)) {
      for (const flag of flags) {
        if (flag === speedFlags) continue;
        const words = `${task}: ${flag}`;
        assert.match(flag, /^--[a-z]/, `${words} is short for something`);
        assert.doesNotMatch(
          flag,
          /^--(allow-(all|net|import|ffi|scripts)|unstable|permission-set)/,
          words,
        );
        if (flag.startsWith("--allow-sys")) {
          assert.ok(
            [
              "bench: --allow-sys=cpus",
              "doctor: --allow-sys=statfs,systemMemoryInfo",
              "doctor:safe: --allow-sys=statfs,systemMemoryInfo",
              "faults: --allow-sys=cpus",
            ].includes(words),
            words,
          );
        }
        if (flag.startsWith("--allow-run")) {
          assert.ok(["bench", "faults", "test"].includes(task), words);
          assert.match(flag, /^--allow-run=./, words);
        }
        if (flag.startsWith("--allow-write")) {
          const places = flag.slice("--allow-write=".length)
            .replaceAll('"', "").split(",");
          for (const place of places) {
            assert.ok(
              [
                "reports",
                "bench",
                "lib/backend/kernels",
                "lib/ml/kernels",
                "docs",
              ].includes(place) || task === "test" && place === temporary,
              words,
            );
          }
        }
      }
    }
  }
});

Deno.test("a task without V8's flags for speed runs the same script", () => {
  for (const task of Object.keys(fast) as Task[]) {
    assert.deepEqual(
      callsOf(`${task}:safe` as Task)[0].rest,
      callsOf(task)[0].rest,
    );
  }
});

Deno.test("what a task runs stands after its flags", () => {
  for (const task of Object.keys(offline) as Task[]) {
    const [{ rest }] = callsOf(task);
    assert.equal(rest.length, 1, `${task}: ${rest}`);
    assert.match(rest[0], /^(scripts|bench|lib)\/[a-z_/]+\.ts$/, task);
  }
});
