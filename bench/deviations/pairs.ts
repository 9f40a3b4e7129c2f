/** Effects that show between two runs that differ in one choice. */

import { mean } from "../../lib/statistics/describe.ts";
import { type Effect, formatP, say } from "./bench.ts";
import { readRunJson, readRunTable, readTests } from "./run.ts";

/** How many of a tissue's best genes are compared. */
const TOP = 100;

interface ShapSummary {
  readonly draws: number;
  readonly genes: number;
  readonly listed_ranks: number;
  readonly mean_absolute_gap: number;
}

type StageRecord = { readonly parameters: Readonly<Record<string, unknown>> };

/** Two runs' draws: how far the scores miss their sum, and the test. */
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
        say(summary?.mean_absolute_gap ?? NaN, 4)
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
    meaning: `The gap of the old way is ${
      (old.gap / now.gap).toFixed(1)
    } times that of the new; the ${TOP} best genes of a tissue agree by ${await formatOverlap(
      run,
      other,
    )}.`,
  }];
}

/** What two runs differ in, and what became of it. */
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
      `macro F1 ${say(metrics?.macro_f1 ?? NaN)}`,
      `${summary?.genes} genes, cut at rank ${summary?.listed_ranks}`,
      ...tests.map((test) =>
        `V ${say(test.statistic)} against ${
          say(test.null_mean)
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
    }; the ${TOP} best genes of a tissue agree by ${await formatOverlap(
      a,
      b,
    )}.`,
  }];
}

/** Parameters that are not the same: `cnn.statistics moving / exact`. */
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

/** The mean share of each tissue's best genes that two runs have in common. */
async function formatOverlap(a: string, b: string): Promise<string> {
  const [one, two] = await Promise.all(
    [a, b].map((folder) => readRunTable(folder, "shap/ranks.csv")),
  );
  const top = Math.min(TOP, one.length, two.length);
  const tissues = Object.keys(one[0]).filter((tissue) =>
    tissue !== "rank" && tissue in two[0]
  );
  if (tissues.length === 0) return "nothing, as they share no tissue";
  const shares = tissues.map((tissue) => {
    const among = new Set(two.slice(0, top).map((row) => row[tissue]));
    return one.slice(0, top).filter((row) => among.has(row[tissue])).length /
      top;
  });
  return `${(100 * mean(shares)).toFixed(0)} % (mean of ${tissues.length} ` +
    `tissues; ${(100 * top / one.length).toFixed(0)} % by chance)`;
}
