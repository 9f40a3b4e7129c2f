/** Runs that come from hostile hands. */

import { changedPaths, stateOf } from "../../tests/permissions/folder_state.ts";
import { hashText } from "../../lib/store/hash.ts";
import { walk } from "../../lib/store/files.ts";
import { type Fault, type Place, type Tally, Trials } from "./fault.ts";
import { forgedContents } from "./hostile/contents.ts";
import {
  type Attempt,
  fillOutside,
  type HostilePlace,
  type HostileRun,
  SECRET,
} from "./hostile/hostile_run.ts";
import { listNodes } from "./hostile/nodes.ts";
import { paths } from "./hostile/paths.ts";
import { records } from "./hostile/records.ts";
import { inLanes } from "./lanes.ts";
import {
  clearLog,
  compilePreload,
  type Preload,
  readCalls,
} from "./preload.ts";
import { copyFolder, emptyFolder, namesIn } from "./run_folder.ts";
import { quickest } from "./studies.ts";
import { runProgram, type Said, startTask } from "./suite.ts";

/** Seconds that a command may take beside what an honest `verify` takes. */
const LIMIT = 20;

/** Bytes of memory that a command may take. */
const MEMORY = 1e9;

export const hostileRuns: Fault = {
  id: "hostile",
  fault: "a run that came from hostile hands",
  must:
    "whatever the run holds: no file outside `reports/` is read, written, " +
    "moved or removed, nor one of the user's inside; each command ends within " +
    `${LIMIT} s more than an honest \`verify\` and 1 GB, with a message of its own, without control ` +
    "characters; `verify` never says of a forged run that it is the same",
  async run(place) {
    const trials = new Trials(place, hostileRuns.id);
    const refused = await runProgram("mknod", `${place.folder}/pipe`, "p");
    if (refused !== undefined) {
      return trials.tally(`not tried here: no pipe can be made (${refused})`);
    }
    return await tryRuns(place, trials);
  },
};

async function tryRuns(place: Place, trials: Trials): Promise<Tally> {
  const whole = await emptyFolder(`${place.folder}/whole`);
  const flags = [...quickest, "--folds", "2", "--cnn.ensemble", "2"];
  const made = await startTask(
    whole,
    "all",
    ["--run", "reports/run", ...flags],
  ).said;
  if (made.code !== 0) throw new Error(`Cannot make a run: ${made.err}`);
  const names: string[] = [];
  for await (const path of walk(`${whole}/reports/run`)) {
    names.push(path.slice(`${whole}/reports/run/`.length));
  }
  const runs = [
    ...paths,
    ...records,
    ...forgedContents,
    ...listNodes(names.sort()),
  ];
  const preload = await compilePreload(place.folder);
  const begin = performance.now();
  await startTask(whole, "verify", [
    ...["--run", "reports/run", "--threads", "1"],
  ]).said;
  // Beside other trials it may take as long again for each lane.
  const limit = LIMIT + place.lanes * (performance.now() - begin) / 1000;
  const kinds = new Map<string, number>();
  let slowest = 0;
  let commands = 0;
  await inLanes(runs, place.lanes, async (hostile, lane) => {
    const folder = await emptyFolder(`${place.folder}/trial-${lane}`);
    await layOut(folder, `${whole}/reports/run`);
    const trial: HostilePlace = {
      folder,
      run: `${folder}/reports/run`,
      outside: `${folder}/outside`,
    };
    await hostile.make(trial);
    const problems: string[] = [];
    for (const attempt of hostile.attempts) {
      const begin = performance.now();
      for (
        const problem of await attack(hostile, attempt, trial, {
          preload,
          limit,
        })
      ) {
        problems.push(`${attempt.slice(0, 2).join(" ")} ${problem}`);
      }
      commands++;
      slowest = Math.max(slowest, (performance.now() - begin) / 1000);
    }
    kinds.set(hostile.kind, (kinds.get(hostile.kind) ?? 0) + 1);
    trials.count(`${hostile.kind}: ${hostile.name}`, problems);
  });
  return trials.tally(
    `${commands} commands on ${runs.length} hostile runs: ${
      [...kinds].sort().map(([kind, count]) => `${kind} ${count}`).join(", ")
    }`,
    `the slowest command took ${slowest.toFixed(0)} s`,
    typeof preload === "string"
      ? `what was opened was not watched here: ${preload}`
      : "no file outside was opened, as a preloaded library saw",
  );
}

/** A run, a neighbor of it, and what is outside. */
async function layOut(folder: string, run: string): Promise<void> {
  await copyFolder(run, `${folder}/reports/run`);
  await Deno.mkdir(`${folder}/reports/other`);
  await Deno.writeTextFile(`${folder}/reports/other/notes.txt`, "mine");
  await fillOutside(`${folder}/outside`);
}

/** Gives one command; what is wrong with what it did. */
async function attack(
  { path = "reports/run", isHonest = false }: HostileRun,
  [task, ...args]: Attempt,
  place: HostilePlace,
  { preload, limit }: {
    readonly preload: Preload | string;
    readonly limit: number;
  },
): Promise<string[]> {
  const log = `${place.folder}.log`;
  await clearLog(log);
  const isReader = task === "verify" || task === "doctor" ||
    args.includes("--dry-run");
  const isLeftOut = (name: string) => !isReader && isOfRun(name);
  const before = await stateOf(place.folder, isLeftOut);
  const started = startTask(place.folder, task, ["--run", path, ...args], {
    writes: "reports",
    ...(typeof preload === "string"
      ? {}
      : preload.start({ root: place.outside, log, memory: MEMORY })),
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    started.kill("SIGKILL");
  }, limit * 1000);
  const said = await started.said;
  clearTimeout(timer);
  const after = await stateOf(place.folder, isLeftOut);
  const calls = await readCalls(log);
  const isTooLarge = calls.some(({ call }) => call === "memory");
  const touched = calls.filter(({ call }) => call !== "memory")
    .map(({ call, path }) => `${call} outside${path}`);
  return [
    ...(isLate ? [`did not end within ${limit.toFixed(0)} s`] : []),
    ...(isTooLarge ? ["took more than 1 GB"] : []),
    ...(isLate || isTooLarge ? [] : checkSaid(said)),
    ...changedPaths(before, after).map((name) => `changed ${name}`).slice(0, 5),
    ...[...new Set(touched)].map((what) => `did: ${what}`),
    ...(task === "verify" && !isHonest && said.code === 0
      ? ["ended with 0"]
      : []),
    // Within a line it is quoted from the run.
    ...(!isHonest && /^\S* is the same: /m.test(`${said.out}\n${said.err}`)
      ? ["said that it is the same"]
      : []),
    ...await findSecret(place.run),
  ];
}

/** What a command that writes may change. */
function isOfRun(name: string): boolean {
  return /^reports\/(run\/|\.verify-run)/.test(name) &&
    !name.startsWith("reports/run/notes");
}

/** Messages of JavaScript itself, and statuses that none of ours are. */
const BARE =
  /Cannot read properties|is not a function|is not iterable|Invalid (typed )?array length|allocation failed|out of bounds|panicked|\bundefined\b|\bNaN\b|os error|Uncaught/;

/** Control characters, but for line ends, and those that turn text around. */
const CONTROLS = /(?!\n)[\p{Cc}\p{Cf}]/u;

/** What is wrong with what a command said. */
export function checkSaid({ code, out, err }: Said): string[] {
  const text = out + err;
  return [
    ...([0, 1, 2].includes(code) ? [] : [`ended with ${code}`]),
    ...(CONTROLS.test(text)
      ? [`said a control character: ${JSON.stringify(text.slice(-200))}`]
      : []),
    ...(text.includes(SECRET) ? ["told the secret"] : []),
    ...(text.includes(hashText(SECRET)) ? ["told a hash of the secret"] : []),
    ...(BARE.test(text) ? [`said: ${err.trim().slice(0, 300)}`] : []),
  ];
}

/** Whether the secret has found its way into files of the run. */
async function findSecret(run: string): Promise<string[]> {
  const found: string[] = [];
  for (const name of [".", ...await namesIn(run)]) {
    if (!(await Deno.lstat(`${run}/${name}`)).isDirectory) continue;
    for (const file of await namesIn(`${run}/${name}`)) {
      const path = `${run}/${name}/${file}`;
      const { isFile, size } = await Deno.lstat(path);
      if (!isFile || size > 1 << 20) continue;
      if ((await Deno.readTextFile(path)).includes(SECRET)) {
        found.push(`wrote the secret into ${name}/${file}`);
      }
    }
  }
  return found;
}
