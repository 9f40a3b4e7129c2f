/** A run that is ended from outside at random moments. */

import { openStream } from "../../lib/random.ts";
import { type Fault, type Place, type Tally, Trials } from "./fault.ts";
import {
  differences,
  emptyFolder,
  type Progress,
  progressOf,
} from "./run_folder.ts";
import { inLanes } from "./lanes.ts";
import { longerBy, makeWhole, type Threads } from "./studies.ts";
import { RUN, runAll, type Said, startAll } from "./suite.ts";

/** An interrupted run. */
interface InterruptedRun {
  readonly said: Said;
  /** How far it had come. */
  readonly progress: Progress;
  /** From the signal to the end. */
  readonly seconds: number;
}

/** How the runs are ended. */
interface Ending {
  readonly id: string;
  readonly signals: readonly Deno.Signal[];
  readonly count: number;
  /** What is wrong with how a run has ended. */
  check(run: InterruptedRun, signal: Deno.Signal): string[];
  describe(seconds: readonly number[]): string;
}

/** Killed at any moment, a run keeps what is finished and can be continued. */
export const killed: Fault = {
  id: "killed",
  fault: "killed (SIGKILL) at a random moment",
  must: "the next `all` continues from the last finished checkpoint and ends " +
    "with the same bytes as a run that was not interrupted",
  run: (place) =>
    interruptRuns(place, {
      id: killed.id,
      signals: ["SIGKILL"],
      count: place.kills,
      check: () => [],
      describe: () => "",
    }),
};

/** Seconds within which a run must stop. */
const SOON = 2;

/** Exit statuses of a run that a signal ended. */
const STATUS: Partial<Record<Deno.Signal, number>> = {
  SIGINT: 130,
  SIGTERM: 143,
};

/** An interrupted run also says what it keeps. */
export const interrupted: Fault = {
  id: "interrupted",
  fault: "interrupted (SIGINT, SIGTERM) at a random moment",
  must: "stops within 2 s with 130 or 143 and says what is kept and how to " +
    "continue; the next `all` does as after a kill",
  run: (place) =>
    interruptRuns(place, {
      id: interrupted.id,
      signals: ["SIGINT", "SIGTERM"],
      count: place.signals,
      check({ said, progress, seconds }, signal) {
        const problems: string[] = [];
        if (said.code !== STATUS[signal]) {
          problems.push(`${signal} ended it with ${said.code}`);
        }
        if (seconds > SOON) problems.push(`it took ${seconds.toFixed(1)} s`);
        const isBegun = progress.running !== undefined ||
          progress.whole.length > 0;
        if (isBegun && !/\n {2}to go on: deno task all --run/.test(said.err)) {
          problems.push("it did not say how to go on");
        }
        if (
          progress.running !== undefined &&
          !/Stopped while \w+ was running\. Kept\s+in/.test(said.err)
        ) problems.push("it did not say what is kept");
        return problems;
      },
      describe: (seconds) =>
        `stopped after ${Math.max(...seconds).toFixed(2)} s at the latest`,
    }),
};

/** One of so many trials is interrupted with two threads, or continued so. */
const TURNS = 8;

/** Moments that come after the end of a run are drawn again so many times. */
const TRIES = 20;

async function interruptRuns(place: Place, ending: Ending): Promise<Tally> {
  const [whole, other] = [
    await makeWhole(`${place.folder}/whole`, longerBy(1), place.lanes),
    await makeWhole(`${place.folder}/other`, longerBy(2), place.lanes),
  ];
  const trials = new Trials(place, ending.id);
  const stages: Record<string, number> = {};
  const seconds: number[] = [];
  let withPieces = 0;
  const numbers = Array.from({ length: ending.count }, (_, number) => number);
  await inLanes(numbers, place.lanes, async (number, lane) => {
    const signal = ending.signals[number % ending.signals.length];
    const turn = Math.floor(number / ending.signals.length) % TURNS;
    const threads: Threads = turn === 1 ? 2 : 1;
    const after: Threads = turn === 2 ? 2 : 1;
    const folder = `${place.folder}/trial-${lane}`;
    const moments = openStream(place.seed, `faults/${ending.id}/${number}`);
    let moment = 0;
    let ended: InterruptedRun | undefined;
    // A run that was over before its moment came is interrupted by no one.
    for (let attempt = 0; ended === undefined && attempt < TRIES; attempt++) {
      moment = moments.uniform() * (threads === 1 ? whole : other).seconds;
      const run = await endAt(folder, threads, moment, signal);
      if (run.said.code !== 0) ended = run;
    }
    if (ended === undefined) {
      return trials.count(`${number + 1}`, ["each run was over too early"]);
    }
    const { progress } = ended;
    const next = await runAll(folder, longerBy(after));
    const name = `${number + 1}: ${signal}, ${threads} to ${after} threads, ` +
      `after ${moment.toFixed(2)} s, in ${
        progress.running ?? "no stage"
      }, ${progress.checkpoints} checkpoints kept`;
    trials.count(name, [
      ...ending.check(ended, signal),
      ...checkNext(next, progress),
      ...(next.code === 0
        ? await differences(`${folder}/${RUN}`, whole.digests)
        : []),
    ]);
    const where = progress.running ?? "between stages";
    stages[where] = (stages[where] ?? 0) + 1;
    if (progress.checkpoints > 0) withPieces++;
    seconds.push(ended.seconds);
  });
  const where = Object.entries(stages).sort(([a], [b]) => a < b ? -1 : 1)
    .map(([stage, count]) => `${stage} ${count}`).join(", ");
  return trials.tally(
    `a whole run takes ${whole.seconds.toFixed(1)} s with one thread, ${
      other.seconds.toFixed(1)
    } s with two; one of ${TURNS} was interrupted with two, and one continued`,
    `interrupted in: ${where}`,
    `finished checkpoints were found and used ${withPieces} times`,
    ...[ending.describe(seconds)].filter(Boolean),
  );
}

async function endAt(
  folder: string,
  threads: Threads,
  moment: number,
  signal: Deno.Signal,
): Promise<InterruptedRun> {
  await emptyFolder(folder);
  const started = startAll(folder, longerBy(threads));
  const alarm = Promise.withResolvers<void>();
  const timer = setTimeout(alarm.resolve, moment * 1000);
  await Promise.race([alarm.promise, started.said]);
  clearTimeout(timer);
  const start = performance.now();
  started.kill(signal);
  const said = await started.said;
  const seconds = (performance.now() - start) / 1000;
  return { said, seconds, progress: await progressOf(`${folder}/${RUN}`) };
}

/** What is wrong with how the next command went on. */
export function checkNext(next: Said, progress: Progress): string[] {
  if (next.code !== 0) {
    return [`the next command ended with ${next.code}: ${next.err.trim()}`];
  }
  const problems = progress.whole
    .filter((stage) => !new RegExp(`^${stage} +up to date`, "m").test(next.out))
    .map((stage) => `${stage} was whole and was made again`);
  const isResumed = next.err.includes("goes on from where");
  if (progress.checkpoints > 0 && !isResumed) {
    problems.push(`${progress.checkpoints} finished checkpoints were not used`);
  }
  return problems;
}
