/** Links, pipes, devices and folders in the place of a run's files. */

import { SCRATCH_NAMES } from "./names.ts";
import {
  type Attempt,
  type HostilePlace,
  type HostileRun,
  makeLink,
  makeNode,
  OUTSIDE,
  replace,
} from "./hostile_run.ts";

/** What stands in the place of a file. */
const files: Readonly<
  Record<string, (path: string, place: HostilePlace) => Promise<unknown>>
> = {
  "a link to a file outside": (path, { outside }) =>
    makeLink(`${outside}/${OUTSIDE.json}`, path),
  "a link to /dev/zero": (path) => makeLink("/dev/zero", path),
  "a pipe": (path) => makeNode(path, "p"),
  "a folder": (path) => Deno.mkdir(`${path}/within`, { recursive: true }),
  "a link to a pipe outside": (path, { outside }) =>
    makeLink(`${outside}/${OUTSIDE.pipe}`, path),
  "the device of zeros": (path) => makeNode(path, "c 1 5"),
  "a link to itself": (path) => makeLink(path, path),
  "a link to nothing": (path, { outside }) =>
    makeLink(`${outside}/new.txt`, path),
};

/** What stands in the place of a folder. */
const folders: typeof files = {
  "a link to a folder outside": (path, { outside }) =>
    makeLink(`${outside}/${OUTSIDE.folder}`, path),
  "a link to the run": (path, { run }) => makeLink(run, path),
  "a pipe": (path) => makeNode(path, "p"),
  "a file": (path) => Deno.writeTextFile(path, "thesis"),
  "a link to nothing": (path, { outside }) => makeLink(`${outside}/new`, path),
};

/** Names that no finished run has, and that a command looks for. */
const SPECIAL_FILES = [
  ".lock",
  ".cnn.lock",
  ".cnn.kept/key",
  ".cnn.kept/network-1.1.checkpoint",
  ".config.json.partial-1",
];
/** Names of the suite of which each kind is tried. */
const WATCHED_FILES = [
  "config.json",
  "timings.json",
  "report.md",
  "cnn/stage.json",
  "prepare/expression.npy",
  "report/summary.json",
  ...SPECIAL_FILES,
];
const WATCHED_FOLDERS = [
  "simulate",
  "cnn",
  "report",
  "cnn/.beside",
  "report/.beside",
  ".cnn.old",
  ".cnn.kept",
  ".cnn.partial-1",
  ...SCRATCH_NAMES,
];

/** The commands that look at everything. */
const all: readonly Attempt[] = [
  ["verify", "--threads", "1"],
  ["all", "--threads", "1"],
  ["clean", "--yes"],
];

/**
 * One for each name and kind that is watched, and one for each other file of a
 * finished run, whose kinds take turns.
 *
 * @param names The files of a finished run.
 */
export function listNodes(names: readonly string[]): HostileRun[] {
  const runs: HostileRun[] = [];
  const add = (name: string, kind: string, make: typeof files[string]) =>
    runs.push({
      kind: "nodes",
      name: `${name} is ${kind}`,
      make: (place) =>
        replace(`${place.run}/${name}`, (path) => make(path, place)),
      attempts: all,
    });
  for (const name of WATCHED_FILES) {
    for (const [kind, make] of Object.entries(files)) add(name, kind, make);
  }
  for (const name of WATCHED_FOLDERS) {
    for (const [kind, make] of Object.entries(folders)) add(name, kind, make);
  }
  const kinds = Object.entries(files);
  names.filter((name) => !WATCHED_FILES.includes(name)).forEach(
    (name, index) => {
      const [kind, make] = kinds[index % kinds.length];
      add(name, kind, make);
    },
  );
  for (const stage of ["clusters", "report", "ttest"]) {
    runs.push({
      kind: "nodes",
      name: `${stage} is given where cnn/.beside leads outside`,
      make: ({ run, outside }) =>
        makeLink(`${outside}/${OUTSIDE.folder}`, `${run}/cnn/.beside`),
      attempts: [[stage, "--threads", "1"], [stage, "--dry-run"]],
    });
  }
  runs.push({
    kind: "nodes",
    name: "a real .beside holds a link, and a folder",
    async make({ run, outside }) {
      await Deno.mkdir(`${run}/cnn/.beside/folder`, { recursive: true });
      await makeLink(
        `${outside}/${OUTSIDE.json}`,
        `${run}/cnn/.beside/timings.json`,
      );
    },
    attempts: all,
  });
  return runs;
}
