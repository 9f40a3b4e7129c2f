import "../lib/sandbox.ts";
import { runStageCommand } from "../lib/pipeline/command.ts";

Deno.exit(await runStageCommand("splits", Deno.args));
