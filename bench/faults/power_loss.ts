/**
 * What a file system may leave when the power fails: it may have written a
 * rename before the bytes of the file, or only one of two renames.
 */

import { CONFIG_FILE, stagePaths } from "../../lib/store/run_paths.ts";
import { RECORD_FILE } from "../../lib/store/record.ts";
import { walk } from "../../lib/store/files.ts";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { type Fault, type Place, type Tally, Trials } from "./fault.ts";
import { inLanes } from "./lanes.ts";
import { compilePreload, readCalls } from "./preload.ts";
import { moveAway, wouldReplace } from "./move_away.ts";
import {
  copyFolder,
  differences,
  emptyFolder,
  namesIn,
  progressOf,
} from "./run_folder.ts";
import { longerBy, makeWhole, type WholeRun } from "./studies.ts";
import { RUN, runAll, startAll } from "./suite.ts";
import { checkSyncOrder } from "./sync_order.ts";

/** What is left of a file's bytes. */
export const remains: Readonly<
  Record<string, (path: string) => Promise<void>>
> = {
  async zeroed(path) {
    const { size } = await Deno.stat(path);
    await Deno.writeFile(path, new Uint8Array(size));
  },
  async cut(path) {
    await Deno.truncate(path, Math.floor((await Deno.stat(path)).size / 2));
  },
  empty: (path) => Deno.truncate(path),
};

/** The last stage that was written, with all earlier ones. */
const LAST = ["prepare", "cnn", "shap", "clusters", "report"];

/** Something that is done to a copy of a run. */
interface Loss {
  readonly name: string;
  /** The run that it is done to. */
  readonly from: "whole" | "begun";
  harm(run: string): Promise<void>;
}

export const powerLoss: Fault = {
  id: "power-loss",
  fault: "the power fails, and the disk holds less than was written",
  must: "files are synced before they take their place, and that is synced " +
    "before what they replace is removed; whatever a disk has lost, the next " +
    "`all` makes again and ends with the same bytes; a `config.json` that was " +
    "cut is refused, and the command's remedy is to remove it; a report that no " +
    "record fits is refused, and the remedy moves it away",
  async run(place) {
    const whole = await makeWhole(`${place.folder}/whole`, longerBy(1));
    const begun = await stopInTraining(place);
    const trials = new Trials(place, powerLoss.id);
    const losses = listLosses(
      [...whole.digests.keys()].filter((name) => name.endsWith(RECORD_FILE))
        .map((name) => name.slice(0, -RECORD_FILE.length - 1)),
    );
    await inLanes(losses, place.lanes, async ({ name, from, harm }, lane) => {
      const folder = await emptyFolder(`${place.folder}/trial-${lane}`);
      const run = `${folder}/${RUN}`;
      await copyFolder(
        `${from === "whole" ? whole.folder : begun}/${RUN}`,
        run,
      );
      await harm(run);
      let next = await runAll(folder, longerBy(1));
      // What may be a user's own slip is not thrown away without a word.
      if (
        /config\.json: it is not JSON .*\n {2}try: .*remove it/.test(next.err)
      ) {
        await Deno.remove(`${run}/${CONFIG_FILE}`);
        next = await runAll(folder, longerBy(1));
      }
      const problems: string[] = [];
      if (wouldReplace(next)) {
        problems.push(...await moveAway(next, folder));
        next = await runAll(folder, longerBy(1));
      }
      trials.count(name, [
        ...problems,
        ...next.code === 0
          ? await differences(run, whole.digests)
          : [`the next ended with ${next.code}: ${next.err.trim()}`],
      ]);
    });
    return await checkOrder(place, trials, whole);
  },
};

/** A run that was killed in its training, once it had kept a checkpoint. */
async function stopInTraining(place: Place): Promise<string> {
  const folder = await emptyFolder(`${place.folder}/begun`);
  for (;;) {
    const started = startAll(folder, longerBy(1));
    let ended = false;
    started.said.finally(() => ended = true);
    while (!ended) {
      const { checkpoints } = await progressOf(`${folder}/${RUN}`);
      if (checkpoints > 0) break;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    started.kill("SIGKILL");
    await started.said;
    const { checkpoints, whole } = await progressOf(`${folder}/${RUN}`);
    if (checkpoints > 0 && !whole.includes("cnn")) return folder;
    await emptyFolder(folder);
  }
}

function listLosses(stages: readonly string[]): Loss[] {
  const losses: Loss[] = [];
  for (const [how, harm] of Object.entries(remains)) {
    for (const stage of LAST) {
      losses.push({
        name: `every file of ${stage}, the last, ${how}`,
        from: "whole",
        async harm(run) {
          await keepUpTo(run, stage);
          for await (const path of walk(`${run}/${stage}`)) await harm(path);
        },
      }, {
        name: `every file of ${stage} but its record ${how}`,
        from: "whole",
        async harm(run) {
          await keepUpTo(run, stage);
          for await (const path of walk(`${run}/${stage}`)) {
            if (!path.endsWith(`/${RECORD_FILE}`)) await harm(path);
          }
        },
      });
    }
    for (const stage of stages) {
      losses.push({
        name: `the record of ${stage} ${how}`,
        from: "whole",
        harm: (run) => harm(`${run}/${stage}/${RECORD_FILE}`),
      });
    }
    losses.push({
      name: `${CONFIG_FILE} ${how}`,
      from: "whole",
      harm: (run) => harm(`${run}/${CONFIG_FILE}`),
    }, {
      name: `timings.json ${how}`,
      from: "whole",
      harm: (run) => harm(`${run}/timings.json`),
    }, {
      name: `the report ${how}`,
      from: "whole",
      harm: (run) => harm(`${run}/report.md`),
    }, {
      name: `checkpoints ${how}`,
      from: "begun",
      async harm(run) {
        for (const name of await namesIn(`${run}/.cnn.kept`)) {
          await harm(`${run}/.cnn.kept/${name}`);
        }
      },
    }, {
      name: `the checkpoints' key ${how}`,
      from: "begun",
      harm: (run) => harm(`${run}/.cnn.kept/key`),
    });
  }
  for (const stage of stages) {
    losses.push({
      name: `the record of ${stage} missing`,
      from: "whole",
      harm: (run) => Deno.remove(`${run}/${stage}/${RECORD_FILE}`),
    });
  }
  for (const stage of ["cnn", "report"]) {
    losses.push({
      name: `${stage}: only the earlier folder was renamed`,
      from: "whole",
      async harm(run) {
        const { folder, old } = stagePaths(run, stage);
        await copyFolder(folder, `${run}/.${stage}.partial-12`);
        await Deno.rename(folder, old);
      },
    }, {
      name: `${stage}: the earlier folder was renamed, the new one is gone`,
      from: "whole",
      async harm(run) {
        const { folder, old } = stagePaths(run, stage);
        await Deno.rename(folder, old);
      },
    }, {
      name: `${stage}: both folders are there`,
      from: "whole",
      async harm(run) {
        const { folder, old } = stagePaths(run, stage);
        await copyFolder(folder, old);
      },
    }, {
      name: `${stage}: the new folder is there, the earlier one half removed`,
      from: "whole",
      async harm(run) {
        const { folder, old } = stagePaths(run, stage);
        await copyFolder(folder, old);
        await Deno.remove(`${old}/${RECORD_FILE}`);
      },
    }, {
      name: `${stage}: files for the run's folder were not moved`,
      from: "whole",
      async harm(run) {
        const beside = `${run}/${stage}/.beside`;
        await Deno.mkdir(beside);
        await Deno.rename(`${run}/timings.json`, `${beside}/timings.json`);
        if (stage !== "report") return;
        await Deno.rename(`${run}/report.md`, `${beside}/report.md`);
      },
    });
  }
  return losses;
}

/** Removes what comes after a stage, as if it had not run yet. */
async function keepUpTo(run: string, stage: string): Promise<void> {
  const order = pipeline.stages.map(({ name }) => name);
  for (const later of order.slice(order.indexOf(stage) + 1)) {
    await Deno.remove(`${run}/${later}`, { recursive: true });
  }
  if (stage === "report") return;
  for (const name of await namesIn(run)) {
    if (!/^(config|timings)\.json$/.test(name) && !order.includes(name)) {
      await Deno.remove(`${run}/${name}`);
    }
  }
}

/** The order of the calls while a run is made, and made again. */
async function checkOrder(
  place: Place,
  trials: Trials,
  whole: WholeRun,
): Promise<Tally> {
  const seen = ["files zeroed, cut and emptied as a disk may leave them"];
  const preload = await compilePreload(place.folder);
  if (typeof preload === "string") {
    return trials.tally(
      ...seen,
      `the order of syncs and renames was not looked at here: ${preload}`,
    );
  }
  const folder = await emptyFolder(`${place.folder}/order`);
  for (const [name, more] of [["made", []], ["made again", ["--force"]]]) {
    const log = `${place.folder}/${(name as string).replace(" ", "-")}.log`;
    const { code, err } = await runAll(
      folder,
      [...longerBy(1), ...more],
      preload.start({ root: `${folder}/${RUN}`, log }),
    );
    const order = checkSyncOrder(await readCalls(log));
    trials.count(`the order of syncs and renames of a run ${name}`, [
      ...(code === 0
        ? await differences(`${folder}/${RUN}`, whole.digests)
        : [`it ended with ${code}: ${err.trim()}`]),
      ...(order.renames > 0 ? [] : ["no rename was seen"]),
      ...summarize(order.problems),
    ]);
    seen.push(
      `a run that is ${name} has ${order.renames} renames and ${order.syncs} ` +
        "syncs, each before what it guards",
    );
  }
  return trials.tally(...seen);
}

/** A hundred files are named by a few. */
function summarize(problems: readonly string[]): string[] {
  const shown = problems.slice(0, 3);
  const more = problems.length - shown.length;
  return more > 0 ? [...shown, `and ${more} more like these`] : shown;
}
