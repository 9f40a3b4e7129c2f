/** The whole demo, against earlier states of this suite. */

import manifest from "../../deno.json" with { type: "json" };
import {
  type Benchmark,
  type Measured,
  type Row,
  type Side,
  SideFailure,
  type Workplace,
} from "./benchmark.ts";
import { explainFailure, runProgram } from "./child.ts";

/** The commits that the demo is measured against. */
const EARLIER = {
  first: "f643563",
  sameWork: "6256735",
} as const;

/** Flags that make the demo small, to try the bench. */
const QUICK = [
  "--simulate.samples 48 --simulate.genes 60 --simulate.tissues 3",
  "--simulate.planted 5 --simulate.studies 3 --cnn.width 0.0625",
  "--cnn.epochs 1 --shap.draws 5 --clusters.random-sets 1 --ttest.sets 2",
].join(" ").split(" ");

/** The rows of the demo. */
export function demo(place: Workplace, quick: boolean): Benchmark {
  const flags = quick ? QUICK : [];
  const scratch = `${place.project}${place.scratch}`;
  const ours: Side = {
    name: "this suite",
    scale: 1,
    run: () =>
      runDemo(place, {
        tree: place.project,
        command: manifest.tasks.all.command,
        run: `${place.scratch}/demo`,
        flags,
      }),
  };
  const earlier = (commit: string, name: string): Side => {
    const tree = `${scratch}/${commit}`;
    return {
      name,
      scale: 1,
      async run() {
        await unpack(place, commit, tree);
        const { tasks } = JSON.parse(
          await Deno.readTextFile(`${tree}/deno.json`),
        );
        return await runDemo(place, {
          tree,
          command: tasks.all.command,
          run: "reports/bench",
          flags,
        });
      },
    };
  };
  const row = (
    { work, ...row }: Pick<Row, "id" | "title" | "peer" | "goal"> & {
      readonly work: string;
    },
  ): Row => ({
    ...row,
    ours,
    timed: "`deno task all` from the start of the program to its end, every " +
      `stage, with the flags as they come. ${work}`,
  });
  return {
    rows: [
      row({
        id: "demo",
        title: "The whole demo",
        peer: earlier(EARLIER.first, `our first version (${EARLIER.first})`),
        goal: { ratio: 0.5, seconds: 90 },
        work: "The first version did less than today's: no checks, no " +
          "decoys, one space and one kind of random sets.",
      }),
      row({
        id: "demo_same_work",
        title: "The same, against the version that did the same work",
        peer: earlier(
          EARLIER.sameWork,
          `before it was made fast (${EARLIER.sameWork})`,
        ),
        work: "Both do the same.",
      }),
    ],
    prepare: () => Promise.resolve(),
  };
}

/** Runs `deno task all` of some state of the suite, into an empty folder. */
async function runDemo(
  place: Workplace,
  { tree, command, run, flags }: {
    readonly tree: string;
    /** As `deno.json` has it. */
    readonly command: string;
    /** From the tree. */
    readonly run: string;
    readonly flags: readonly string[];
  },
): Promise<Measured> {
  const [, subcommand, ...words] = command.split(" ");
  await Deno.remove(`${tree}/${run}`, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  const start = performance.now();
  const said = await runProgram(Deno.execPath(), {
    args: [
      subcommand,
      "--no-prompt",
      `--preload=${place.project}bench/ours/report_peak.ts`,
      ...words,
      "--run",
      run,
      ...flags,
    ],
    cwd: tree,
  });
  const seconds = (performance.now() - start) / 1000;
  if (said.code !== 0) throw new SideFailure(explainFailure(said, place));
  const peak = /\{"peakBytes":(\d+)\}/.exec(said.err)?.[1];
  return {
    seconds,
    peakBytes: peak === undefined ? null : Number(peak),
    facts: {},
  };
}

/** Takes a commit's files out of the history, once. */
async function unpack(
  place: Workplace,
  commit: string,
  tree: string,
): Promise<void> {
  if (await Deno.stat(tree).then(() => true, () => false)) return;
  const part = `${tree}.part`;
  const archive = `${part}.tar`;
  await Deno.mkdir(part, { recursive: true });
  const packed = await runProgram("git", {
    args: ["archive", "--format=tar", `--output=${archive}`, commit],
    cwd: place.project,
  });
  if (packed.code !== 0) {
    throw new SideFailure(`commit ${commit} is not in the history here`);
  }
  const said = await runProgram("tar", {
    args: ["-xf", archive, "-C", part],
    cwd: place.project,
  });
  if (said.code !== 0) throw new SideFailure(explainFailure(said, place));
  await Deno.remove(archive);
  await Deno.rename(part, tree);
}
