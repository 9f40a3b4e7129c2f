/** The whole demo, compared with an earlier version of this suite. */

import { type Benchmark, SideFailure, type Workspace } from "./benchmark.ts";
import { explainFailure, ownV8Flags, runProgram } from "./child.ts";
import { runAll } from "./whole_run.ts";

/** The last version before the work on its speed. */
const EARLIER = "d4ed28a";

/** Flags that make the demo small, to try the bench. */
const QUICK = [
  "--simulate.samples 48 --simulate.genes 60 --simulate.tissues 3",
  "--simulate.planted 5 --simulate.studies 3 --cnn.width 0.0625",
  "--cnn.epochs 1 --shap.draws 5 --clusters.random-sets 1 --ttest.sets 2",
].join(" ").split(" ");

/** The row of the demo. */
export function demo(workspace: Workspace, quick: boolean): Benchmark {
  const flags = quick ? QUICK : [];
  const tree = `${workspace.project}${workspace.scratch}/${EARLIER}`;
  return {
    rows: [{
      id: "demo_earlier",
      title: "The whole demo, compared with an earlier version",
      timed: "`deno task all` from the start of the program to its end, all " +
        "stages, with the default flags of each version.",
      ours: {
        name: "this suite",
        scale: 1,
        run: () =>
          runAll(workspace, {
            tree: workspace.project,
            run: `${workspace.scratch}/demo`,
            denoFlags: ownV8Flags,
            flags,
          }),
      },
      peer: {
        name: `this suite at ${EARLIER}`,
        scale: 1,
        async run() {
          await unpack(workspace, EARLIER, tree);
          return await runAll(workspace, {
            tree,
            run: "reports/bench",
            denoFlags: [],
            flags,
          });
        },
      },
      goal: { ratio: 0.6 },
    }],
    prepare: () => Promise.resolve(),
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
