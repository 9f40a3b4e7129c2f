/** The stage that makes the demo, for a run without data of one's own. */

import { countOf } from "../cli/text.ts";
import { defineStage, type StageContext } from "../pipeline/stage.ts";
import { simulateDeclaration } from "./declaration.ts";
import { expression, samples, truth } from "./outputs.ts";
import {
  simulate,
  type Simulation,
  type SimulationOptions,
} from "./simulate.ts";

/** Significant digits of an expression value in the file. */
const DIGITS = 4;

/** Simulates a demo matrix with planted tissue-specific genes. */
export const simulateStage = defineStage({
  ...simulateDeclaration,
  async run(context) {
    const { parameters } = context;
    const demo = simulateWithProgress(context, {
      ...parameters,
      seed: context.seedOf("counts"),
    });
    await writeMatrix(context, demo);
    await context.write(
      samples,
      demo.sampleIds.map((sample_id, sample) => ({
        sample_id,
        tissue: demo.tissues[sample],
        study: demo.studies[sample],
        reads: demo.librarySizes[sample],
      })),
    );
    await context.write(truth, demo.truth);
    const studies = new Set(demo.studies).size;
    return {
      verdict: `Demo of ${parameters.samples} samples x ${parameters.genes} ` +
        `genes: ${parameters.tissues} tissues in ` +
        `${countOf(studies, "study", "studies")}, ` +
        `${countOf(parameters.planted, "gene")} up in each tissue` +
        confoundedNote(demo),
    };
  },
});

/** Which study could mislead. */
function confoundedNote({ confoundedStudy, truth }: Simulation): string {
  const biased = truth.filter(({ kind }) => kind === "study");
  if (confoundedStudy === undefined || biased.length === 0) return "";
  return `, ${countOf(biased.length, "gene")} too high in ` +
    `${confoundedStudy}, which holds mostly ${biased[0].tissue}`;
}

function simulateWithProgress(
  context: Pick<StageContext, "progress">,
  options: SimulationOptions & { readonly samples: number },
): Simulation {
  using progress = context.progress("simulating", options.samples, "samples");
  return simulate(options, () => progress.advance());
}

async function writeMatrix(
  context: Pick<StageContext, "pathOf" | "progress">,
  demo: Simulation,
): Promise<void> {
  const samples = demo.sampleIds.length;
  using progress = context.progress("writing", samples, "samples");
  await Deno.writeTextFile(
    context.pathOf(expression),
    ReadableStream.from(matrixLines(demo, () => progress.advance())),
  );
}

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
