import { runStageCommand } from "../lib/study/command.ts";

Deno.exit(await runStageCommand("report", Deno.args));
