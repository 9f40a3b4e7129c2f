/** A run that is killed exactly at a call of the system. */

import { openStream } from "../../lib/random.ts";
import { type Fault, type Place, type Tally, Trials } from "./fault.ts";
import { checkNext } from "./interrupted.ts";
import { inLanes } from "./lanes.ts";
import {
  type Call,
  clearLog,
  compilePreload,
  type Made,
  type Preload,
  readCalls,
} from "./preload.ts";
import { differences, emptyFolder, progressOf } from "./run_folder.ts";
import { longerBy, makeWhole, type WholeRun } from "./studies.ts";
import { RUN, runAll } from "./suite.ts";

/** When a process dies. */
export interface Moment {
  readonly call: Call;
  readonly how: "before" | "half" | "after";
}

/** They take turns. A file that was just created is empty. */
export const moments: readonly Moment[] = [
  { call: "rename", how: "before" },
  { call: "rename", how: "after" },
  { call: "unlink", how: "before" },
  { call: "unlink", how: "after" },
  { call: "mkdir", how: "before" },
  { call: "mkdir", how: "after" },
  { call: "write", how: "half" },
  { call: "rmdir", how: "after" },
  { call: "create", how: "after" },
  { call: "fsync", how: "before" },
];

/** Moments of a run that has fewer calls than the first are tried again. */
const TRIES = 5;

export const killedAtCall: Fault = {
  id: "killed-at-call",
  fault: "killed (SIGKILL) exactly before or after a rename, a removal or a " +
    "new folder, or in half of a write",
  must: "as after a kill at a random moment",
  async run(place) {
    const trials = new Trials(place, killedAtCall.id);
    const preload = await compilePreload(place.folder);
    if (typeof preload === "string") {
      return trials.tally(`not tried here: ${preload}`);
    }
    return await killAtCalls(place, trials, preload);
  },
};

async function killAtCalls(
  place: Place,
  trials: Trials,
  preload: Preload,
): Promise<Tally> {
  const whole = await makeWhole(`${place.folder}/whole`, longerBy(1));
  const counts = await countCalls(place, preload);
  const tried = new Map<string, number>();
  const numbers = Array.from({ length: place.calls }, (_, number) => number);
  await inLanes(numbers, place.lanes, async (number, lane) => {
    const moment = moments[number % moments.length];
    const problems = await killAt(place, preload, moment, {
      number,
      lane,
      count: counts.get(moment.call) ?? 0,
      whole,
    });
    const { name } = problems;
    trials.count(`${number + 1}: ${name}`, problems.found);
    const kind = `${moment.how} ${moment.call}`;
    tried.set(kind, (tried.get(kind) ?? 0) + 1);
  });
  const kinds = moments.map(({ call, how }) => `${how} ${call}`)
    .filter((kind) => tried.has(kind))
    .map((kind) => `${kind} ${tried.get(kind)}`);
  return trials.tally(
    `killed ${kinds.join(", ")}`,
    `a whole run makes ${counts.get("rename")} renames, ${
      counts.get("unlink")
    } removals and ${counts.get("write")} writes in its folder`,
  );
}

/** How many calls of each kind a whole run makes. */
async function countCalls(
  place: Place,
  preload: Preload,
): Promise<Map<string, number>> {
  const folder = await emptyFolder(`${place.folder}/counted`);
  const log = `${place.folder}/counted.log`;
  const start = preload.start({ root: `${folder}/${RUN}`, log });
  await runAll(folder, longerBy(1), start);
  const counts = new Map<string, number>();
  for (const { call } of await readCalls(log)) {
    counts.set(call, (counts.get(call) ?? 0) + 1);
  }
  return counts;
}

/** Kills a run and goes on. */
async function killAt(
  place: Place,
  preload: Preload,
  { call, how }: Moment,
  { number, lane, count, whole }: {
    readonly number: number;
    readonly lane: number;
    readonly count: number;
    readonly whole: WholeRun;
  },
): Promise<{ name: string; found: string[] }> {
  const stream = openStream(place.seed, `faults/killed-at-call/${number}`);
  const log = `${place.folder}/calls-${lane}.log`;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const folder = await emptyFolder(`${place.folder}/trial-${lane}`);
    await clearLog(log);
    const at = 1 + stream.integer(Math.max(1, count));
    const said = await runAll(
      folder,
      longerBy(1),
      preload.start({
        ...{ root: `${folder}/${RUN}`, log, calls: [call], at, how },
      }),
    );
    // It made fewer calls than the run that was counted.
    if (said.code === 0) continue;
    const last = (await readCalls(log)).findLast((made) => made.call === call);
    const progress = await progressOf(`${folder}/${RUN}`);
    const next = await runAll(folder, longerBy(1));
    return {
      name: `${how} ${call} ${at}${describeCall(last)}`,
      found: [
        // 128 + SIGKILL: anything else is no kill.
        ...(said.code === 137 ? [] : [`it ended with ${said.code}`]),
        ...checkNext(next, progress),
        ...(next.code === 0
          ? await differences(`${folder}/${RUN}`, whole.digests)
          : []),
      ],
    };
  }
  return { name: `${how} ${call}`, found: ["no run came to that call"] };
}

function describeCall(made: Made | undefined): string {
  if (made === undefined) return "";
  const { path, to } = made;
  return ` (${path.slice(1)}${to === "" ? "" : ` to ${to.slice(1)}`})`;
}
