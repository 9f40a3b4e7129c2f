/** Files of a run that somebody has changed by hand. */

import { type Fault, type Tally, Trials } from "./fault.ts";
import { differences } from "./run_folder.ts";
import { makeWhole, quickest, type WholeRun } from "./studies.ts";
import { errorIn, remedyIn, RUN, runAll, runTask, runTold } from "./suite.ts";

/** What is done to a file. */
const harms: Readonly<Record<string, (path: string) => Promise<void>>> = {
  async altered(path) {
    const bytes = await Deno.readFile(path);
    bytes[Math.floor(bytes.length / 2)] ^= 1;
    await Deno.writeFile(path, bytes);
  },
  async "cut short"(path) {
    await Deno.truncate(path, Math.floor((await Deno.stat(path)).size / 2));
  },
  deleted: (path) => Deno.remove(path),
};

export const altered: Fault = {
  id: "altered",
  fault: "a file of a stage altered, cut short or deleted by hand",
  must: "it is found by its hash before it is used, the message names the " +
    "command that mends it, and that command does",
  async run(place) {
    const whole = await makeWhole(`${place.folder}/whole`, quickest);
    const trials = new Trials(place, altered.id);
    const readers = await firstReaders(`${whole.folder}/${RUN}`);
    const kinds = oneOfEachKind([...whole.digests.keys()]);
    let refused = 0;
    for (const file of kinds) {
      for (const [harm, doHarm] of Object.entries(harms)) {
        await doHarm(`${whole.folder}/${RUN}/${file}`);
        const problems: string[] = [];
        const reader = readers.get(file);
        // A record that is lost takes its stage's flags with it: only the
        // command as it was given brings them back.
        if (reader !== undefined && !file.endsWith("/stage.json")) {
          refused++;
          problems.push(...await mendByMessage(whole, file, reader));
        } else {
          problems.push(...await findByAll(whole, file));
        }
        const { code, err } = await runAll(whole.folder, quickest);
        if (code !== 0) problems.push(`all ended with ${code}: ${err.trim()}`);
        problems.push(
          ...await differences(`${whole.folder}/${RUN}`, whole.digests),
        );
        trials.count(`${file} ${harm}`, problems);
        if (problems.length > 0) await mendByForce(whole);
      }
    }
    return describe(trials, kinds.length, refused);
  },
};

function describe(trials: Trials, kinds: number, refused: number): Tally {
  return trials.tally(
    `${kinds} kinds of files, each altered, cut short and deleted`,
    `${refused} times the stage that reads it was given and refused it, ` +
      "naming the command that then mended it",
    "the other files, which no stage reads, `all` found and made again",
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
async function mendByMessage(
  { folder }: WholeRun,
  file: string,
  reader: string,
): Promise<string[]> {
  const said = await runTask(folder, reader, ["--run", RUN]);
  const problems = said.code === 2 ? [] : [`${reader} ended with ${said.code}`];
  if (!errorIn(said).includes(`${RUN}/${file} was `)) {
    problems.push(`${reader} said: ${errorIn(said)}`);
  }
  const remedy = remedyIn(said);
  if (remedy === undefined) return [...problems, "no command was named"];
  const mended = await runTold(folder, remedy);
  if (mended.code !== 0) {
    problems.push(`${remedy} ended with ${mended.code}: ${mended.err.trim()}`);
  }
  const stale = await runAll(folder, [...quickest, "--dry-run"]);
  if (/would run/.test(stale.out)) {
    problems.push(`${remedy} left: ${stale.out.trim()}`);
  }
  return problems;
}

/** `all` finds the file. */
async function findByAll(
  { folder }: WholeRun,
  file: string,
): Promise<string[]> {
  const { out } = await runAll(folder, [...quickest, "--dry-run"]);
  const text = out.replaceAll(/\s+/g, " ");
  const isFound = file.endsWith("/stage.json")
    ? text.includes("would run")
    : text.includes(`${RUN}/${file} was changed`) ||
      text.includes(`${RUN}/${file} is missing`);
  return isFound ? [] : ["all did not find it"];
}

/** For the trials that come after one that was lost. */
async function mendByForce({ folder }: WholeRun): Promise<void> {
  await runAll(folder, [...quickest, "--force"]);
}
