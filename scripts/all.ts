import { runAllCommand } from "../lib/command/command.ts";

Deno.exit(await runAllCommand(Deno.args));
