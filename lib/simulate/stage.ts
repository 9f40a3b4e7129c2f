/** The stage that makes the demo, for a run without data of one's own. */

import { InputError } from "../cli/errors.ts";
import { integer, number } from "../cli/parameters.ts";
import { defineStage } from "../pipeline/stage.ts";
import { writeTable } from "../store/csv.ts";
import { simulate, type Simulation } from "./simulate.ts";

/** Significant digits of an expression value in the file. */
const DIGITS = 4;

/**
 * Simulates a demo matrix with planted tissue-specific genes. Writes
 * `expression.csv` (`sample_id`, a column a gene in TPM, `tissue`),
 * `samples.csv` (`sample_id,tissue,study`) and `truth.csv`
 * (`gene,tissue,log2_fold_change`).
 */
export const simulateStage = defineStage({
  name: "simulate",
  summary: "makes a demo matrix with planted tissue-specific genes",
  needs: [],
  parameters: {
    samples: integer(240, { minimum: 6 }, "samples, at least 3 a tissue"),
    genes: integer(2000, { minimum: 4 }, "genes"),
    tissues: integer(8, { minimum: 2 }, "tissues"),
    studies: integer(
      6,
      { minimum: 1 },
      "studies, each with shifts of its own and some of the tissues",
    ),
    planted: integer(30, { minimum: 1 }, "tissue-specific genes a tissue"),
    effect: number(
      4,
      { above: 0, maximum: 20 },
      "strongest planted log2 fold change; the weakest is an eighth of it",
    ),
    dispersion: number(
      0.2,
      { above: 0, maximum: 10 },
      "dispersion of the negative binomial counts",
    ),
  },
  async run(context) {
    const { parameters, folder } = context;
    let demo: Simulation;
    const progress = context.progress(
      "simulating",
      parameters.samples,
      "samples",
    );
    try {
      demo = simulate(
        { ...parameters, seed: context.seedOf("counts") },
        () => progress.advance(),
      );
    } catch (error) {
      if (error instanceof RangeError) throw new InputError(error.message);
      throw error;
    } finally {
      progress.close();
    }
    const writing = context.progress("writing", parameters.samples, "samples");
    await Deno.writeTextFile(
      `${folder}/expression.csv`,
      ReadableStream.from(matrixLines(demo, () => writing.advance())),
    ).finally(() => writing.close());
    await Deno.writeTextFile(
      `${folder}/samples.csv`,
      writeTable(
        ["sample_id", "tissue", "study"],
        demo.sampleIds.map((sample_id, sample) => ({
          sample_id,
          tissue: demo.tissues[sample],
          study: demo.studies[sample],
        })),
      ),
    );
    await Deno.writeTextFile(
      `${folder}/truth.csv`,
      writeTable(
        ["gene", "tissue", "log2_fold_change"],
        demo.truth.map(({ gene, tissue, log2FoldChange }) => ({
          gene,
          tissue,
          log2_fold_change: log2FoldChange,
        })),
      ),
    );
    const { samples, genes, tissues, planted } = parameters;
    const studies = new Set(demo.studies).size;
    return {
      verdict: `Demo of ${samples} samples x ${genes} genes: ${tissues} ` +
        `tissues in ${studies} studies, ${planted} genes planted a tissue`,
    };
  },
});

/** Line by line: the whole text of a large matrix takes several times its room. */
function* matrixLines(
  { sampleIds, genes, tissues, tpm }: Simulation,
  onSample: () => void,
): Generator<string> {
  yield ["sample_id", ...genes, "tissue"].join(",") + "\n";
  for (const [sample, id] of sampleIds.entries()) {
    const row = tpm.subarray(
      sample * genes.length,
      (sample + 1) * genes.length,
    );
    const cells = Array.from(row, (value) => Number(value.toPrecision(DIGITS)));
    yield [id, ...cells, tissues[sample]].join(",") + "\n";
    onSample();
  }
}
