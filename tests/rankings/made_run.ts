/** A made-up run with few genes, for the tests of the stage `genesets`. */

import type { Values } from "../../lib/cli/parameters.ts";
import { predictions } from "../../lib/cnn/outputs.ts";
import type { Section } from "../../lib/report/section.ts";
import { genesetsParameters } from "../../lib/rankings/parameters.ts";
import { rankingMethods } from "../../lib/rankings/methods.ts";
import type { RankingMethod } from "../../lib/rankings/ranking_method.ts";
import { makeGenesetsStage } from "../../lib/rankings/stage.ts";
import { RandomStream } from "../../lib/random.ts";
import { ranks, shapGenes, tissueGenes } from "../../lib/shap/outputs.ts";
import { geneId, MadeRun as AnyMadeRun, setRow } from "../made_run.ts";

export const TISSUES = ["leaf", "root", "stem"];
/** Genes 0 to 3 are higher in leaf, 4 to 7 in root, 8 to 11 in stem. */
export const GENES = Array.from({ length: 120 }, (_, gene) => geneId(gene));
const MARKERS = 4;
/** Samples a tissue, of which the last two are tested. */
const SAMPLES = 8;

/** What a test changes. */
export interface Changes {
  /** Files of the run beside the prepared ones, by path. */
  readonly files?: Readonly<Record<string, string>>;
  /** The order of the samples' rows, from the usual one. */
  readonly order?: (rows: number[]) => number[];
  readonly folds?: number;
  /** A sample's group, from its id. */
  readonly groupOf?: (id: string) => string;
  /** Whether a network gets each test sample right. */
  readonly isRight?: (sample: number) => boolean;
}

/** A run with prepared data and SHAP's lists. */
export class MadeRun extends AnyMadeRun {
  static async make(changes: Changes = {}): Promise<MadeRun> {
    const run = new MadeRun(await Deno.makeTempDir());
    await Deno.mkdir(`${run.path}/simulate`);
    await run.#writeData(changes);
    await run.#writeShap();
    for (const [path, text] of Object.entries(changes.files ?? {})) {
      await Deno.writeTextFile(`${run.path}/${path}`, text);
    }
    return run;
  }

  /** Runs the stage. */
  async rank(
    values: Partial<Values<typeof genesetsParameters>> = {},
    methods: readonly RankingMethod[] = rankingMethods,
  ): Promise<string> {
    const { top, truth } = genesetsParameters;
    const { verdict } = await makeGenesetsStage(methods).run(
      await this.context("genesets", {
        top: top.default,
        truth: truth.default,
        halves: 6,
        shuffles: 20,
        methods: ["none"],
        core: genesetsParameters.core.default,
        trees: 2,
        "tree-rounds": 3,
        "specific-factor": 2,
        ...values,
      }),
    );
    return verdict;
  }

  /** What the report says of the stage. */
  async report<Findings>(section: Section<Findings>) {
    const { found, ...said } = await this.reportOf("genesets", section, {
      "recovery.svg": "Known genes",
      "stability.svg": "Stability",
    }, true);
    return {
      ...said,
      summary: section.summarize!(found) as Record<string, unknown>,
    };
  }

  async #writeData(
    { order, folds = 1, isRight, groupOf = () => "" }: Changes,
  ): Promise<void> {
    const stream = new RandomStream(3);
    const samples = TISSUES.flatMap((tissue, t) =>
      Array.from({ length: SAMPLES }, (_, index) => ({
        id: `s${t}${index}`,
        tissue,
        group: groupOf(`s${t}${index}`),
        values: GENES.map((_, gene) =>
          5 + stream.uniform() +
          (Math.floor(gene / MARKERS) === t ? 4 - gene % MARKERS : 0)
        ),
        fold: folds > 1 ? index % folds + 1 : Number(index >= SAMPLES - 2),
        isTest: index >= SAMPLES - 2,
      }))
    );
    const rows = [...samples.keys()];
    const ordered = (order?.(rows) ?? rows).map((row) => samples[row]);
    await this.writePrepared(ordered, GENES, { [geneId(0)]: "first" });
    await this.writeParameters({ input: "" });
    await this.write(
      predictions,
      ordered.map(({ id, tissue, isTest }, at) => ({
        sample_id: id,
        split: isTest ? "test" as const : "train" as const,
        tissue,
        predicted: isRight?.(at) ?? true ? tissue : "leaf",
        probability: 0.9,
      })),
    );
  }

  /** SHAP finds half of leaf's and root's markers, and has no list for stem. */
  async #writeShap(): Promise<void> {
    const list = (t: number) => [
      ...GENES.slice(MARKERS * t, MARKERS * t + 2),
      ...GENES.slice(40, 60 - 5 * t),
    ];
    const lists = [list(0), list(1)];
    await this.write(ranks, {
      names: TISSUES.slice(0, 2),
      first: lists[0].map((_, index) => index + 1),
      values: lists[0].map((_, index) =>
        lists.map((list) => list[index] ?? null)
      ),
    });
    await this.write(
      tissueGenes,
      [0, 1].flatMap((t) =>
        lists[t].slice(0, 3).map((gene, index) => ({
          ...setRow(gene, TISSUES[t], index + 1),
          is_best_tissue: true,
          in_consensus: null,
        }))
      ),
    );
    await this.write(
      shapGenes,
      [0, 1].flatMap((t) =>
        lists[t].slice(0, 3 - t)
          .map((gene, index) => setRow(gene, TISSUES[t], index + 1))
      ),
    );
  }
}

/** Known genes as a user's file holds them. */
export function truthFile(
  genes: readonly (readonly [string, string])[],
): string {
  return [
    "gene,class,tissue",
    ...genes.map(([gene, tissue]) => `${gene},enriched,${tissue}`),
  ].join("\n");
}

/** The markers of each tissue. */
export const MARKED: readonly (readonly [string, string])[] = TISSUES.flatMap(
  (tissue, t) =>
    GENES.slice(MARKERS * t, MARKERS * (t + 1)).map((gene) =>
      [gene, tissue] as const
    ),
);
