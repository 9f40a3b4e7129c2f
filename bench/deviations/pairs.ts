/** Effects measured with two runs that differ in one choice. */

import { mean } from "../../lib/statistics/describe.ts";
import { type Effect, fixed, formatP } from "./bench.ts";
import { readRunJson, readRunTable, readTests } from "./run.ts";

/** How many of the best genes of a tissue are compared. */
const TOP = 100;

interface ShapSummary {
  readonly draws: number;
  readonly genes: number;
  readonly listed_ranks: number;
  readonly mean_absolute_gap: number;
}

type StageRecord = { readonly parameters: Readonly<Record<string, unknown>> };

/** The draws of two runs: the additivity gap and the test. */
export async function alphasDraws(
  run: string,
  other: string,
): Promise<Effect[]> {
  const describe = async (folder: string) => {
    const summary = await readRunJson<ShapSummary>(
      folder,
      "shap/summary.json",
    );
    const record = await readRunJson<StageRecord>(folder, "shap/stage.json");
    const tests = await readTests(folder);
    return {
      gap: summary?.mean_absolute_gap ?? NaN,
      text: `${summary?.draws} draws, ${
        record?.parameters.alphas ?? "random"
      }: mean |gap| ${
        fixed(summary?.mean_absolute_gap ?? NaN, 4)
      }, ${summary?.genes} genes${
        tests.map(({ null: kind, space, p_t }) =>
          `, p ${formatP(p_t)} (${kind}, ${space})`
        ).join("")
      }`,
    };
  };
  const [now, old] = [await describe(run), await describe(other)];
  return [{
    id: "alphas_draws",
    old: old.text,
    now: now.text,
    meaning: `The gap of the old run is ${
      (old.gap / now.gap).toFixed(1)
    } times that of the new one; they share ${await formatOverlap(
      run,
      other,
    )}.`,
  }];
}

/** The choices in which two runs differ, and their results. */
export async function compareRuns(a: string, b: string): Promise<Effect[]> {
  const describe = async (folder: string) => {
    const metrics = await readRunJson<{ macro_f1: number }>(
      folder,
      "cnn/metrics.json",
    );
    const summary = await readRunJson<ShapSummary>(
      folder,
      "shap/summary.json",
    );
    const tests = await readTests(folder);
    return [
      `macro F1 ${fixed(metrics?.macro_f1 ?? NaN)}`,
      `${summary?.genes} genes from ${summary?.listed_ranks} ranks`,
      ...tests.map((test) =>
        `V ${fixed(test.statistic)} vs. ${
          fixed(test.null_mean)
        } (${test.null}, ${test.space}), p ${formatP(test.p_t)}`
      ),
    ].join("; ");
  };
  const choices = await differences(a, b);
  return [{
    id: "compare",
    old: await describe(a),
    now: await describe(b),
    meaning: `The runs differ in ${
      choices.length > 0
        ? choices.join(", ")
        : "no recorded parameter (their input may differ)"
    }; they share ${await formatOverlap(
      a,
      b,
    )}.`,
  }];
}

/** Parameters that differ: `cnn.batch-norm moving / recomputed`. */
async function differences(a: string, b: string): Promise<string[]> {
  const found: string[] = [];
  for (const stage of ["prepare", "cnn", "shap", "clusters", "ttest"]) {
    const [one, two] = await Promise.all(
      [a, b].map((folder) =>
        readRunJson<StageRecord>(folder, `${stage}/stage.json`)
      ),
    );
    const names = new Set(
      [one, two].flatMap((record) => Object.keys(record?.parameters ?? {})),
    );
    for (const name of [...names].sort()) {
      const values = [one, two].map((record) =>
        JSON.stringify(record?.parameters[name]) ?? "absent"
      );
      if (values[0] !== values[1]) {
        found.push(`${stage}.${name} ${values.join(" / ")}`);
      }
    }
  }
  return found;
}

/** The mean share of the best genes that two runs have in common. */
async function formatOverlap(a: string, b: string): Promise<string> {
  const [one, two] = await Promise.all(
    [a, b].map((folder) => readRunTable(folder, "shap/ranks.csv")),
  );
  const top = Math.min(TOP, one.length, two.length);
  const tissues = Object.keys(one[0]).filter((tissue) =>
    tissue !== "rank" && tissue in two[0]
  );
  if (tissues.length === 0) return "no tissue";
  const shares = tissues.map((tissue) => {
    const among = new Set(two.slice(0, top).map((row) => row[tissue]));
    return one.slice(0, top).filter((row) => among.has(row[tissue])).length /
      top;
  });
  return `${
    (100 * mean(shares)).toFixed(0)
  } % of the ${TOP} best genes of a tissue (mean of ${tissues.length} ` +
    `tissues; ${(100 * top / one.length).toFixed(0)} % by chance)`;
}
