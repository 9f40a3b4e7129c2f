/**
 * The effects of the deviations from the maize study, measured on finished
 * runs. Trains nothing and writes into no run.
 */

import { InputError } from "../lib/cli/errors.ts";
import { integer, list, text, toggle } from "../lib/cli/parameters.ts";
import { readBenchFlags } from "./flags.ts";
import { runBench } from "./run_bench.ts";
import type { Bench, Effect } from "./deviations/bench.ts";
import {
  k29,
  labelFedBack,
  seeds,
  spaceEffects,
} from "./deviations/clusters.ts";
import {
  labelAmongGenes,
  oneSet,
  sizes,
  withinSetSd,
} from "./deviations/nulls.ts";
import { alphasDraws, compareRuns } from "./deviations/pairs.ts";
import { readRun } from "./deviations/run.ts";
import { doubleUse, trainedSamples } from "./deviations/samples.ts";

/** Effects of one run, by id. */
const effects: Readonly<
  Record<string, (bench: Bench) => Effect[] | Promise<Effect[]>>
> = {
  within_set_sd: withinSetSd,
  one_set: oneSet,
  sizes,
  k29,
  label_fed_back: labelFedBack,
  label_among_genes: labelAmongGenes,
  trained_samples: trainedSamples,
  seeds,
  spaces: spaceEffects,
  double_use: doubleUse,
};

const flags = {
  run: text("", "DIR", "a finished run"),
  only: list("ID", `effects to measure: ${Object.keys(effects).join(", ")}`),
  with: text("", "DIR", "a run with other draws, to compare with --run"),
  compare: list("A,B", "two runs that differ in one choice: old, new"),
  repeats: integer(5, { minimum: 2 }, "k-means runs per gene set in umap"),
  seed: integer(42, { minimum: 0 }, "master seed"),
  threads: integer(
    2,
    { minimum: 1 },
    "workers; the results do not depend on it",
  ),
  out: text("", "FILE", "where to write the table; default: print it"),
  help: toggle("list the flags"),
};

async function measure(args: readonly string[]): Promise<void> {
  const values = readBenchFlags(args, flags, "deviations");
  if (values === undefined) return;
  const only = values.only;
  const unknown = only.find((id) => !Object.hasOwn(effects, id));
  if (unknown !== undefined) {
    throw new InputError(
      `Cannot measure ${unknown}: the effects are ${
        Object.keys(effects).join(", ")
      }`,
    );
  }
  const pair = values.compare;
  const folder = values.run;
  if ((folder === "" && pair.length === 0) || pair.length % 2 === 1) {
    throw new InputError(
      "Cannot measure: --run takes a finished run, and --compare takes two",
    );
  }
  const rows: Effect[] = [];
  if (folder !== "") {
    const bench: Bench = {
      run: await readRun(folder),
      seed: values.seed,
      threads: values.threads,
      repeats: values.repeats,
    };
    for (const [id, effect] of Object.entries(effects)) {
      if (only.length > 0 && !only.includes(id)) continue;
      if (Deno.stderr.isTerminal()) console.error(`measuring ${id}`);
      rows.push(...await effect(bench));
    }
    const other = values.with;
    if (other !== "") rows.push(...await alphasDraws(folder, other));
  }
  for (let first = 0; first < pair.length; first += 2) {
    rows.push(...await compareRuns(pair[first], pair[first + 1]));
  }
  const table = formatEffects(rows);
  const out = values.out;
  if (out === "") console.log(table);
  else await Deno.writeTextFile(out, table);
}

/** A Markdown table with a row per effect. */
function formatEffects(rows: readonly Effect[]): string {
  const cell = (text: string) => text.replaceAll("|", "\\|");
  return [
    "| id | as in the maize study | as in this suite | conclusion |",
    "| --- | --- | --- | --- |",
    ...rows.map(({ id, old, now, meaning }) =>
      `| ${[`\`${id}\``, ...[old, now, meaning].map(cell)].join(" | ")} |`
    ),
  ].join("\n") + "\n";
}

await runBench(() => measure(Deno.args));
