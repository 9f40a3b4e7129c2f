import { runAllCommand } from "../lib/study/command.ts";

Deno.exit(await runAllCommand(Deno.args));
