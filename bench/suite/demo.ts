/** The whole demo, compared with earlier versions of this suite. */

import manifest from "../../deno.json" with { type: "json" };
import {
  type Benchmark,
  type Measured,
  type Row,
  type Side,
  SideFailure,
  type Workspace,
} from "./benchmark.ts";
import { explainFailure, runProgram } from "./child.ts";

/** The commits that the demo is compared with. */
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
export function demo(workspace: Workspace, quick: boolean): Benchmark {
  const flags = quick ? QUICK : [];
  const scratch = `${workspace.project}${workspace.scratch}`;
  const ours: Side = {
    name: "this suite",
    scale: 1,
    run: () =>
      runDemo(workspace, {
        tree: workspace.project,
        command: manifest.tasks.all.command,
        run: `${workspace.scratch}/demo`,
        flags,
      }),
  };
  const earlier = (commit: string, name: string): Side => {
    const tree = `${scratch}/${commit}`;
    return {
      name,
      scale: 1,
      async run() {
        await unpack(workspace, commit, tree);
        const { tasks } = JSON.parse(
          await Deno.readTextFile(`${tree}/deno.json`),
        );
        return await runDemo(workspace, {
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
    timed: "`deno task all` from the start of the program to its end, all " +
      `stages, with the default flags. ${work}`,
  });
  return {
    rows: [
      row({
        id: "demo",
        title: "The whole demo",
        peer: earlier(EARLIER.first, `our first version (${EARLIER.first})`),
        goal: { ratio: 0.5, seconds: 90 },
        work: "The first version did less: no sanity checks, no decoys, " +
          "one space and one null model.",
      }),
      row({
        id: "demo_same_work",
        title: "The same, compared with a version that did the same work",
        peer: earlier(
          EARLIER.sameWork,
          `before the optimizations (${EARLIER.sameWork})`,
        ),
        work: "Both do the same work.",
      }),
    ],
    prepare: () => Promise.resolve(),
  };
}

/** Runs `deno task all` of a version of the suite, into an empty folder. */
async function runDemo(
  workspace: Workspace,
  { tree, command, run, flags }: {
    readonly tree: string;
    /** As in `deno.json`. */
    readonly command: string;
    /** Relative to the tree. */
    readonly run: string;
    readonly flags: readonly string[];
  },
): Promise<Measured> {
  const [, subcommand, ...words] = command.split(" ");
  await Deno.remove(`${tree}/${run}`, { recursive: true }).catch((error) => {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  });
  const start = performance.now();
  const result = await runProgram(Deno.execPath(), {
    args: [
      subcommand,
      "--no-prompt",
      `--preload=${workspace.project}bench/ours/report_peak.ts`,
      ...words,
      "--run",
      run,
      ...flags,
    ],
    cwd: tree,
  });
  const seconds = (performance.now() - start) / 1000;
  if (result.code !== 0) {
    throw new SideFailure(explainFailure(result, workspace));
  }
  const peak = /\{"peakBytes":(\d+)\}/.exec(result.err)?.[1];
  return {
    seconds,
    peakBytes: peak === undefined ? null : Number(peak),
    facts: {},
  };
}

/** Extracts the files of a commit from the history, once. */
async function unpack(
  workspace: Workspace,
  commit: string,
  tree: string,
): Promise<void> {
  if (await Deno.stat(tree).then(() => true, () => false)) return;
  const part = `${tree}.part`;
  const archive = `${part}.tar`;
  await Deno.mkdir(part, { recursive: true });
  const packed = await runProgram("git", {
    args: ["archive", "--format=tar", `--output=${archive}`, commit],
    cwd: workspace.project,
  });
  if (packed.code !== 0) {
    throw new SideFailure(`commit ${commit} is not in this history`);
  }
  const result = await runProgram("tar", {
    args: ["-xf", archive, "-C", part],
    cwd: workspace.project,
  });
  if (result.code !== 0) {
    throw new SideFailure(explainFailure(result, workspace));
  }
  await Deno.remove(archive);
  await Deno.rename(part, tree);
}
