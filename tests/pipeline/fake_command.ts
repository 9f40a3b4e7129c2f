/** The fake pipeline as a program: fake_command.ts <command> [flags]. */

import { integer } from "../../lib/cli/parameters.ts";
import { defineStage } from "../../lib/pipeline/stage.ts";
import { runCommand } from "../../lib/pipeline/run_command.ts";
import {
  add,
  fakePipeline,
  prepare,
  report,
  simulate,
} from "./fake_pipeline.ts";

/** Writes half of its result and then waits until it is stopped. */
const wait = defineStage({
  module: import.meta.url,
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

const pipeline = fakePipeline([simulate, prepare, add, report, wait]);
Deno.exit(await runCommand(pipeline, Deno.args[0], Deno.args.slice(1)));
