/** One random gene set of each null model scored again from its seeds. */

import { InputError, rerun } from "../cli/errors.ts";
import { scoreGeneSets } from "../clusters/gene_set_worker.ts";
import type { Reproduce } from "../pipeline/stage.ts";
import { mean } from "../statistics/describe.ts";
import { mainMeasure } from "./measures.ts";
import { scoresOf } from "./null_tests.ts";
import { nullRows } from "./rows.ts";
import { nullValues, testResults } from "./outputs.ts";
import { reproduceFlag, type ttestParameters } from "./parameters.ts";
import { planTest, type TestContext, type TtestParts } from "./test_plan.ts";

/** `deno task ttest --reproduce 17`. */
export function reproduceSet(
  parts: TtestParts,
): Reproduce<ReturnType<typeof ttestParameters>> {
  return {
    ...reproduceFlag,
    async run(context: TestContext, number: number) {
      const { tests } = testResults.parse(
        await Deno.readTextFile(`${context.runFolder}/${testResults.file}`),
        testResults.file,
      );
      const setsOf = (geneSet: string, model: string) =>
        tests.find((test) =>
          test.gene_set === geneSet && test.null_model === model
        )?.sets ?? 0;
      const sets = Math.max(0, ...tests.map(({ sets }) => sets));
      if (number > sets) {
        throw new InputError(
          `Cannot score set ${number} again: the run has ${sets} random sets`,
          rerun("ttest", { reproduce: sets }),
        );
      }
      const plan = await planTest(context, parts);
      const path = `${context.runFolder}/${nullValues.file}`;
      const recorded = new Set((await Deno.readTextFile(path)).split("\n"));
      const nulls = plan.sets.flatMap(({ nulls }) => nulls)
        .filter(({ geneSet, model }) => number <= setsOf(geneSet, model.name));
      const scored = await scoreGeneSets(
        plan.inputs.setup,
        nulls.map(({ sets }) => sets[number - 1].task),
        context.settings.threads,
      );
      let same = true;
      const lines = nulls.flatMap((plan, index) =>
        scored[index].map((own) => {
          const rows = nullValues.format(nullRows(plan, number, own))
            .trimEnd().split("\n").slice(1);
          const missing = rows.filter((row) => !recorded.has(row)).length;
          same &&= missing === 0;
          const { space, repeats } = own;
          const seeds = new Set(
            repeats.flatMap(({ embeddingSeed }) => embeddingSeed ?? []),
          );
          return `${plan.geneSet}, ${plan.model.name}, ${space}: ` +
            `mean AMI ${
              mean(scoresOf(own, mainMeasure))
            } over ${rows.length} ` +
            `${rows.length === 1 ? "run" : "runs"} (gene seed ${
              plan.sets[number - 1].geneSeed
            }` +
            (seeds.size === 0
              ? ""
              : `, embedding ${seeds.size === 1 ? "seed" : "seeds"} ${
                [...seeds].join(", ")
              }`) +
            `); ${
              missing === 0
                ? "every row is in null.csv, to the last digit"
                : `${missing} rows differ from null.csv`
            }`;
        })
      );
      return { lines, same };
    },
  };
}
