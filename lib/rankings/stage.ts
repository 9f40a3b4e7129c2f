/** The stage `genesets`: simple rankings of the genes, beside SHAP's. */

import { defineStage } from "../pipeline/stage.ts";
import { readDataset } from "../prepare/dataset.ts";
import { readTransform } from "../prepare/read_transform.ts";
import { contrastRows, tissueContrasts } from "../prepare/tissue_contrasts.ts";
import { undoTransform } from "../prepare/undo_transform.ts";
import { topCount } from "../statistics/rank_agreement.ts";
import { madeByNetwork, readAttributions } from "./attributions.ts";
import { declareGenesets } from "./declaration.ts";
import { geneTableRows } from "./gene_table.ts";
import { oneOfEachFamily } from "./consensus/consensus.ts";
import { chooseCore, coreCandidates } from "./core/choose_core.ts";
import {
  type Compared,
  findCoreOf,
  summarizeCore,
  writeComparison,
} from "./core/stage_part.ts";
import {
  chooseFurther,
  furtherRankings,
  rankingMethods,
  voters,
} from "./methods.ts";
import { readFiltered, readKnownGenes } from "./known_genes.ts";
import * as files from "./outputs.ts";
import { overlapsWith } from "./overlap.ts";
import { rankWithProgress } from "./rank_with_progress.ts";
import type { RankingInput, RankingMethod } from "./ranking_method.ts";
import { RankingWorkers } from "./ranking_workers.ts";
import { testRidge } from "./ridge.ts";
import * as rows from "./rows.ts";
import { readShapLists, readTissueGenes, SHAP } from "./shap_rankings.ts";
import { isSimple } from "./simple.ts";
import { describe, inEveryRun } from "./shown_rankings.ts";
import { planShuffles } from "./shuffles/plan_shuffles.ts";
import { testByShuffles } from "./shuffles/stage_part.ts";
import { specificity } from "./specificity/outputs.ts";
import {
  measureSpecificity,
  specificityRows,
  summarizeSpecificity,
} from "./specificity/rows.ts";
import { testSpecificGenes } from "./specific_genes.ts";
import { frequencyLookup, summarizeStability } from "./stability/rows.ts";
import {
  addShap,
  repeatOnHalves,
  writeStability,
} from "./stability/stage_part.ts";
import { fitTrees } from "./trees/fit.ts";
import { fitWithProgress } from "./trees/stage_part.ts";
import { isOfTrees } from "./trees/names.ts";
import { matchTruth } from "./truth.ts";
import { writeRecovery } from "./write_recovery.ts";

/**
 * @param methods The simple rankings that every run makes.
 * @param further Those that the flag chooses from.
 */
export function makeGenesetsStage(
  methods: readonly RankingMethod[],
  further: readonly RankingMethod[] = furtherRankings,
) {
  return defineStage({
    ...declareGenesets(methods, further),
    async run(context) {
      const { trees: fits, "tree-rounds": rounds } = context.parameters;
      const dataset = await readDataset(context);
      const { genes, geneFacts } = dataset;
      const shap = await readShapLists(context, dataset);
      const tissueGenes = await readTissueGenes(context, dataset);
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

      const network = await readAttributions(context, dataset);
      const transform = await readTransform(context);
      const input: RankingInput = {
        dataset,
        rows: contrastRows(dataset),
        contrasts: tissueContrasts(dataset),
        toLinear: undoTransform(transform),
        ...(shap.hasFoldLists && { shap: shap.rankings[0].lists }),
        trees: { fits, rounds, seedOf: context.seedOf },
        network,
      };
      const chosen = chooseFurther(context.parameters.methods, further);
      const beside = [...chosen, ...madeByNetwork(network)];
      const all = [...methods, ...beside];
      const quick = all.filter((method) => method.isQuick?.(input) ?? true);
      const { shuffles, without_p } = planShuffles(
        context.parameters.shuffles,
        all,
        input,
      );
      await using workers = new RankingWorkers(
        input,
        quick,
        transform,
        // No more than have something to do.
        Math.min(
          context.settings.threads,
          Math.max(1, fits, context.parameters.halves, shuffles),
        ),
      );
      if (all.some(isOfTrees)) await fitWithProgress(context, workers, fits);
      const rivals = await testByShuffles(
        context,
        workers,
        rankWithProgress(context, all, input),
        input,
        shuffles,
      );
      const stability = await addShap(
        context,
        await repeatOnHalves(
          context,
          workers,
          rivals.filter(({ method }) => quick.includes(method)),
          input,
          shap.setRanks,
        ),
        shap.rankings[0].lists,
        input,
        shap.setRanks,
      );
      const listed = Math.max(context.parameters.top, shap.setRanks);
      const { "specific-factor": factor } = context.parameters;
      const specificGenes = testSpecificGenes({
        dataset,
        rows: input.rows,
        margin: Math.log2(factor),
      });
      for (const { method, ranked } of rivals) {
        await context.write(
          files.rankingTable(method),
          rows.rankingRows(method, dataset, ranked, listed),
        );
      }
      const rankings = [
        ...shap.rankings,
        ...rivals.map(({ method, ranked }) => rows.asRanking(method, ranked)),
      ];
      const compared: Compared = {
        dataset,
        contrasts: input.contrasts,
        rankings,
        shap,
        core: chooseCore(
          context.parameters.core,
          coreCandidates(methods, chosen),
        ),
      };
      const core = findCoreOf(compared);
      const furtherNames = beside.map(({ name }) => name);
      await context.write(
        files.geneTable(files.rankingNames(methods), furtherNames),
        geneTableRows({
          genes,
          geneFacts,
          contrasts: input.contrasts,
          rankings: inEveryRun(rankings, methods),
          columns: files.rankingNames(methods),
          further: rankings.filter(({ name }) => furtherNames.includes(name)),
          core,
          frequenciesOf: frequencyLookup(
            stability,
            files.rankingNames(methods).filter(isSimple),
          ),
          specificGenes,
          set: shap.set,
          listed,
        }),
      );
      if (stability !== null) {
        await writeStability(context, stability, dataset, methods);
      }
      await writeComparison(context, compared, core, [
        SHAP,
        ...compared.core,
        ...oneOfEachFamily([...voters, ...all]).map(({ name }) => name),
      ]);
      const specific = measureSpecificity(input);
      await context.write(specificity, specificityRows(input, specific));
      const ridge = testRidge(dataset);
      await context.write(
        files.ridgePredictions,
        rows.predictionRows(dataset, ridge),
      );

      const found = known && truth && await writeRecovery(
        context,
        { known, truth, rankings, rivals, shap, methods },
        genes.length,
        stream,
      );
      await context.write(files.summary, {
        training_samples: input.rows.length,
        listed_ranks: listed,
        shap_set_ranks: shap.setRanks,
        methods: all.map(({ name, title }) => ({ method: name, title })),
        tissues: input.contrasts.length,
        consensus_without_shap: input.contrasts
          .map(({ tissue }) => tissue)
          .filter((tissue) => !input.shap?.get(tissue)?.length),
        shuffles,
        without_p,
        limma: rows.summarizeLimma(input),
        specificity: summarizeSpecificity(specific),
        overlaps: overlapsWith(
          rankings[0],
          rankings.slice(1),
          topCount(genes.length),
        ),
        ridge: rows.summarizeRidge(ridge),
        core: summarizeCore(core),
        trees: all.some(isOfTrees)
          ? rows.summarizeTrees(fits, rounds, fitTrees(input))
          : null,
        stability: stability && summarizeStability(stability),
        specific_genes: specificGenes &&
          rows.summarizeSpecificGenes(specificGenes, tissueGenes, factor),
        truth: found,
      });
      return { verdict: describe(methods, all, input, found) };
    },
  });
}

export const genesetsStage = makeGenesetsStage(rankingMethods);
