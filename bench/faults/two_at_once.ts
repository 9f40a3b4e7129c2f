/** Two commands on one run's folder. */

import { openStream } from "../../lib/random.ts";
import { type Fault, type Place, type Tally, Trials } from "./fault.ts";
import { differences, emptyFolder } from "./run_folder.ts";
import { longerBy, makeWhole, type WholeRun } from "./studies.ts";
import {
  RUN,
  runAll,
  type Said,
  startAll,
  type Started,
  untilIn,
} from "./suite.ts";

/** Stages that take long enough to come second to. */
const SLOW = ["cnn", "shap", "clusters", "ttest"];

/** Pairs of commands given at the same moment, more or less. */
const PAIRS = 10;

/** Milliseconds between the two at most. */
const MOST_BETWEEN = 600;

/** Seconds more than `all --help` takes then, within which the second stops. */
const SOON = 3;

export const twoAtOnce: Fault = {
  id: "two-at-once",
  fault: "two commands on one folder",
  must:
    "the second stops at once and names the process that holds the lock, a " +
    "lock of a dead process is taken over, and nothing is lost or mixed",
  async run(place) {
    const whole = await makeWhole(`${place.folder}/whole`, longerBy(1));
    const trials = new Trials(place, twoAtOnce.id);
    const slowest = await comeSecond(place, whole, trials);
    const both = await startTogether(place, whole, trials);
    await takeOver(place, whole, trials);
    await changeBehind(place, whole, trials);
    return describe(trials, slowest, both);
  },
};

function describe(trials: Trials, slowest: number, both: number): Tally {
  return trials.tally(
    `a second \`all\` in each of ${SLOW.length} stages stopped after ${
      slowest.toFixed(1)
    } s at the latest, naming the first one's process`,
    `of ${PAIRS} pairs started within ${MOST_BETWEEN / 1000} s of each ` +
      `other, one always finished the run; in ${both} both did`,
    "locks of killed processes were taken over",
    "a command with other flags was refused, too, and changed nothing",
  );
}

/** The second command is given in each stage of the first. */
async function comeSecond(
  place: Place,
  whole: WholeRun,
  trials: Trials,
): Promise<number> {
  const folder = await emptyFolder(`${place.folder}/second`);
  const first = startAll(folder, longerBy(1));
  const problems: [string, string[]][] = [];
  let slowest = 0;
  for (const stage of SLOW) {
    await untilIn(folder, stage, first);
    // Else it may have ended before the second has begun.
    first.kill("SIGSTOP");
    // A busy machine starts every command late.
    const { seconds: start } = await timed(() => runAll(folder, ["--help"]));
    const { seconds, result: second } = await timed(() =>
      runAll(folder, longerBy(1))
    );
    first.kill("SIGCONT");
    slowest = Math.max(slowest, seconds);
    problems.push([stage, [
      ...checkRefusal(second, first),
      ...(seconds > start + SOON
        ? [`it took ${seconds.toFixed(1)} s, --help ${start.toFixed(1)} s`]
        : []),
    ]]);
  }
  const { code, err } = await first.said;
  const after = code === 0
    ? await differences(`${folder}/${RUN}`, whole.digests)
    : [`the first ended with ${code}: ${err.trim()}`];
  for (const [stage, found] of problems) {
    trials.count(`second in ${stage}`, [...found, ...after]);
  }
  return slowest;
}

async function timed<Result>(work: () => Promise<Result>) {
  const start = performance.now();
  const result = await work();
  return { result, seconds: (performance.now() - start) / 1000 };
}

/** Both are given at nearly the same moment. */
async function startTogether(
  place: Place,
  whole: WholeRun,
  trials: Trials,
): Promise<number> {
  const delays = openStream(place.seed, "faults/pairs");
  let both = 0;
  for (let pair = 1; pair <= PAIRS; pair++) {
    const folder = await emptyFolder(`${place.folder}/pair`);
    const first = startAll(folder, longerBy(1));
    const delay = delays.integer(MOST_BETWEEN);
    await new Promise((resolve) => setTimeout(resolve, delay));
    const second = startAll(folder, longerBy(1));
    const ends = await Promise.all([first.said, second.said]);
    const done = ends.filter(({ code }) => code === 0).length;
    if (done === 2) both++;
    const problems = done === 0
      ? [`neither ended the run: ${ends.map(({ err }) => err).join(" / ")}`]
      : await differences(`${folder}/${RUN}`, whole.digests);
    ends.forEach((said, index) => {
      if (said.code !== 0) {
        problems.push(...checkRefusal(said, index === 0 ? second : first));
      }
    });
    trials.count(`${delay} ms apart`, problems);
  }
  return both;
}

/** The first is killed, and its lock stays behind. */
async function takeOver(
  place: Place,
  whole: WholeRun,
  trials: Trials,
): Promise<void> {
  for (const stage of SLOW) {
    const folder = await emptyFolder(`${place.folder}/dead`);
    const first = startAll(folder, longerBy(1));
    await untilIn(folder, stage, first);
    first.kill("SIGKILL");
    await first.said;
    const lock = await Deno.readTextFile(`${folder}/${RUN}/.lock`)
      .catch(() => "");
    const next = await runAll(folder, longerBy(1));
    trials.count(`taken over in ${stage}`, [
      ...(lock.startsWith(`process ${first.pid} `)
        ? []
        : [`the lock said: ${lock}`]),
      ...(next.code === 0
        ? await differences(`${folder}/${RUN}`, whole.digests)
        : [`the next ended with ${next.code}: ${next.err.trim()}`]),
    ]);
  }
}

/** A second command with other flags would make an earlier stage again. */
async function changeBehind(
  place: Place,
  whole: WholeRun,
  trials: Trials,
): Promise<void> {
  for (
    const [stage, flag] of [["ttest", "--cnn.epochs"], ["shap", "--seed"]]
  ) {
    const folder = await emptyFolder(`${place.folder}/behind`);
    const first = startAll(folder, longerBy(1));
    await untilIn(folder, stage, first);
    const second = await runAll(folder, [
      ...longerBy(1).filter((word, index, all) =>
        word !== flag && all[index - 1] !== flag
      ),
      flag,
      "7",
    ]);
    const { code, err } = await first.said;
    trials.count(`${flag} 7 while the first is in ${stage}`, [
      ...checkRefusal(second, first),
      ...(code === 0
        ? await differences(`${folder}/${RUN}`, whole.digests)
        : [`the first ended with ${code}: ${err.trim()}`]),
    ]);
  }
}

/** What is wrong with how a command was refused. */
function checkRefusal({ code, err }: Said, holder: Started): string[] {
  const problems = code === 1 ? [] : [`it ended with ${code}`];
  const who = `, process ${holder.pid} (deno task all)\n`;
  if (!err.includes(": another command is running in ")) {
    problems.push(`it said: ${err.trim()}`);
  } else if (!err.includes(who)) {
    problems.push(`it did not say who: ${err.trim()}`);
  }
  return problems;
}
