/** The section on every parameter and every seed. */

import type { ParameterValue } from "../../cli/parameters.ts";
import { fullName } from "../../pipeline/flag_names.ts";
import { findStage } from "../../pipeline/pipeline.ts";
import { presetOf } from "../../pipeline/run_config.ts";
import type { StageRecord } from "../../store/record.ts";
import { code, details, escapeText, paragraphs, table } from "../markdown.ts";
import { countOf } from "../../cli/text.ts";
import type { RunReport } from "../run_report.ts";

/** Seeds listed for one stage; `stage.json` holds all of them. */
const LISTED_SEEDS = 200;

/** The parameters and seeds, a part a stage. */
export function parametersSection(run: RunReport): string {
  const { records } = run.facts;
  const masters = new Set(records.map(({ seeds }) => seeds.master));
  return paragraphs(
    "## Every parameter and seed",
    `Every random choice has a seed of its own, derived from the master seed ` +
      `(${[...masters].join(", ")}) and the choice's name. No result depends ` +
      `on the number of threads.`,
    ...records.map((record) => stageParameters(record, run)),
  );
}

function stageParameters(record: StageRecord, run: RunReport): string {
  const { stage, parameters, seeds } = record;
  const { pipeline, simulated } = run.facts;
  const declared = findStage(pipeline, stage).parameters;
  const preset = presetOf(pipeline, simulated);
  const rows = Object.entries(declared).map(([name, parameter]) => {
    const value = parameters[name];
    const usual = preset.get(fullName(pipeline, stage, name)) ??
      parameter.default;
    const changed = JSON.stringify(value) !== JSON.stringify(usual);
    return [
      code(name),
      formatValue(value) + (changed ? ` (default ${formatValue(usual)})` : ""),
      escapeText(parameter.help),
    ];
  });
  return details(
    `${stage}: ${countOf(rows.length, "parameter")}, ${
      countOf(Object.keys(seeds).length, "seed")
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

function seedTable({ stage, seeds }: StageRecord): string {
  const streams = Object.keys(seeds).filter((name) => name !== "master").sort();
  const listed = ["master", ...streams.slice(0, LISTED_SEEDS)];
  const rest = streams.length + 1 - listed.length;
  return paragraphs(
    table(
      [{ title: "stream" }, { title: "seed", align: "right" }],
      listed.map((name) => [code(name), String(seeds[name])]),
    ),
    rest > 0
      ? `${countOf(rest, "more seed")}: see ${code(`${stage}/stage.json`)}.`
      : "",
  );
}

function formatValue(value: ParameterValue): string {
  const text = Array.isArray(value) ? value.join(",") : String(value);
  return text === "" ? "none" : code(text);
}
