/** A training whose loss is no number any more. */

import { CONFIG_FILE } from "../../lib/store/run_paths.ts";
import { copySuite, type Patch } from "./copy.ts";
import { type Fault, Trials } from "./fault.ts";
import { differences, emptyFolder, progressOf } from "./run_folder.ts";
import { longerBy, makeWhole } from "./studies.ts";
import {
  errorIn,
  remedyIn,
  RUN,
  runAll,
  type Said,
  startTask,
} from "./suite.ts";

/** The highest that the flag takes. */
const HIGHEST = "1";

/** In a copy of the suite that takes any. */
const RATES = ["1e8", "1e16", "1e30"];

const UNBOUNDED: Patch = [
  "lib/cnn/parameters.ts",
  "{ above: 0, maximum: 1 },\n    \"RMSprop's learning rate",
  "{ above: 0 },\n    \"RMSprop's learning rate",
];

const rateFlag = (rate: string) => ["--cnn.learning-rate", rate];

/** Every line that is broken. */
export function patchesOf(): Patch[] {
  return [UNBOUNDED];
}

export const diverged: Fault = {
  id: "diverged",
  fault: "a training that diverges",
  must: "stops, names the epoch and the likely cause; finished stages stay, " +
    "and the run continues with a lower learning rate",
  async run(place) {
    const whole = await makeWhole(`${place.folder}/whole`, longerBy(1));
    const trials = new Trials(place, diverged.id);
    const seen: string[] = [];
    const copy = await copySuite(`${place.folder}/suite`, [UNBOUNDED]);
    for (const rate of [HIGHEST, ...RATES]) {
      const folder = await emptyFolder(`${place.folder}/trial`);
      const said = await startTask(
        folder,
        "all",
        ["--run", RUN, ...longerBy(1), ...rateFlag(rate)],
        { suite: copy },
      ).said;
      if (said.code === 0) {
        seen.push(
          `with ${rate} every loss is a finite number: nothing to stop`,
        );
        continue;
      }
      const progress = await progressOf(`${folder}/${RUN}`);
      await forgetRate(`${folder}/${RUN}/${CONFIG_FILE}`);
      const next = await runAll(folder, longerBy(1));
      trials.count(`a learning rate of ${rate}`, [
        ...checkError(said, Number(rate)),
        ...(progress.whole.join() === "prepare,simulate"
          ? []
          : [`whole were ${progress.whole.join(", ")}`]),
        ...(next.code === 0
          ? await differences(`${folder}/${RUN}`, whole.digests)
          : [`the next ended with ${next.code}: ${next.err.trim()}`]),
      ]);
      const what = /the loss is \S+ in epoch \d+/.exec(errorIn(said))?.[0];
      seen.push(`with ${rate} ${what}`);
    }
    return trials.tally(
      ...seen,
      `above ${HIGHEST} in a copy of the suite whose flag takes any number`,
    );
  },
};

/** The run remembers the rate that failed; only the copy can read it. */
async function forgetRate(path: string): Promise<void> {
  const config = JSON.parse(await Deno.readTextFile(path));
  delete config.cnn["learning-rate"];
  await Deno.writeTextFile(path, JSON.stringify(config));
}

/** What is wrong with the message on a divergence. */
function checkError(said: Said, rate: number): string[] {
  const problems = said.code === 1 ? [] : [`it ended with ${said.code}`];
  const error = errorIn(said);
  if (
    !/^Cannot continue the training: the loss is \S+ in epoch \d+ /.test(
      error,
    ) ||
    !/the learning rate may be too high/.test(error)
  ) problems.push(`it said: ${error}`);
  const lower = / --cnn\.learning-rate (\S+)/.exec(remedyIn(said) ?? "")?.[1];
  if (!(Number(lower) < rate)) {
    problems.push(`its remedy is: ${remedyIn(said)}`);
  }
  return problems;
}
