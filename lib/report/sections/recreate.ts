/** The section with the command that makes the run again. */

import type { StageRecord } from "../../store/record.ts";
import { flagText } from "../../cli/shell.ts";
import { taskCommand } from "../commands.ts";
import { type Declarations, flagOf, usualValue } from "../declarations.ts";
import { commandBlock, paragraphs } from "../markdown.ts";
import type { RunFiles } from "../run_files.ts";
import { sameValue } from "./parameters.ts";

/** Not this run's own folder, so that the two can be compared. */
const newFolder = "reports/again";

/** The seed that a command has when none is given. */
const defaultSeed = 42;

/**
 * Writes the section with the command.
 */
export function recreateSection(
  run: RunFiles,
  declarations: Declarations,
): string {
  const commands = commandsOf(run, declarations);
  return paragraphs(
    "## The command that makes it again",
    "Into a new folder, so that the two can be compared file by file:",
    ...commands.map(commandBlock),
    "`deno task verify`, with `--run` and this folder, does the same in a " +
      "scratch folder and compares file by file.",
    run.simulated
      ? ""
      : "Run it where the named files lie; the SHA-256 under Provenance tells " +
        "whether they are the same.",
    run.records.some(({ backend }) => flagOfBackend(backend) === "webgpu")
      ? "The run used WebGPU, which may round otherwise on another graphics " +
        "card: expect the same to several digits, not the same bytes."
      : "",
  );
}

/**
 * The commands that make a run again, each as its words in lines: one for the
 * whole run, or one a stage where the stages had different seeds or backends.
 */
export function commandsOf(
  run: Pick<RunFiles, "records" | "simulated">,
  declarations: Declarations,
): string[][] {
  const records = run.records.filter(({ stage }) =>
    run.simulated || stage !== "simulate"
  );
  const settings = (record: StageRecord) => [
    ...seedFlag(record),
    ...backendFlag(record),
  ];
  const seeds = new Set(records.map((record) => seedFlag(record).join()));
  const backends = new Set(records.flatMap(backendFlag));
  if (seeds.size <= 1 && backends.size <= 1) {
    return [[
      `deno task all --run ${newFolder}`,
      ...records.slice(0, 1).flatMap(seedFlag),
      ...backends,
      ...records.flatMap((record) =>
        changedFlags(
          record,
          run,
          declarations,
          (name) => flagOf(record.stage, name, declarations.inputs),
        )
      ),
    ]];
  }
  const each = records.map((record) => [
    `deno task ${record.stage} --run ${newFolder}`,
    ...settings(record),
    ...changedFlags(record, run, declarations, (name) => name),
  ]);
  return [...each, [`deno task report --run ${newFolder}`]];
}

/**
 * The command that makes one stage of a run again, in place, with the values
 * it had.
 *
 * @param stage The stage's name.
 * @param run The run.
 * @param declarations The stages' parameters.
 */
export function commandOfStage(
  stage: string,
  run: Pick<RunFiles, "records" | "simulated" | "folder">,
  declarations: Declarations,
): string {
  const record = run.records.find((each) => each.stage === stage);
  const command = taskCommand(stage, run.folder);
  if (!record) return command;
  return [
    command,
    ...seedFlag(record),
    ...changedFlags(record, run, declarations, (name) => name),
  ].join(" ");
}

/** `--seed N`, if it is not the default. */
function seedFlag({ seeds }: StageRecord): string[] {
  return seeds.master === defaultSeed ? [] : [`--seed ${seeds.master}`];
}

/** The backend that did the work, for `auto` finds another elsewhere. */
function backendFlag({ backend }: StageRecord): string[] {
  const name = flagOfBackend(backend);
  return name === undefined ? [] : [`--backend ${name}`];
}

/** The word for `--backend` that opens what a record describes. */
function flagOfBackend(description: string | null): string | undefined {
  if (!description) return undefined;
  // Only WebGPU is described by its adapter, which may bear any name.
  return /^tfjs-backend-(wasm|cpu)\b/.exec(description)?.[1] ?? "webgpu";
}

/** The flags of the parameters that are not what they usually are. */
function changedFlags(
  { stage, parameters }: StageRecord,
  run: Pick<RunFiles, "simulated">,
  declarations: Declarations,
  flag: (name: string) => string,
): string[] {
  return Object.keys(parameters).filter((name) => {
    const usual = usualValue(declarations, stage, name, run.simulated);
    return usual === undefined || !sameValue(parameters[name], usual);
  }).map((name) => flagText(flag(name), parameters[name]));
}
