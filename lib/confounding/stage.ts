/** The stage `confounding`: what goes with the study and not the tissue. */

import { fixed } from "../cli/numbers.ts";
import type { Values } from "../cli/parameters.ts";
import { countOf, quote } from "../cli/text.ts";
import { drawGenes } from "../gene_sets/gene_set.ts";
import { shapSet } from "../gene_sets/shap.ts";
import { defineStage, type StageContext } from "../pipeline/stage.ts";
import { type Dataset, readDataset } from "../prepare/dataset.ts";
import { shapGenes } from "../shap/outputs.ts";
import { shuffleCount } from "../statistics/shuffle_count.ts";
import { confoundingDeclaration } from "./declaration.ts";
import {
  associationOf,
  countCells,
  describeDesign,
  type Design,
  designOf,
  obstacleOf,
} from "./design.ts";
import type { StudyData } from "./gene_choice.ts";
import { geneVariance } from "./gene_variance.ts";
import { planHeldOut, testHeldOut } from "./held_out.ts";
import { readFoldOutputs, tellByNetworks } from "./network_outputs.ts";
import * as files from "./outputs.ts";
import type { confoundingParameters } from "./parameters.ts";
import { findStudyColumn } from "./study_column.ts";
import { planWithin, summarizeWithin, tellStudies } from "./within_tissue.ts";

type Context = StageContext<Values<typeof confoundingParameters>>;

/** Looks at the design, at predictions across studies, and at each gene. */
export const confoundingStage = defineStage({
  ...confoundingDeclaration,
  async run(context: Context) {
    const dataset = await readDataset(context);
    const set = shapSet(await context.read(shapGenes), dataset.genes).columns;
    // Opened here, so that every run of the stage records the same seeds.
    const streams = {
      heldOut: context.stream("held_out"),
      within: context.stream("within_tissue"),
      randomSets: context.stream("random_sets"),
      networks: context.stream("networks"),
      shuffles: context.stream("shuffles"),
    };
    const column = await findStudyColumn(context, dataset);
    const design = designOf(dataset, column?.texts ?? []);
    const facts = column === null
      ? {
        samples: design.rows.length,
        tissues: design.tissues.length,
        studies: 0,
        single_sample_studies: 0,
        single_study_tissues: [],
        shared_tissues: 0,
      }
      : describeDesign(design);
    const obstacle = obstacleOf(facts);
    const start = { column: column?.name ?? null, obstacle, ...facts };
    if (obstacle !== null) {
      const summary = {
        ...start,
        cramers_v: null,
        corrected_v: null,
        held_out: null,
        within: null,
        variance: null,
      };
      await context.write(files.confounding, summary);
      return { verdict: describe(summary) };
    }
    await context.write(files.studies, countCells(design));

    const data: StudyData = { dataset, design };
    const heldOut = holdOut(context, data, set, streams.heldOut);
    if (heldOut !== null) await context.write(files.heldOut, heldOut.rows);

    const randomSets = Array.from(
      { length: context.parameters["random-sets"] },
      (_, index) =>
        drawGenes(
          dataset.genes.length,
          set.length,
          streams.randomSets.child(String(index + 1)).seed,
        ),
    );
    const plans = planWithin(design, streams.within);
    const outputs = plans.length === 0 ? [] : await readFoldOutputs(context);
    const told = tellWithProgress(context, data, plans, set, randomSets);
    const within = told.map((row, index) => ({
      ...row,
      ...tellByNetworks(
        plans[index],
        design,
        outputs,
        (sample) => dataset.sampleIds[design.rows[sample]],
        streams.networks,
      ),
    }));
    if (within.length > 0) await context.write(files.withinTissue, within);

    const variance = testGenes(
      context,
      { dataset, design },
      set,
      streams.shuffles,
    );
    if (variance !== null) {
      await context.write(files.genes, variance.rows);
      await context.draw(files.varianceFigure, { rows: variance.rows });
    }
    const summary = {
      ...start,
      ...associationOf(design),
      held_out: heldOut?.summary ?? null,
      within: summarizeWithin(within),
      variance: variance?.summary ?? null,
    };
    await context.write(files.confounding, summary);
    return { verdict: describe(summary) };
  },
});

function holdOut(
  context: Context,
  data: StudyData,
  set: ArrayLike<number>,
  stream: ReturnType<Context["stream"]>,
) {
  const plan = planHeldOut(data.design, context.parameters.samples, stream);
  if (plan === null) return null;
  const choices = [
    { genes: "set", columns: set },
    { genes: "all", columns: null },
  ] as const;
  using progress = context.progress(
    "holding out studies",
    plan.studies.length * choices.length * files.classifierNames.length,
    "trials",
  );
  return testHeldOut(data, plan, choices, () => progress.advance());
}

function testGenes(
  context: Context,
  { dataset, design }: { readonly dataset: Dataset; readonly design: Design },
  set: ArrayLike<number>,
  stream: ReturnType<Context["stream"]>,
) {
  const count = shuffleCount(
    "auto",
    design.rows.length,
    dataset.genes.length,
  );
  using progress = context.progress("shuffling studies", count, "shuffles");
  const onShuffle = () => progress.advance();
  return geneVariance(dataset, design, set, { count, stream, onShuffle });
}

function tellWithProgress(
  context: Context,
  data: StudyData,
  plans: ReturnType<typeof planWithin>,
  set: ArrayLike<number>,
  randomSets: readonly ArrayLike<number>[],
): ReturnType<typeof tellStudies>[] {
  if (plans.length === 0) return [];
  using progress = context.progress("telling studies", plans.length, "tissues");
  return plans.map((plan) => {
    const row = tellStudies(data, plan, set, randomSets);
    progress.advance();
    return row;
  });
}

/** The lines for the terminal. */
function describe(summary: files.ConfoundingSummary): string {
  const { column, obstacle, studies, held_out, variance } = summary;
  if (obstacle !== null) {
    return {
      "no column":
        "Not looked at: no column names the studies (--batch COLUMN)",
      "one study": `Not looked at: all samples are of one ${
        quote(column ?? "")
      }`,
      "single samples": `Not looked at: most of the ${
        countOf(studies, "study", "studies")
      } of ${quote(column ?? "")} have one sample`,
    }[obstacle];
  }
  const lines = [
    `${countOf(studies, "study", "studies")} (${quote(column ?? "")}), ` +
    `Cramér's V with the tissue ${
      fixed(summary.corrected_v ?? summary.cramers_v, 2)
    }; ${
      countOf(summary.single_study_tissues.length, "tissue")
    } of a single study`,
  ];
  const ridge = held_out?.scores.find(({ classifier, genes }) =>
    classifier === "ridge" && genes === "set"
  );
  if (ridge !== undefined) {
    lines.push(
      `Macro F1 of ridge by the SHAP set: ${
        fixed(ridge.random_macro_f1)
      }, with a whole study held out ${fixed(ridge.macro_f1)}`,
    );
  }
  if (variance !== null) {
    lines.push(
      `${variance.set.more_by_study} of ${
        countOf(variance.set.genes, "gene")
      } of the SHAP set vary more by study than by tissue`,
    );
  }
  return lines.join("\n");
}
