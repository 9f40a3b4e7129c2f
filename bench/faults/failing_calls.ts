/** A disk that refuses writes, and a file system without locks. */

import { type Fault, type Place, type Tally, Trials } from "./fault.ts";
import { checkNext } from "./interrupted.ts";
import { inLanes } from "./lanes.ts";
import {
  type Call,
  clearLog,
  compilePreload,
  type Preload,
  readCalls,
} from "./preload.ts";
import { differences, emptyFolder, progressOf } from "./run_folder.ts";
import { longerBy, makeWhole, type WholeRun } from "./studies.ts";
import { errorIn, RUN, runAll, type Said } from "./suite.ts";

/** An error of Linux. */
interface Failure {
  readonly name: string;
  readonly number: number;
  readonly calls: readonly Call[];
  /** What the message says. */
  readonly says: RegExp;
}

const failures: readonly Failure[] = [
  {
    name: "a full quota (EDQUOT)",
    number: 122,
    calls: ["write", "mkdir", "create"],
    says: /quota is used up/,
  },
  {
    name: "an input/output error (EIO)",
    number: 5,
    calls: ["write", "fsync"],
    says: /input\/output error/,
  },
  {
    name: "a full disk (ENOSPC)",
    number: 28,
    calls: ["write", "fsync"],
    says: /the disk is full/,
  },
];

/** At which of the calls each begins, as a share of all. */
const SHARES = [0.02, 0.2, 0.4, 0.6, 0.8, 0.97];

/** No locks are available. */
const ENOLCK = 37;

export const failingCalls: Fault = {
  id: "failing-calls",
  fault: "a full quota, an input/output error, no locks",
  must: "a clear error in one line with its remedy, exit 1, and the next " +
    "`all` continues; without locks the run is made, and a note says that " +
    "nobody is kept out",
  async run(place) {
    const trials = new Trials(place, failingCalls.id);
    const preload = await compilePreload(place.folder);
    if (typeof preload === "string") {
      return trials.tally(`not tried here: ${preload}`);
    }
    const whole = await makeWhole(`${place.folder}/whole`, longerBy(1));
    return await failCalls(place, trials, preload, whole);
  },
};

async function failCalls(
  place: Place,
  trials: Trials,
  preload: Preload,
  whole: WholeRun,
): Promise<Tally> {
  const log = `${place.folder}/counted.log`;
  const counted = await emptyFolder(`${place.folder}/counted`);
  const root = `${counted}/${RUN}`;
  await runAll(counted, longerBy(1), preload.start({ root, log }));
  const calls = await readCalls(log);
  const cases = failures.flatMap((failure) => {
    const count = calls.filter(({ call }) =>
      failure.calls.some((counting) =>
        counting === call
      )
    ).length;
    return SHARES.map((share) => ({ failure, at: Math.ceil(share * count) }));
  });
  const failedIn = new Set<string>();
  await inLanes(cases, place.lanes, async ({ failure, at }, lane) => {
    const folder = await emptyFolder(`${place.folder}/trial-${lane}`);
    const said = await runAll(
      folder,
      longerBy(1),
      preload.start({
        root: `${folder}/${RUN}`,
        log: `${place.folder}/failing-${lane}.log`,
        calls: failure.calls,
        at,
        how: failure.number,
      }),
    );
    const progress = await progressOf(`${folder}/${RUN}`);
    const next = await runAll(folder, longerBy(1));
    const stage = /^Cannot (?:finish|run) (\w+)/.exec(errorIn(said))?.[1];
    if (stage !== undefined) failedIn.add(stage);
    trials.count(`${failure.name} from call ${at} on, in ${stage ?? "none"}`, [
      ...checkMessage(said, failure),
      ...checkNext(next, progress),
      ...(next.code === 0
        ? await differences(`${folder}/${RUN}`, whole.digests)
        : []),
    ]);
  });
  await goWithoutLocks(place, trials, preload, whole);
  return trials.tally(
    `${
      failures.map(({ name }) => name).join(", ")
    }: each from ${SHARES.length} ` +
      `moments on; in ${[...failedIn].sort().join(", ")}`,
    "locks refused (ENOLCK): the run was made as ever, with a note",
  );
}

/** What is wrong with the message. */
function checkMessage(said: Said, { says }: Failure): string[] {
  const lines = errorIn(said).split("\n");
  return [
    ...(said.code === 1 ? [] : [`it ended with ${said.code}`]),
    ...(lines.length === 2 && /^Cannot /.test(lines[0]) &&
        says.test(lines[0]) && !/os error/.test(lines[0]) &&
        /^ {2}try: /.test(lines[1])
      ? []
      : [`it said: ${lines.join(" / ")}`]),
  ];
}

async function goWithoutLocks(
  place: Place,
  trials: Trials,
  preload: Preload,
  whole: WholeRun,
): Promise<void> {
  const folder = await emptyFolder(`${place.folder}/unlocked`);
  const log = `${place.folder}/unlocked.log`;
  await clearLog(log);
  const start = preload.start({
    ...{ root: `${folder}/${RUN}`, log, calls: ["flock"], at: 1, how: ENOLCK },
  });
  for (const name of ["a run", "a run that is up to date"]) {
    const { code, err } = await runAll(folder, longerBy(1), start);
    const notes = err.match(/no locks/g) ?? [];
    trials.count(`${name} without locks`, [
      ...(code === 0
        ? await differences(`${folder}/${RUN}`, whole.digests)
        : [`it ended with ${code}: ${err.trim()}`]),
      ...(notes.length === 1
        ? []
        : [`it said ${notes.length} times that there are no locks`]),
    ]);
  }
}
