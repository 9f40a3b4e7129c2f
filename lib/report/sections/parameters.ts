/** The section on every parameter and every seed. */

import type { ParameterValue } from "../../cli/parameters.ts";
import type { StageRecord } from "../../store/record.ts";
import { type Declarations, usualValue } from "../declarations.ts";
import { code, details, escapeText, paragraphs, table } from "../markdown.ts";
import { counted } from "../numbers.ts";
import type { RunFiles } from "../run_files.ts";

/** Seeds listed for one stage; `stage.json` holds all of them. */
const listedSeeds = 200;

/**
 * Writes the section on the parameters and seeds, a part a stage.
 */
export function parametersSection(
  run: RunFiles,
  declarations: Declarations,
): string {
  const masters = new Set(run.records.map(({ seeds }) => seeds.master));
  return paragraphs(
    "## Every parameter and seed",
    `Every random choice has a seed of its own, derived from the master seed ` +
      `(${[...masters].join(", ")}) and the choice's name. No result depends ` +
      `on the number of threads.`,
    ...run.records.map((record) => oneStage(record, run, declarations)),
  );
}

/** The parameters and seeds of one stage, folded. */
function oneStage(
  record: StageRecord,
  run: RunFiles,
  declarations: Declarations,
): string {
  const { stage, parameters, seeds } = record;
  const declared = declarations.stages.get(stage) ?? {};
  const names = [
    ...Object.keys(declared).filter((name) => Object.hasOwn(parameters, name)),
    ...Object.keys(parameters).filter((name) => !Object.hasOwn(declared, name))
      .sort(),
  ];
  const rows = names.map((name) => {
    const value = parameters[name];
    const usual = usualValue(declarations, stage, name, run.simulated);
    const changed = usual !== undefined && !sameValue(value, usual);
    return [
      code(name),
      shown(value) + (changed ? ` (default ${shown(usual)})` : ""),
      escapeText(Object.hasOwn(declared, name) ? declared[name].help : ""),
    ];
  });
  return details(
    `${stage}: ${counted(rows.length, "parameter")}, ${
      counted(Object.keys(seeds).length, "seed")
    }`,
    paragraphs(
      rows.length === 0 ? "This stage has no parameters." : table([
        { title: "parameter" },
        { title: "value" },
        { title: "what it is" },
      ], rows),
      seedTable(record),
    ),
  );
}

/** The master seed and the seeds of the stage's streams. */
function seedTable({ stage, seeds }: StageRecord): string {
  const streams = Object.keys(seeds).filter((name) => name !== "master").sort();
  const listed = ["master", ...streams.slice(0, listedSeeds)];
  const rest = streams.length + 1 - listed.length;
  return paragraphs(
    table(
      [{ title: "stream" }, { title: "seed", align: "right" }],
      listed.map((name) => [code(name), String(seeds[name])]),
    ),
    rest > 0
      ? `${counted(rest, "more seed")}: see ${code(`${stage}/stage.json`)}.`
      : "",
  );
}

/**
 * Whether two values of a parameter are the same.
 */
export function sameValue(a: ParameterValue, b: ParameterValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A value in a table's cell. */
function shown(value: ParameterValue): string {
  const text = Array.isArray(value) ? value.join(",") : String(value);
  return text === "" ? "none" : code(text);
}
