import { runStageCommand } from "../lib/pipeline/command.ts";

Deno.exit(await runStageCommand("doctor", Deno.args));
