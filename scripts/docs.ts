import "../lib/sandbox.ts";
import { describeFiles } from "../lib/pipeline/describe_files.ts";
import { pipeline } from "../lib/pipeline/stages.ts";

await Deno.mkdir("docs", { recursive: true });
await Deno.writeTextFile("docs/files.md", describeFiles(pipeline.stages));
