import { runStageCommand } from "../lib/study/command.ts";

Deno.exit(await runStageCommand("checks", Deno.args));
