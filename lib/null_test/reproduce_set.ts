/** One random gene set scored once more, for whoever wants to see it. */

import { scoreGeneSets } from "../clusters/gene_set_worker.ts";
import { InputError } from "../cli/errors.ts";
import { integer } from "../cli/parameters.ts";
import type { Reproduce } from "../pipeline/stage.ts";
import { writeTable } from "../store/csv.ts";
import { mean } from "../statistics/describe.ts";
import { planTest, type TestContext } from "./test_plan.ts";
import type { ttestParameters } from "./parameters.ts";
import { ALL_COLUMNS, setRows } from "./outputs.ts";

/** `deno task ttest --only 17`. */
export const reproduceSet: Reproduce<typeof ttestParameters> = {
  flag: "only",
  parameter: integer(
    0,
    { minimum: 1, maximum: 1_000_000 },
    "scores this one random set again, by the seeds in nulls.csv, and says " +
      "whether it comes out the same; writes nothing",
  ),
  async run(context: TestContext, number: number) {
    const { sets } = context.parameters;
    if (number > sets) {
      throw new InputError(
        `Cannot score set ${number} again: the run has ${sets} random sets`,
        `deno task ttest --only ${sets}`,
      );
    }
    const { setup, plans } = await planTest(context);
    const path = `${context.runFolder}/ttest/nulls.csv`;
    const recorded = new Set((await Deno.readTextFile(path)).split("\n"));
    const planned = plans.map(({ kind, sets }) => ({
      kind,
      set: sets[number - 1],
    }));
    const scored = await scoreGeneSets(
      setup,
      planned.map(({ set }) => set.task),
      context.settings.threads,
    );
    const lines: string[] = [];
    let same = true;
    planned.forEach(({ kind, set }, at) =>
      set.task.spaces.forEach(({ space, embeddingSeed }, place) => {
        const rows = setRows(kind, number, set, scored[at], place);
        const [, ...texts] = writeTable(ALL_COLUMNS, rows).trimEnd().split(
          "\n",
        );
        const found = texts.filter((text) => recorded.has(text)).length;
        const v = mean(
          scored[at][place].repeats.map(({ vMeasure }) => vMeasure),
        );
        same &&= found === texts.length;
        lines.push(
          `${kind.name}, ${space}: mean V-measure ${v} over ${texts.length} ` +
            `repeats (gene seed ${set.geneSeed}` +
            (embeddingSeed === null
              ? ""
              : `, embedding seed ${embeddingSeed}`) +
            `); ${
              found === texts.length
                ? "every row is in nulls.csv, to the last digit"
                : `${texts.length - found} rows differ from nulls.csv`
            }`,
        );
      })
    );
    return { lines, same };
  },
};
