/** The section on the tests against random gene sets. */

import { unfit } from "../store/unfit.ts";
import { countOf, quote } from "../cli/text.ts";
import { geneSets, scores } from "../clusters/outputs.ts";
import { meanScores } from "../clusters/section.ts";
import { details, paragraphs } from "../report/markdown.ts";
import { folds } from "../prepare/outputs.ts";
import { defineSection, type Section } from "../report/section.ts";
import type { RowOf } from "../store/table.ts";
import type { ValueOf } from "../store/fields.ts";
import type { Space } from "../clusters/spaces/space.ts";
import { spaces } from "../clusters/spaces/spaces.ts";
import type { NullModel } from "./null_models/null_model.ts";
import { nullModels } from "./null_models/null_models.ts";
import {
  nullTests,
  nullValues,
  type SpaceTest,
  testResults,
} from "./outputs.ts";
import { allTestsPart } from "./section/all_tests.ts";
import { isUnseen } from "./section/unseen.ts";
import {
  ttestClause,
  ttestDetails,
  ttestOpening,
  ttestWarning,
} from "./section/verdict.ts";
import { mainTest, nullSeeds } from "./section/main_test.ts";
import { byGeneSet } from "./section/words.ts";

export interface TtestFindings {
  /** By AMI; the main test comes first. */
  readonly tests: readonly SpaceTest[];
  /** By V-measure and ARI. */
  readonly others: readonly SpaceTest[];
  readonly geneSets: ValueOf<typeof testResults.fields.gene_sets>;
  /** Of the main test. */
  readonly nullRows: readonly RowOf<typeof nullValues>[];
  /** How the samples were clustered: k, and how many. */
  readonly clustered: { readonly k: number; readonly samples: number };
  /** Whether every sample was a test sample of some fold. */
  readonly crossFitted: boolean;
  /** AMI of each tested set and of all genes, in the space of its first test. */
  readonly amis: readonly {
    readonly gene_set: string;
    readonly own: number;
    readonly all: number;
  }[];
}

/** Makes the section; spaces and null models give their names in words. */
export function makeTtestSection(
  spaces: readonly Space[],
  nullModels: readonly NullModel[],
): Section<TtestFindings> {
  const known = { spaces, nullModels };
  return defineSection({
    title: "Test against random gene sets",
    async read({ read, has }) {
      const { tests, other_measures: others, gene_sets, k, samples } =
        await read(testResults);
      if (tests.length === 0 || tests.some(({ sets }) => sets < 1)) {
        throw unfit(
          testResults.file,
          "it must hold a test, and each test a random set",
        );
      }
      const [main] = tests;
      const nullRows = (await read(nullValues)).filter((row) =>
        row.gene_set === main.gene_set && row.null_model === main.null_model &&
        row.space === main.space
      );
      const means = meanScores(await read(scores));
      const all = (await read(geneSets)).find(({ kind }) => kind === "all");
      const amiOf = (set: string | undefined, space: string) => {
        const row = means.find((row) =>
          row.gene_set === set && row.space === space
        );
        if (row !== undefined) return row.ami;
        throw set === undefined
          ? unfit(geneSets.file, "it must list the set of all genes")
          : unfit(
            scores.file,
            `it must hold scores of ${quote(set)} in the space ${quote(space)}`,
          );
      };
      const amis = byGeneSet(tests).map(([{ gene_set, space }]) => ({
        gene_set,
        own: amiOf(gene_set, space),
        all: amiOf(all?.gene_set, space),
      }));
      const clustered = { k, samples };
      return {
        tests,
        others,
        geneSets: gene_sets,
        nullRows,
        clustered,
        amis,
        crossFitted: await has(folds),
      };
    },
    summarize: ({ tests, others }) => ({ tests, other_measures: others }),
    citations: () => [
      "the empirical p-value with one added above and below the line: Phipson " +
      "and Smyth, Statistical Applications in Genetics and Molecular Biology 9 " +
      "(2010)",
      "the p-value that stops counting: Besag and Clifford, Biometrika 78 (1991)",
      "p-values adjusted together (minP): Westfall and Young, Resampling-Based " +
      "Multiple Testing (1993)",
      "AMI for classes of different size: Romano, Vinh, Bailey and Verspoor, " +
      "Journal of Machine Learning Research 17 (2016)",
    ],
    opening: ttestOpening,
    warning: ttestWarning,
    points: (found, run) => ({
      random: ttestClause(found, known, isUnseen(found, run)),
    }),
    details: (found, run) => ttestDetails(found, known, isUnseen(found, run)),
    write: (found, run) =>
      paragraphs(
        ...mainTest(found, known, run),
        details(
          `Seeds of the null distribution (${
            countOf(found.tests[0].sets, "random set")
          })`,
          nullSeeds(found),
        ),
        run.figure(nullTests.file),
        allTestsPart(
          found.tests,
          found.others,
          known,
          Number(run.parameter("ttest", "sets") ?? 0),
        ),
      ),
  });
}

export const ttestSection = makeTtestSection(spaces, nullModels);
