/** A pipeline of small stages, to test the machinery without the science. */

import assert from "node:assert/strict";
import { InputError } from "../../lib/cli/errors.ts";
import { choice, integer, list, text } from "../../lib/cli/parameters.ts";
import { defineStage, type Stage } from "../../lib/pipeline/stage.ts";
import { runCommand } from "../../lib/pipeline/run_command.ts";
import type { Pipeline } from "../../lib/pipeline/pipeline.ts";
import { defineFile } from "../../lib/store/output.ts";

/** Makes numbers. */
export const simulate = defineStage({
  module: import.meta.url,
  name: "simulate",
  summary: "makes numbers",
  needs: [],
  outputs: [defineFile("simulate/numbers.txt", "The numbers")],
  parameters: { size: integer(9, { minimum: 1 }, "how many numbers") },
  async run({ parameters, folder, seedOf }) {
    const first = seedOf("numbers") % 100;
    const numbers = Array.from(
      { length: parameters.size },
      (_, index) => first + index,
    );
    await Deno.writeTextFile(`${folder}/numbers.txt`, numbers.join("\n"));
    return { verdict: `${parameters.size} numbers` };
  },
});

/** Reads the numbers, the user's or the simulated ones. */
export const prepare = defineStage({
  module: import.meta.url,
  name: "prepare",
  summary: "reads the numbers",
  needs: ["simulate"],
  outputs: [defineFile("prepare/kept.txt", "The numbers that are kept")],
  parameters: {
    input: text("", "FILE", "the numbers"),
    samples: text("", "FILE", "a sample sheet"),
    keep: integer(5, { minimum: 1 }, "how many numbers to keep"),
  },
  async run(context) {
    const { input, keep } = context.parameters;
    const path = input || await context.artifact("simulate/numbers.txt");
    if (input) {
      if (!(await Deno.stat(input).catch(() => null))?.isFile) {
        throw new InputError(`Cannot read ${input}: there is no such file`);
      }
      await context.userInput(input);
    }
    const numbers = (await Deno.readTextFile(path)).split("\n").slice(0, keep);
    await Deno.writeTextFile(
      `${context.folder}/kept.txt`,
      numbers.join("\n"),
    );
    return { verdict: `${numbers.length} numbers kept` };
  },
});

/** Adds the numbers up, or fails in the way that is asked for. */
export const add = defineStage({
  module: import.meta.url,
  name: "add",
  summary: "adds the numbers up",
  needs: ["prepare"],
  outputs: ["half", "sum"].map((name) =>
    defineFile(`add/${name}.txt`, "The sum")
  ),
  parameters: {
    factor: integer(2, {}, "what to multiply the sum by"),
    samples: choice("test", ["test", "all"], "which numbers"),
    skip: list("NUMBER", "numbers to leave out"),
    fail: choice("no", ["no", "throw", "stray"], "how to fail half-way"),
  },
  async run(context) {
    const { factor, fail, skip } = context.parameters;
    const path = await context.artifact("prepare/kept.txt");
    await Deno.writeTextFile(`${context.folder}/half.txt`, "half");
    if (fail === "throw") throw new TypeError("x is undefined\nand more");
    if (fail === "stray") {
      setTimeout(() => {
        throw new Error("the device was lost");
      });
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
    const sum = (await Deno.readTextFile(path)).split("\n")
      .filter((number) => !skip.includes(number))
      .reduce((total, number) => total + Number(number), 0);
    await Deno.writeTextFile(`${context.folder}/sum.txt`, `${sum * factor}`);
    return { verdict: `the sum is ${sum * factor}`, backend: "cpu" };
  },
});

/** Writes a report beside the stages. */
export const report = defineStage({
  module: import.meta.url,
  name: "report",
  summary: "writes the report",
  needs: ["add"],
  outputs: [
    defineFile("report.md", "The report"),
    defineFile("report/summary.json", "The verdict"),
  ],
  parameters: {},
  async run(context) {
    const sum = await Deno.readTextFile(await context.artifact("add/sum.txt"));
    if (!await context.has({ file: "add/extra.txt" })) {
      context.warn("there is nothing extra");
    }
    await context.writeBeside("report.md", `# The sum is ${sum}\n`);
    await Deno.writeTextFile(
      `${context.folder}/summary.json`,
      JSON.stringify({
        verdict: [`**The** sum \\_is&#58; ${sum}. It is even.`, "More."],
      }),
    );
    return { verdict: "the report is written" };
  },
});

/** The stages as one pipeline; `stages` replaces them. */
export function fakePipeline(
  stages: readonly Stage[] = [simulate, prepare, add, report],
): Pipeline {
  return {
    stages,
    inputs: {
      stage: "prepare",
      parameters: {
        input: prepare.parameters.input,
        samples: prepare.parameters.samples,
      },
      matrix: "input",
    },
    simulator: "simulate",
    simulatedPreset: {
      name: "presets/small.json",
      content: { simulate: { size: 7 } },
    },
    results: {
      verdict: "report/summary.json",
      files: { report: "report.md", sum: "add/sum.txt" },
    },
  };
}

/** What a command said. */
export interface Said {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command of the fake pipeline; `line` is split at its spaces. */
export async function command(
  name: string,
  line = "",
  pipeline = fakePipeline(),
): Promise<Said> {
  return await run(name, line.split(" ").filter(Boolean), pipeline);
}

/** The same of words that may hold spaces. */
export async function commandOf(
  name: string,
  ...args: string[]
): Promise<Said> {
  return await run(name, args, fakePipeline());
}

async function run(
  name: string,
  args: readonly string[],
  pipeline: Pipeline,
): Promise<Said> {
  const out: string[] = [];
  const err: string[] = [];
  const status = await runCommand(pipeline, name, args, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
  });
  return { status, out: out.join("\n"), err: err.join("\n") };
}

/** Moves a file as the command `mv` in a remedy says. */
export async function moveByRemedy(err: string): Promise<void> {
  const [, from, to] = /^ {2}try: mv ('[^']+'|\S+) ('[^']+'|\S+)$/m.exec(err) ??
    assert.fail(err);
  await Deno.rename(from.replaceAll("'", ""), to.replaceAll("'", ""));
}

/** Gives a test a fresh folder, and removes it afterwards. */
export async function withFolder(
  test: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** The names in a folder, sorted. */
export async function namesIn(folder: string): Promise<string[]> {
  const names: string[] = [];
  for await (const { name } of Deno.readDir(folder)) names.push(name);
  return names.sort();
}

/** Every file below a folder with its text, but for the times. */
export async function contentsOf(
  folder: string,
): Promise<Record<string, string>> {
  const contents: Record<string, string> = {};
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) {
      const inner = await contentsOf(`${folder}/${name}`);
      for (const [file, text] of Object.entries(inner)) {
        contents[`${name}/${file}`] = text;
      }
    } else if (name !== "timings.json") {
      contents[name] = await Deno.readTextFile(`${folder}/${name}`);
    }
  }
  return contents;
}
