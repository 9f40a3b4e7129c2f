/** Made-up runs for the tests of the stage `panels`. */

import { panelsParameters } from "../../lib/panels/parameters.ts";
import { panelsSection } from "../../lib/panels/section.ts";
import { summarizeFindings } from "../../lib/panels/section/findings.ts";
import { panelsStage } from "../../lib/panels/stage.ts";
import {
  foldRanks,
  ranks,
  shapGenes,
  testRanks,
} from "../../lib/shap/outputs.ts";
import { MadeRun, type PreparedSample, setRow } from "../made_run.ts";

export { geneId } from "../made_run.ts";

export const TISSUES = ["leaf", "root", "stem"];

export type MadeSample = PreparedSample;

/** Genes of each tissue, best first, by tissue. */
export type Lists = Readonly<Record<string, readonly string[]>>;

/** What a run is made from. */
export interface MadeData {
  readonly samples: readonly MadeSample[];
  readonly genes: readonly string[];
  /** Of each fold; without them SHAP explained test samples only. */
  readonly foldLists?: readonly Lists[];
  readonly testLists: Lists;
  /** Genes a tissue that are in the set. */
  readonly selected?: number;
}

/** Rows of the tables of ranks. */
function rowsOf(lists: Lists, selected: number) {
  return Object.entries(lists).flatMap(([tissue, genes]) =>
    genes.map((gene, index) => ({
      tissue,
      rank: index + 1,
      gene,
      median_shap: 1 / (index + 1),
      selected: index < selected,
    }))
  );
}

/** A run with prepared data and SHAP's ranks. */
export class MadePanels extends MadeRun {
  static async make(data: MadeData): Promise<MadePanels> {
    const run = new MadePanels(await Deno.makeTempDir());
    const { samples, genes, foldLists, testLists, selected = 4 } = data;
    await run.writePrepared(samples, genes);
    if (foldLists) {
      await run.write(
        foldRanks,
        foldLists.flatMap((lists, index) =>
          rowsOf(lists, selected).map((row) => ({ fold: index + 1, ...row }))
        ),
      );
      await run.write(testRanks, rowsOf(testLists, selected));
    } else {
      await run.#writeStudyRanks(testLists, selected);
    }
    return run;
  }

  /** Runs the stage; by default few random panels. */
  async judge(
    values: {
      readonly sizes?: readonly string[];
      readonly sets?: number;
      readonly repeats?: number;
    } = {},
    threads = 1,
  ): Promise<string> {
    const { verdict } = await panelsStage.run(
      await this.context("panels", {
        sizes: ["1", "2"],
        sets: 79,
        repeats: panelsParameters.repeats.default,
        ...values,
      }, threads),
    );
    return verdict;
  }

  /** What the report says of the stage. */
  async report() {
    const { found, ...said } = await this.reportOf(
      "panels",
      panelsSection,
      { "panel_curves.svg": "Panels" },
    );
    return {
      ...said,
      summary: summarizeFindings(found),
    };
  }

  /** What `shap` writes of test samples alone. */
  async #writeStudyRanks(lists: Lists, selected: number): Promise<void> {
    const names = Object.keys(lists);
    const longest = Math.max(...names.map((name) => lists[name].length));
    const depths = Array.from({ length: longest }, (_, index) => index);
    await this.write(ranks, {
      names,
      first: depths.map((index) => index + 1),
      values: depths.map((index) =>
        names.map((name) => lists[name][index] ?? null)
      ),
    });
    await this.write(
      shapGenes,
      names.flatMap((tissue) =>
        lists[tissue].slice(0, selected)
          .map((gene, index) => setRow(gene, tissue, index + 1))
      ),
    );
  }
}
