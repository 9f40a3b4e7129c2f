/** The stage that reads the user's matrix, splits it once and transforms it. */

import { drawSamplesPerTissue } from "./figures/samples_per_tissue.ts";
import { countOf, quote, withCommas } from "../cli/text.ts";
import { InputError } from "../cli/errors.ts";
import { choice, number } from "../cli/parameters.ts";
import { defineStage, type StageContext } from "../pipeline/stage.ts";
import { writeTable } from "../store/csv.ts";
import type { Split } from "./dataset.ts";
import { type DecoyGenes, makeDecoys } from "./decoys.ts";
import { countZeros, describeGenes } from "./gene_statistics.ts";
import { inputParameters } from "./input_parameters.ts";
import type { ExpressionMatrix } from "./input/matrix_sink.ts";
import { writeNpy } from "../store/npy.ts";
import { checkInputFlags, readInput } from "./input/read_input.ts";
import { partSamples, type SampleSplit } from "./split/sample_split.ts";
import { transformExpression } from "./transform.ts";

/** Values that were never logged reach higher than that. */
const LOGGED_BELOW = 50;
/** Fewer test samples of a tissue decide little. */
const FEW_TEST_SAMPLES = 3;

/**
 * Prepares the data. Reads the user's matrix (`input`, `label`) and sample
 * sheet (`samples`, `group`), or the simulated ones without `input`. Writes
 * `samples.csv` (`sample_id,tissue,group,split`), `genes.csv`
 * (`gene,mean,sd,zeros`; mean and sd of the transformed values of all samples,
 * sd with n - 1, zeros counted before the transform), `expression.npy`
 * (samples x genes, transformed, rows and columns in the order of the file),
 * the decoys (`decoys.csv`, `decoys.npy`) and, under cross-fitting,
 * `folds.csv` (`fold,sample_id,split`).
 */
export const prepareStage = defineStage({
  module: import.meta.url,
  name: "prepare",
  summary:
    "reads the matrix, splits the samples once and transforms the values",
  needs: ["simulate"],
  parameters: {
    ...inputParameters,
    transform: choice(
      "log2",
      ["log2", "none"],
      "log2(x + pseudocount) + shift, or the values as they are",
    ),
    pseudocount: number(
      0.001,
      { above: 0 },
      "added to each value before the logarithm",
    ),
    shift: number(10, {}, "added to each logarithm"),
    "test-fraction": number(
      0.2,
      { above: 0, below: 1 },
      "part of all samples to test with",
    ),
    "validation-fraction": number(
      0.1,
      { minimum: 0, below: 1 },
      "part of the remaining samples to validate with",
    ),
    decoys: number(
      0.1,
      { minimum: 0, maximum: 1 },
      "decoy genes, as a share of the genes: shuffled values that show how " +
        "many genes enter the set by chance",
    ),
  },
  check: checkInputFlags,
  async run(context) {
    const { parameters, folder } = context;
    checkInputFlags(parameters);
    const { matrix, groups } = await readInput(context);
    const { sampleIds, tissues, genes, values } = matrix;
    const parted = partSamples(
      { sampleIds, tissues, groups },
      parameters,
      (name) => context.seedOf(name),
    );
    const { split } = parted;
    if (!split.includes("test") || !parted.trains) {
      throw new InputError(
        `Cannot split the samples: no tissue has two ${
          groups === undefined ? "samples" : "groups of samples"
        }, so none can be both trained and tested`,
        groups === undefined
          ? "Name the column of tissues with --label"
          : "Name another column of groups with --group",
      );
    }
    parted.notes.forEach((note) => context.warn(note));
    warnOfFewTests(tissues, split, context);
    if (parameters.transform === "log2") warnOfLogarithms(values, context);

    const zeros = countZeros(values, genes.length);
    transformExpression(values, parameters);
    const { mean, sd } = describeGenes(values, genes.length);
    const silent = zeros.filter((samples) =>
      samples === sampleIds.length
    ).length;
    if (silent > 0) {
      context.warn(
        `${countOf(silent, "gene")} of ${withCommas(genes.length)} ${
          silent === 1 ? "is" : "are"
        } zero in every sample`,
      );
    }
    await Deno.writeTextFile(
      `${folder}/samples.csv`,
      writeTable(
        ["sample_id", "tissue", "group", "split", "fold"],
        sampleIds.map((sample_id, row) => ({
          sample_id,
          tissue: tissues[row],
          group: groups?.[row] ?? "",
          split: split[row],
          fold: parted.foldOf[row] || "",
        })),
      ),
    );
    if (parted.folds.length > 1) {
      await Deno.writeTextFile(
        `${folder}/folds.csv`,
        writeTable(
          ["fold", "sample_id", "split"],
          parted.folds.flatMap((fold) =>
            sampleIds.map((sample_id, row) => ({
              fold: fold.fold,
              sample_id,
              split: fold.split[row],
            }))
          ),
        ),
      );
    }
    await Deno.writeTextFile(
      `${folder}/genes.csv`,
      writeTable(
        ["gene", "mean", "sd", "zeros"],
        genes.map((gene, column) => ({
          gene,
          mean: mean[column],
          sd: sd[column],
          zeros: zeros[column],
        })),
      ),
    );
    await Deno.writeTextFile(
      `${folder}/samples_per_tissue.svg`,
      drawSamplesPerTissue({ rows: countPerTissue(tissues, split) }),
    );
    await writeNpy(`${folder}/expression.npy`, values, [
      sampleIds.length,
      genes.length,
    ]);
    const count = Math.round(parameters.decoys * genes.length);
    if (count > 0) {
      await writeDecoys(
        folder,
        genes,
        sampleIds.length,
        makeDecoys({
          sampleIds,
          genes,
          values,
          parts: parted.folds.length > 1 ? [...parted.foldOf] : split,
          count,
          seed: context.seedOf("decoys"),
        }),
      );
    }
    return { verdict: describe(matrix, groups, parted) };
  },
});

/** How many samples of each tissue are in each part, tissues by name. */
function countPerTissue(tissues: readonly string[], split: readonly Split[]) {
  return [...new Set(tissues)].sort().map((tissue) => {
    const inPart = (part: Split) =>
      split.filter((own, row) => own === part && tissues[row] === tissue)
        .length;
    return {
      tissue,
      train: inPart("train"),
      validation: inPart("validation"),
      test: inPart("test"),
    };
  });
}

function warnOfFewTests(
  tissues: readonly string[],
  split: readonly Split[],
  context: Pick<StageContext, "warn">,
): void {
  const tested = new Map<string, number>();
  tissues.forEach((tissue, row) => {
    if (split[row] !== "test") return;
    tested.set(tissue, (tested.get(tissue) ?? 0) + 1);
  });
  const few = [...tested].filter(([, tests]) => tests < FEW_TEST_SAMPLES)
    .map(([tissue]) => tissue).sort();
  if (few.length === 0) return;
  const named = few.slice(0, 5).map(quote).join(", ");
  context.warn(
    `${countOf(few.length, "tissue")} (${named}${
      few.length > 5 ? ", …" : ""
    }) ` +
      `${few.length === 1 ? "has" : "have"} fewer than ${FEW_TEST_SAMPLES} ` +
      "test samples: so few decide little",
  );
}

function warnOfLogarithms(
  values: Float32Array,
  context: Pick<StageContext, "warn">,
): void {
  let largest = 0;
  for (let at = 0; at < values.length; at++) {
    if (values[at] >= LOGGED_BELOW) return;
    if (values[at] > largest) largest = values[at];
  }
  context.warn(
    `The largest value is ${Number(largest.toPrecision(4))}: the data look ` +
      "as if they were logarithms already; if so, give --transform none",
  );
}

/** Writes `decoys.csv` and `decoys.npy`. */
async function writeDecoys(
  folder: string,
  genes: readonly string[],
  samples: number,
  { decoys, values, columns }: DecoyGenes,
): Promise<void> {
  await Deno.writeTextFile(
    `${folder}/decoys.csv`,
    writeTable(
      ["decoy", "source", "column"],
      decoys.map(({ name, source }, decoy) => ({
        decoy: name,
        source: genes[source],
        column: columns[decoy],
      })),
    ),
  );
  await writeNpy(`${folder}/decoys.npy`, values, [samples, decoys.length]);
}

function describe(
  { sampleIds, genes, tissues }: ExpressionMatrix,
  groups: readonly string[] | undefined,
  { split, folds }: SampleSplit,
): string {
  const inPart = (part: Split) => split.filter((own) => own === part).length;
  return `${countOf(sampleIds.length, "sample")} x ` +
    `${countOf(genes.length, "gene")}, ` +
    `${countOf(new Set(tissues).size, "tissue")}` +
    (groups === undefined
      ? ""
      : ` in ${countOf(new Set(groups).size, "group")} kept whole`) +
    (folds.length > 1
      ? `; ${withCommas(inPart("test"))} tested in ${folds.length} folds`
      : `; ${withCommas(inPart("train"))} train, ` +
        `${withCommas(inPart("validation"))} validation, ` +
        `${withCommas(inPart("test"))} test`);
}
