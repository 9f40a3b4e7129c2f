import { runStageCommand } from "../lib/command/command.ts";

Deno.exit(await runStageCommand("simulate", Deno.args));
