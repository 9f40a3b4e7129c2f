import "../lib/sandbox.ts";
import { runAllCommand } from "../lib/pipeline/command.ts";

Deno.exit(await runAllCommand(Deno.args));
