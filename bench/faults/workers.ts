/** Workers that throw, end or run out of memory, in a copy of the suite. */

import { copySuite, type Patch } from "./copy.ts";
import { type Fault, Trials } from "./fault.ts";
import { differences, emptyFolder } from "./run_folder.ts";
import { longerBy, makeWhole } from "./studies.ts";
import { errorIn, RUN, runAll, startTask } from "./suite.ts";

/** Seconds after which a run is said to hang. */
const HANGS = 120;

/** A way to break the suite. */
interface Break {
  readonly name: string;
  readonly patches: readonly Patch[];
  /** What the error must say. */
  readonly cause: RegExp;
  readonly status?: number;
  readonly v8Flags?: string;
}

const GENE_SET_WORKER = "lib/clusters/gene_set_worker.ts";
const SCORING = "return scoreGeneSet(setup, task, spaces);";

/** The second task of a worker of `clusters` goes wrong. */
function inPool(name: string, fault: string, cause: RegExp): Break {
  return {
    name: `a worker of a pool: ${name}`,
    patches: [[
      GENE_SET_WORKER,
      SCORING,
      "const counted = globalThis as unknown as { done?: number };" +
      "counted.done = (counted.done ?? 0) + 1;" +
      `if (counted.done === 2) { ${fault} } ${SCORING}`,
    ]],
    cause,
  };
}

const THREAD_WORKER = "lib/backend/wasm/thread_worker.ts";
const WORK_QUEUE = "lib/backend/wasm/work_queue.ts";
const SMALL_CHUNKS: Patch = [
  "lib/backend/wasm/parallel_for.ts",
  "const CHUNK_SIZE = 2 ** 17;",
  // So that even a small network's work is split.
  "const CHUNK_SIZE = 2 ** 8;",
];
const REPORTING =
  "queue.report(attempt(run[chunk.kernel], chunk.arguments, setup));";

/** The hundredth chunk of a thread fails. */
function inThread(
  name: string,
  fault: string,
  cause: RegExp,
  ...patches: readonly Patch[]
): Break {
  return {
    name: `a thread of the kernels: ${name}`,
    patches: [
      SMALL_CHUNKS,
      [
        THREAD_WORKER,
        REPORTING,
        "const counted = globalThis as unknown as { done?: number };" +
        "counted.done = (counted.done ?? 0) + 1;" +
        `if (counted.done === 100) { ${fault} } ${REPORTING}`,
      ],
      ...patches,
    ],
    cause,
  };
}

const breaks: readonly Break[] = [
  inPool("throws", 'throw new Error("broken");', /task \d+ of \d+: broken/),
  inPool(
    "throws where nobody catches",
    'setTimeout(() => { throw new Error("stray"); });' +
      "return new Promise(() => {}) as never;",
    /task \d+ of \d+: stray/,
  ),
  inPool(
    "rejects where nobody awaits",
    'Promise.reject(new Error("lost"));' +
      "return new Promise(() => {}) as never;",
    /task \d+ of \d+: lost/,
  ),
  inPool("ends itself", "globalThis.close();", /tried to end its worker/),
  inPool("exits", "Deno.exit(0);", /tried to end its worker/),
  inPool(
    "asks for more memory than there is",
    "new ArrayBuffer(2 ** 50);",
    /the memory is not enough/,
  ),
  {
    ...inPool(
      "fills its heap",
      "const hoard = []; for (;;) hoard.push(new Array(1e5).fill(1.5));",
      /JavaScript out of memory|heap out of memory/,
    ),
    // V8 ends the process.
    status: 133,
    v8Flags: "--max-old-space-size=300",
  },
  inThread(
    "traps",
    "run[chunk.kernel] = () => { throw new Error('unreachable'); };",
    /it trapped \(unreachable\)/,
  ),
  inThread(
    "throws with a chunk that is not done",
    'throw new Error("broken");',
    /a thread has ended: broken/,
  ),
  inThread(
    "ends silently with a chunk that is not done",
    "return;",
    /a thread has not finished its chunk for 5 seconds/,
    [
      WORK_QUEUE,
      "const TIMEOUT_SECONDS = 120;",
      "const TIMEOUT_SECONDS = 5;",
    ],
  ),
  {
    name: "the command's own worker ends itself",
    patches: [[
      "lib/cnn/stage.ts",
      "const inputs = await loadInputs(context);",
      "globalThis.close();" +
      "const inputs = await loadInputs(context);",
    ]],
    cause: /Cannot finish cnn: a stage tried to end the command/,
  },
];

/** Every line that is broken. */
export function patchesOf(): Patch[] {
  return breaks.flatMap(({ patches }) => patches);
}

export const brokenWorkers: Fault = {
  id: "workers",
  fault: "a worker or a thread throws, ends or runs out of memory",
  must: "the run fails with the cause, never hangs and never skips anything; " +
    "once it is fixed, the next `all` ends with the same bytes",
  async run(place) {
    const whole = await makeWhole(`${place.folder}/whole`, longerBy(1));
    const trials = new Trials(place, brokenWorkers.id);
    let slowest = 0;
    for (const broken of breaks) {
      const copy = await copySuite(`${place.folder}/suite`, broken.patches);
      const folder = await emptyFolder(`${place.folder}/trial`);
      const start = performance.now();
      const started = startTask(
        folder,
        "all",
        ["--run", RUN, ...longerBy(2)],
        { suite: copy, v8Flags: broken.v8Flags },
      );
      let hangs = false;
      const timer = setTimeout(() => {
        hangs = true;
        started.kill("SIGKILL");
      }, HANGS * 1000);
      const said = await started.said;
      clearTimeout(timer);
      slowest = Math.max(slowest, (performance.now() - start) / 1000);
      const problems = hangs ? [`it hung for ${HANGS} s`] : [];
      const status = broken.status ?? 1;
      if (said.code !== status) problems.push(`it ended with ${said.code}`);
      if (!broken.cause.test(said.err)) {
        problems.push(`it said: ${errorIn(said)}`);
      }
      const isTerse = errorIn(said).split("\n").length <= 2;
      if (broken.status === undefined && !isTerse) {
        problems.push("it said more than a line and a remedy");
      }
      const next = await runAll(folder, longerBy(2));
      problems.push(
        ...(next.code === 0
          ? await differences(`${folder}/${RUN}`, whole.digests)
          : [`the next ended with ${next.code}: ${next.err.trim()}`]),
      );
      trials.count(broken.name, problems);
    }
    return trials.tally(
      "each in a copy of the suite with a faulty line in a worker",
      `the longest took ${slowest.toFixed(0)} s`,
      "a full heap ends the process with the message of V8 (133); a thread " +
        "that ends without a message is found after 120 s, here 5",
    );
  },
};
