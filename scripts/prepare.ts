import { runStageCommand } from "../lib/study/command.ts";

Deno.exit(await runStageCommand("prepare", Deno.args));
