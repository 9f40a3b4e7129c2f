/** Files of a run that somebody has changed by hand. */

import { runCommand } from "../../lib/pipeline/run_command.ts";
import { CONFIG_FILE } from "../../lib/store/run_paths.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { type Fault, type Tally, Trials } from "./fault.ts";
import { differences, digestsOf, emptyFolder } from "./run_folder.ts";
import { moveAway, wouldReplace } from "./move_away.ts";
import { quickest } from "./studies.ts";
import { errorIn, remedyIn, RUN, type Said } from "./suite.ts";

/** What is done to a file. */
const harms: Readonly<Record<string, (path: string) => Promise<void>>> = {
  async changed(path) {
    const bytes = await Deno.readFile(path);
    bytes[Math.floor(bytes.length / 2)] ^= 1;
    await Deno.writeFile(path, bytes);
  },
  async truncated(path) {
    await Deno.truncate(path, Math.floor((await Deno.stat(path)).size / 2));
  },
  deleted: (path) => Deno.remove(path),
};

export const altered: Fault = {
  id: "altered",
  fault: "a file of a stage changed, truncated or deleted by hand",
  must: "it is found by its hash before it is used, the message names the " +
    "command that fixes it, and that command does",
  async run(place) {
    const run = `${await emptyFolder(`${place.folder}/whole`)}/${RUN}`;
    await give(run, "all", quickest);
    const whole = await digestsOf(run);
    const trials = new Trials(place, altered.id);
    const readers = await firstReaders(run);
    // The run's own settings are the user's: no stage makes them.
    const kinds = oneOfEachKind(
      [...whole.keys()].filter((name) => name !== CONFIG_FILE),
    );
    let [refused, moved] = [0, 0];
    for (const file of kinds) {
      for (const [harm, doHarm] of Object.entries(harms)) {
        await doHarm(`${run}/${file}`);
        const problems: string[] = [];
        const reader = readers.get(file);
        if (reader !== undefined && !file.endsWith("/stage.json")) {
          refused++;
          problems.push(...await fixByMessage(run, file, reader));
        } else {
          problems.push(...await findByAll(run, file));
        }
        let said = await give(run, "all", quickest);
        if (wouldReplace(said)) {
          moved++;
          problems.push(...await moveAway(said));
          said = await give(run, "all", quickest);
        }
        const { code, err } = said;
        if (code !== 0) problems.push(`all ended with ${code}: ${err.trim()}`);
        problems.push(...await differences(run, whole));
        trials.count(`${file} ${harm}`, problems);
        if (problems.length > 0) {
          // For the trials that come after.
          await give(run, "all", [...quickest, "--force"]);
        }
      }
    }
    return describe(trials, kinds.length, refused, moved);
  },
};

/** Gives a command in this process, which takes no time to start. */
async function give(
  run: string,
  command: string,
  args: readonly string[],
): Promise<Said> {
  let [out, err] = ["", ""];
  const code = await runCommand(pipeline, command, ["--run", run, ...args], {
    out: (line) => out += `${line}\n`,
    err: (line) => err += `${line}\n`,
  });
  return { code, out, err };
}

function describe(
  trials: Trials,
  kinds: number,
  refused: number,
  moved: number,
): Tally {
  return trials.tally(
    `${kinds} kinds of files, each changed, truncated and deleted`,
    `${refused} times the stage that reads the file refused it, and the ` +
      "command that it named fixed it",
    "the other files, which no stage reads, were found and made again by `all`",
    `${moved} times that would have replaced a file beside the stages that ` +
      "no record fits: the message names the command that moves it away",
  );
}

/** The first stage that reads a file, by the files that any stage reads. */
async function firstReaders(run: string): Promise<Map<string, string>> {
  const readers = new Map<string, string>();
  for await (const { name, isDirectory } of Deno.readDir(run)) {
    if (!isDirectory) continue;
    const record = JSON.parse(
      await Deno.readTextFile(`${run}/${name}/stage.json`),
    );
    for (const input of Object.keys(record.inputs)) {
      const known = readers.get(input);
      // Which reader it is must not depend on the order of the folder.
      if (known === undefined || name < known) readers.set(input, name);
    }
  }
  return readers;
}

/** One file each of those whose names differ by a number only. */
function oneOfEachKind(files: readonly string[]): string[] {
  const kinds = new Map<string, string>();
  for (const file of files.toSorted()) {
    const kind = file.replaceAll(/(?<=[a-z_])\d+/g, "#");
    if (!kinds.has(kind)) kinds.set(kind, file);
  }
  return [...kinds.values()];
}

/** The stage that reads the file is given, and then what it names. */
async function fixByMessage(
  run: string,
  file: string,
  reader: string,
): Promise<string[]> {
  const said = await give(run, reader, []);
  const problems = said.code === 2 ? [] : [`${reader} ended with ${said.code}`];
  if (!errorIn(said).includes(`${run}/${file} was `)) {
    problems.push(`${reader} said: ${errorIn(said)}`);
  }
  const remedy = remedyIn(said);
  const [, task, flags] =
    /^deno task (\w+) --run \S+(.*)$/.exec(remedy ?? "") ?? [];
  if (task === undefined) return [...problems, "no command was named"];
  const fixed = await give(run, task, flags.split(" ").filter(Boolean));
  if (fixed.code !== 0) {
    problems.push(`${remedy} ended with ${fixed.code}: ${fixed.err.trim()}`);
  }
  const stale = await give(run, "all", [...quickest, "--dry-run"]);
  if (stale.out.includes("would run")) {
    problems.push(`${remedy} left: ${stale.out.trim()}`);
  }
  return problems;
}

/** `all` finds the file. */
async function findByAll(run: string, file: string): Promise<string[]> {
  const { out, err } = await give(run, "all", [...quickest, "--dry-run"]);
  const text = (out + err).replaceAll(/\s+/g, " ");
  const isFound = file.endsWith("/stage.json")
    ? text.includes("would run") || text.includes("is in no record")
    : text.includes(`${run}/${file} was changed`) ||
      text.includes(`${run}/${file} is missing`);
  return isFound ? [] : ["all did not find it"];
}
