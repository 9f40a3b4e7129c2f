/** The fake study as a program: fake_command.ts <command> [flags]. */

import { integer } from "../../lib/cli/parameters.ts";
import { defineStage } from "../../lib/pipeline/stage.ts";
import { runCommand } from "../../lib/pipeline/run_command.ts";
import { add, fakeStudy, prepare, report, simulate } from "./fake_pipeline.ts";

/** Writes half of its result and then waits until it is stopped. */
const wait = defineStage({
  name: "wait",
  summary: "waits",
  needs: [],
  parameters: { seconds: integer(0, { minimum: 0 }, "how long") },
  async run({ parameters, folder }) {
    await Deno.writeTextFile(`${folder}/half.txt`, "half");
    console.log("waiting");
    await new Promise((resolve) =>
      setTimeout(resolve, parameters.seconds * 1000)
    );
    return { verdict: "waited" };
  },
});

const study = fakeStudy([simulate, prepare, add, report, wait]);
Deno.exit(await runCommand(study, Deno.args[0], Deno.args.slice(1)));
