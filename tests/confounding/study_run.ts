/** A made-up run of tissues and studies, for the tests of `confounding`. */

import { confoundingSection } from "../../lib/confounding/section.ts";
import { confoundingStage } from "../../lib/confounding/stage.ts";
import { RandomStream } from "../../lib/random.ts";
import {
  learnedOutputs,
  learnedSamples,
} from "../../lib/shap/learned_outputs.ts";
import { shapGenes } from "../../lib/shap/outputs.ts";
import { writeNpy } from "../../lib/store/npy.ts";
import { geneId, MadeRun, setRow } from "../made_run.ts";

export { geneId as geneName } from "../made_run.ts";

/** A sample as a test makes it up. */
export interface MadeSample {
  readonly tissue: string;
  readonly study: string;
}

/** What a test makes up. */
export interface MadeStudies {
  readonly samples: readonly MadeSample[];
  readonly genes: number;
  /** The genes of the SHAP set. */
  readonly set: readonly number[];
  /** What is added to the noise of a gene in a sample. */
  readonly effect: (gene: number, sample: MadeSample) => number;
  /** Where the studies are written; by default as batches. */
  readonly as?: "batch" | "group" | "nothing";
  /** Whether the networks' outputs depend on the study, too. */
  readonly networksSeeStudy?: boolean;
  /** The order of the samples' rows, from the usual one. */
  readonly order?: (rows: number[]) => number[];
}

/** So many samples of each tissue in each study. */
export function cellsOf(
  counts: Readonly<Record<string, Readonly<Record<string, number>>>>,
): MadeSample[] {
  return Object.entries(counts).flatMap(([tissue, own]) =>
    Object.entries(own).flatMap(([study, count]) =>
      Array.from({ length: count }, () => ({ tissue, study }))
    )
  );
}

/** A run with prepared data, studies and the SHAP set. */
export class StudyRun extends MadeRun {
  static async make(made: MadeStudies): Promise<StudyRun> {
    const run = new StudyRun(await Deno.makeTempDir());
    await run.#write(made);
    return run;
  }

  /** Runs the stage. */
  async measure(
    values: { readonly samples?: number } = {},
  ): Promise<string> {
    const { verdict } = await confoundingStage.run(
      await this.context("confounding", {
        samples: 600,
        "random-sets": 5,
        ...values,
      }),
    );
    return verdict;
  }

  /** The files that the stage wrote, sorted. */
  async written(): Promise<string[]> {
    return Object.keys(await this.files("confounding")).sort();
  }

  /** What the report says of the stage. */
  async report() {
    return await this.reportOf("confounding", confoundingSection, {
      "variance.svg": "Variance",
    });
  }

  async #write(
    { samples, genes, set, effect, as = "batch", order, ...made }: MadeStudies,
  ): Promise<void> {
    const stream = new RandomStream(17);
    const noise = () =>
      stream.uniform() + stream.uniform() + stream.uniform() - 1.5;
    const columns = [...Array(genes).keys()];
    const all = samples.map((sample, index) => ({
      id: `s${String(index).padStart(3, "0")}`,
      tissue: sample.tissue,
      ...as === "group" && { group: sample.study },
      ...as === "batch" && { batch: sample.study },
      values: columns.map((gene) => 6 + noise() + effect(gene, sample)),
      fold: index % 3 === 0 ? 1 : 0,
    }));
    const rows = [...all.keys()];
    await this.writePrepared(
      (order?.(rows) ?? rows).map((row) => all[row]),
      columns.map(geneId),
      { [geneId(0)]: "first" },
    );
    await this.writeParameters({
      batch: as === "batch" ? "lab" : "",
      group: as === "group" ? "donor" : "",
    });
    await this.#writeOutputs(samples, made.networksSeeStudy ?? false);
    await this.write(
      shapGenes,
      set.map((gene, index) =>
        setRow(geneId(gene), samples[0].tissue, index + 1)
      ),
    );
  }

  /** Outputs of a tissue's own logit and of noise, for training samples. */
  async #writeOutputs(
    samples: readonly MadeSample[],
    seesStudy: boolean,
  ): Promise<void> {
    const stream = new RandomStream(23);
    const names = (of: (sample: MadeSample) => string) =>
      [...new Set(samples.map(of))].sort();
    const tissues = names(({ tissue }) => tissue);
    const studies = names(({ study }) => study);
    const trained = samples.map((sample, index) => ({ sample, index }))
      .filter(({ index }) => index % 3 !== 0);
    await this.write(
      learnedSamples,
      trained.map(({ index }) => ({
        fold: 1,
        sample_id: `s${String(index).padStart(3, "0")}`,
      })),
    );
    await writeNpy(
      `${this.path}/${learnedOutputs.file}`,
      Float32Array.from(
        trained.flatMap(({ sample }) =>
          tissues.map((tissue, t) =>
            stream.uniform() + (sample.tissue === tissue ? 5 : 0) +
            (seesStudy && t === 0 ? 3 * studies.indexOf(sample.study) : 0)
          )
        ),
      ),
      [trained.length, tissues.length],
    );
  }
}
