import { runStageCommand } from "../lib/study/command.ts";

Deno.exit(await runStageCommand("ttest", Deno.args));
