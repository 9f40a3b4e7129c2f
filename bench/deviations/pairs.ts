/** Effects measured with two runs that differ in one choice. */

import { mean } from "../../lib/statistics/describe.ts";
import { type Effect, fixed, formatP } from "./bench.ts";
import { metrics } from "../../lib/cnn/outputs.ts";
import { ranks, summary } from "../../lib/shap/outputs.ts";
import { runReader } from "../run_reader.ts";
import { readParameters, readTests } from "./run.ts";

/** How many of the best genes of a tissue are compared. */
const TOP = 100;

/** The draws of two runs: the additivity gap and the test. */
export async function alphasDraws(
  run: string,
  other: string,
): Promise<Effect[]> {
  const describe = async (folder: string) => {
    const { draws, genes, mean_absolute_gap: gap } = await runReader(folder)
      .read(summary);
    const { alphas } = await readParameters(folder, "shap");
    const tests = await readTests(folder);
    return {
      gap,
      text: `${draws} draws, ${alphas}: mean |gap| ${
        fixed(gap, 4)
      }, ${genes} genes${
        tests.map(({ null_model, space, p_t }) =>
          `, p ${formatP(p_t)} (${null_model}, ${space})`
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
    const reader = runReader(folder);
    const { macro_f1 } = await reader.read(metrics);
    const { genes, listed_ranks } = await reader.read(summary);
    const tests = await readTests(folder);
    return [
      `macro F1 ${fixed(macro_f1 ?? NaN)}`,
      `${genes} genes from ${listed_ranks} ranks`,
      ...tests.map((test) =>
        `V ${fixed(test.statistic)} vs. ${
          fixed(test.null_mean)
        } (${test.null_model}, ${test.space}), p ${formatP(test.p_t)}`
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
      [a, b].map((folder) => readParameters(folder, stage)),
    );
    for (const name of Object.keys({ ...one, ...two }).sort()) {
      const values = [one, two].map((parameters) =>
        JSON.stringify(parameters[name]) ?? "absent"
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
    [a, b].map((folder) => runReader(folder).read(ranks)),
  );
  const genes = one.values.length;
  const top = Math.min(TOP, genes, two.values.length);
  const tissues = one.names.filter((tissue) => two.names.includes(tissue));
  if (tissues.length === 0) return "no tissue";
  const topOf = ({ names, values }: typeof one, tissue: string) => {
    const column = names.indexOf(tissue);
    return values.slice(0, top).map((row) => row[column]);
  };
  const shares = tissues.map((tissue) => {
    const among = new Set(topOf(two, tissue));
    return topOf(one, tissue).filter((gene) => among.has(gene)).length / top;
  });
  return `${
    (100 * mean(shares)).toFixed(0)
  } % of the ${TOP} best genes of a tissue (mean of ${tissues.length} ` +
    `tissues; ${(100 * top / genes).toFixed(0)} % by chance)`;
}
