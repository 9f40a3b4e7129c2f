/** The stage `genesets`: simple rankings of the genes, beside SHAP's. */

import { basename } from "node:path";
import { percent } from "../cli/numbers.ts";
import type { Values } from "../cli/parameters.ts";
import { withCommas } from "../cli/text.ts";
import { defineStage, type StageContext } from "../pipeline/stage.ts";
import { readDataset } from "../prepare/dataset.ts";
import type { NamedGene } from "../prepare/gene_label.ts";
import { filteredGenes } from "../prepare/outputs.ts";
import { contrastRows, tissueContrasts } from "../prepare/tissue_contrasts.ts";
import { isTrueUp, truth as simulatedTruth } from "../simulate/outputs.ts";
import { topCount } from "../statistics/rank_agreement.ts";
import { declareGenesets } from "./declaration.ts";
import { geneTableRows } from "./gene_table.ts";
import { rankingMethods } from "./methods.ts";
import * as files from "./outputs.ts";
import { overlapsWith } from "./overlap.ts";
import { genesetsParameters } from "./parameters.ts";
import { rankTissues } from "./rank_tissues.ts";
import type { RankingInput, RankingMethod } from "./ranking_method.ts";
import { DEPTHS, measureRecovery, VERDICT_DEPTH } from "./recovery.ts";
import { testRidge } from "./ridge.ts";
import * as rows from "./rows.ts";
import { measureSets } from "./set_recovery.ts";
import { readShapLists } from "./shap_rankings.ts";
import { frequencyLookup, summarizeStability } from "./stability/rows.ts";
import {
  addShap,
  repeatOnHalves,
  writeStability,
} from "./stability/stage_part.ts";
import { describeMismatch, type KnownGene, matchTruth } from "./truth.ts";
import { readTruthFile } from "./truth_file.ts";

type Context = StageContext<Values<typeof genesetsParameters>>;

/** @param methods The simple rankings. */
export function makeGenesetsStage(methods: readonly RankingMethod[]) {
  return defineStage({
    ...declareGenesets(methods),
    async run(context) {
      const dataset = await readDataset(context);
      const { genes, geneFacts } = dataset;
      const shap = await readShapLists(context, dataset);
      const stream = context.stream("bootstrap");
      // Before the work, for the file may not fit.
      const known = await readKnownGenes(context);
      const truth = known &&
        matchTruth(
          known.rows,
          dataset,
          await readFiltered(context),
          known.name,
        );

      const input: RankingInput = {
        dataset,
        rows: contrastRows(dataset),
        contrasts: tissueContrasts(dataset),
      };
      const rivals = rankWithProgress(context, methods, input);
      const stability = await addShap(
        context,
        repeatOnHalves(context, rivals, input, shap.setRanks),
        shap.rankings[0].lists,
        input,
        shap.setRanks,
      );
      const listed = Math.max(context.parameters.top, shap.setRanks);
      for (const { method, ranked } of rivals) {
        await context.write(
          files.rankingTable(method),
          rows.rankingRows(dataset, ranked, listed),
        );
      }
      const rankings = [
        ...shap.rankings,
        ...rivals.map(({ method, ranked }) => rows.asRanking(method, ranked)),
      ];
      await context.write(
        files.geneTable(files.rankingNames(methods)),
        geneTableRows({
          genes,
          geneFacts,
          contrasts: input.contrasts,
          rankings,
          columns: files.rankingNames(methods),
          frequenciesOf: frequencyLookup(
            stability,
            methods.map(({ name }) => name),
          ),
          set: shap.set,
          listed,
        }),
      );
      if (stability !== null) await writeStability(context, stability, dataset);
      const ridge = testRidge(dataset);
      await context.write(
        files.ridgePredictions,
        rows.predictionRows(dataset, ridge),
      );

      let found: files.TruthSummary | null = null;
      if (known !== null && truth !== null) {
        for (const line of describeMismatch(truth, known.name)) {
          context.warn(line);
        }
        const depths = [...new Set([...DEPTHS, shap.setRanks])]
          .filter((k) => k > 0).sort((a, b) => a - b);
        const measured = measureRecovery(
          rankings,
          truth.tissues,
          genes.length,
          depths,
          stream,
        );
        await context.write(
          files.recovery,
          rows.recoveryRows(measured, genes.length),
        );
        await context.write(files.recoveryCurves, rows.curveRows(measured));
        await context.draw(
          files.recoveryFigure,
          rows.curveData(measured, truth.tissues, genes.length),
        );
        found = rows.summarizeTruth(
          known.source,
          truth,
          measured,
          measureSets(
            shap,
            rivals.map(({ method: { name }, ranked }) => ({ name, ranked })),
            truth.tissues,
          ),
          genes.length,
        );
      }
      await context.write(files.summary, {
        training_samples: input.rows.length,
        listed_ranks: listed,
        shap_set_ranks: shap.setRanks,
        methods: methods.map(({ name, title }) => ({ method: name, title })),
        overlaps: overlapsWith(
          rankings[0],
          rankings.slice(1),
          topCount(genes.length),
        ),
        ridge: rows.summarizeRidge(ridge),
        stability: stability && summarizeStability(stability),
        truth: found,
      });
      return { verdict: describe(methods, input, found) };
    },
  });
}

export const genesetsStage = makeGenesetsStage(rankingMethods);

/** The user's known genes, or those that the demo has planted. */
async function readKnownGenes(context: Context): Promise<
  {
    readonly source: "file" | "simulation";
    readonly name: string;
    readonly rows: readonly KnownGene[];
  } | null
> {
  const { truth: path } = context.parameters;
  if (path !== "") {
    await context.userInput(path);
    const rows = await readTruthFile(path);
    return { source: "file", name: basename(path), rows };
  }
  // A simulated matrix may be left over from an earlier run.
  const { input } = await context.parametersOf("prepare");
  if (input !== "" || !await context.has(simulatedTruth)) return null;
  const rows = (await context.read(simulatedTruth)).filter(isTrueUp);
  if (rows.length === 0) return null;
  return { source: "simulation", name: simulatedTruth.file, rows };
}

/** The genes that too few samples express. */
async function readFiltered(
  context: Pick<Context, "has" | "read">,
): Promise<readonly NamedGene[]> {
  return await context.has(filteredGenes)
    ? await context.read(filteredGenes)
    : [];
}

function rankWithProgress(
  context: Pick<Context, "progress">,
  methods: readonly RankingMethod[],
  input: RankingInput,
) {
  using progress = context.progress("ranking", methods.length, "methods");
  return methods.map((method) => {
    const ranked = rankTissues(method, input);
    progress.advance();
    return { method, ranked };
  });
}

function describe(
  methods: readonly RankingMethod[],
  { rows, contrasts }: RankingInput,
  truth: files.TruthSummary | null,
): string {
  const ranked = `${methods.map(({ title }) => title).join(", ")} on ${
    withCommas(rows.length)
  } samples of ${contrasts.length} tissues`;
  if (truth === null) return ranked;
  const depth = truth.rankings[0].depths.findLast(({ k }) =>
    k <= VERDICT_DEPTH
  );
  if (depth === undefined) return ranked;
  return `Known genes among each tissue's first ${depth.k}: ` +
    truth.rankings.map(({ title, depths }) =>
      `${title} ${
        percent(depths.find(({ k }) => k === depth.k)!.precision.mean)
      }`
    ).join(", ");
}
