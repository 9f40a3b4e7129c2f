/** The whole demo, compared with an earlier version of this suite. */

import {
  type Benchmark,
  type Side,
  SideFailure,
  type Workspace,
} from "./benchmark.ts";
import { explainFailure, ownV8Flags, runProgram } from "./child.ts";
import { asFlags, SAME_WORK } from "./same_work.ts";
import { runAll } from "./whole_run.ts";

/** The last version before the work on its speed. */
const EARLIER = "d4ed28a";

/** The last version that judged the set by samples that had ranked it. */
const UNJUDGED = "05d0a1c";

/** Flags that make the demo small, to try the bench. */
const QUICK = [
  "--simulate.samples 48 --simulate.genes 60 --simulate.tissues 3",
  "--simulate.planted 5 --simulate.studies 3 --cnn.width 0.0625",
  "--cnn.epochs 1 --shap.draws 5 --clusters.random-sets 1 --ttest.sets 2",
].join(" ").split(" ");

/** The rows of the demo. */
export function demo(workspace: Workspace, quick: boolean): Benchmark {
  const flags = quick ? QUICK : [];
  const ours = (own: readonly string[]): Side => ({
    name: "this suite",
    scale: 1,
    run: () =>
      runAll(workspace, {
        tree: workspace.project,
        run: `${workspace.scratch}/demo`,
        denoFlags: ownV8Flags,
        flags: [...flags, ...own],
      }),
  });
  const earlier = (commit: string, denoFlags: readonly string[]): Side => ({
    name: `this suite at ${commit}`,
    scale: 1,
    async run() {
      const tree = `${workspace.project}${workspace.scratch}/${commit}`;
      await unpack(workspace, commit, tree);
      return await runAll(workspace, {
        tree,
        run: "reports/bench",
        denoFlags,
        flags,
      });
    },
  });
  const timed = "`deno task all` from the start of the program to its end, " +
    "all stages, ";
  return {
    rows: [{
      id: "demo_earlier",
      title: "The whole demo, compared with an earlier version",
      timed: timed + "with the default flags of the earlier version and, for " +
        "ours, those by which it does the same work: test samples alone are " +
        "explained, one layout, Lloyd's k-means, no half samples, one panel.",
      ours: ours(asFlags(SAME_WORK)),
      peer: earlier(EARLIER, []),
      goal: { ratio: 0.6 },
    }, {
      id: "demo_default",
      title: "The whole demo, judged on unseen samples, and not",
      timed: timed + "with the default flags of each version, both with the " +
        "V8 flags for speed. The earlier version ranks and judges by the " +
        "same samples.",
      ours: ours([]),
      peer: earlier(UNJUDGED, ownV8Flags),
      goal: { ratio: 1.5 },
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
