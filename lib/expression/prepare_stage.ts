/** The stage that reads the user's matrix, splits it once and transforms it. */

import { drawSamplesPerTissue } from "../figures/samples_per_tissue.ts";
import { countOf, withCommas } from "../run/counts.ts";
import { InputError } from "../run/errors.ts";
import { choice, number } from "../run/parameters.ts";
import { defineStage, type StageContext } from "../run/stage.ts";
import { writeTable } from "../run/table.ts";
import type { Split } from "./dataset.ts";
import { countZeros, describeGenes } from "./gene_statistics.ts";
import { inputParameters } from "./input_parameters.ts";
import { type ExpressionMatrix, readMatrix } from "./matrix_reader.ts";
import { writeNpy } from "./npy.ts";
import { groupsOf, readSampleSheet } from "./sample_sheet.ts";
import { splitSamples } from "./split.ts";
import { transformExpression } from "./transform.ts";
import { escapeControls, quote } from "./wording.ts";

/** Values that were never logged reach higher than that. */
const LOGGED_BELOW = 50;
/** Fewer test samples of a tissue decide little. */
const FEW_TEST_SAMPLES = 3;

/**
 * Prepares the data. Reads the user's matrix (`input`, `label`) and sample
 * sheet (`samples`, `group`), or the simulated ones without `input`. Writes
 * `samples.csv` (`sample_id,tissue,group,split`), `genes.csv`
 * (`gene,mean,sd,zeros`; mean and sd of the transformed values of all samples,
 * sd with n - 1, zeros counted before the transform) and `expression.npy`
 * (samples x genes, transformed, rows and columns in the order of the file).
 *
 * @example
 * ```ts
 * import { prepareStage } from "./prepare_stage.ts";
 * console.assert(prepareStage.parameters["test-fraction"].default === 0.2);
 * ```
 */
export const prepareStage = defineStage({
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
  },
  check: checkInputFlags,
  async run(context) {
    const { parameters, folder } = context;
    checkInputFlags(parameters);
    const { matrix, groups } = await readInput(context);
    const { sampleIds, tissues, genes, values } = matrix;
    const { split, notes } = splitSamples({
      sampleIds,
      tissues,
      groups,
      testFraction: parameters["test-fraction"],
      validationFraction: parameters["validation-fraction"],
      seed: context.seedOf("split"),
    });
    if (!split.includes("test") || !split.includes("train")) {
      throw new InputError(
        `Cannot split the samples: no tissue has two ${
          groups === undefined ? "samples" : "groups of samples"
        }, so none can be both trained and tested`,
        groups === undefined
          ? "Name the column of tissues with --label"
          : "Name another column of groups with --group",
      );
    }
    notes.forEach((note) => context.warn(note));
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
        ["sample_id", "tissue", "group", "split"],
        sampleIds.map((sample_id, row) => ({
          sample_id,
          tissue: tissues[row],
          group: groups?.[row] ?? "",
          split: split[row],
        })),
      ),
    );
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
    return { verdict: describe(matrix, groups, split) };
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

interface InputFlags {
  readonly input: string;
  readonly label: string;
  readonly samples: string;
  readonly group: string;
}

/** Refuses flags that lack the one that they go with. */
function checkInputFlags({ input, label, samples, group }: InputFlags): void {
  if ((samples === "") !== (group === "")) {
    throw new InputError(
      samples === ""
        ? `Cannot group the samples: --group ${quote(group)} needs a sample ` +
          "sheet"
        : `Cannot group the samples: --samples ${escapeControls(samples)} ` +
          "needs the name of its column of groups",
      samples === "" ? "Add --samples FILE" : "Add --group COLUMN",
    );
  }
  if (input === "" && (label !== "" || samples !== "")) {
    throw new InputError(
      `Cannot read the matrix: --${label === "" ? "samples" : "label"} is ` +
        "given and --input, the file that it goes with, is not",
      "Add --input FILE",
    );
  }
}

/** The matrix and each sample's group, from the user or from the simulation. */
async function readInput(
  context: StageContext<InputFlags>,
): Promise<{ matrix: ExpressionMatrix; groups?: string[] }> {
  const { input, label, samples, group } = context.parameters;
  const path = input || await context.artifact("simulate/expression.csv");
  const matrix = await readMatrix({ path, label: label || undefined });
  if (input !== "") await context.userInput(input);
  if (samples === "" && input !== "") return { matrix };
  const sheetPath = samples || await context.artifact("simulate/samples.csv");
  const sheet = await readSampleSheet(sheetPath, group || "study");
  if (samples !== "") await context.userInput(samples);
  const { groups, extra } = groupsOf(matrix.sampleIds, sheet, sheetPath);
  if (extra > 0) {
    context.warn(
      `The sample sheet holds ${countOf(extra, "sample")} that the matrix ` +
        `lacks; ${extra === 1 ? "it is" : "they are"} left out`,
    );
  }
  return { matrix, groups };
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
  for (const value of values) if (value > largest) largest = value;
  if (largest >= LOGGED_BELOW) return;
  context.warn(
    `The largest value is ${Number(largest.toPrecision(4))}: the data look ` +
      "as if they were logarithms already; if so, give --transform none",
  );
}

function describe(
  { sampleIds, genes, tissues }: ExpressionMatrix,
  groups: readonly string[] | undefined,
  split: readonly Split[],
): string {
  const inPart = (part: Split) => split.filter((own) => own === part).length;
  return `${countOf(sampleIds.length, "sample")} x ` +
    `${countOf(genes.length, "gene")}, ` +
    `${countOf(new Set(tissues).size, "tissue")}` +
    (groups === undefined
      ? ""
      : ` in ${countOf(new Set(groups).size, "group")} kept whole`) +
    `; ${withCommas(inPart("train"))} train, ${
      withCommas(inPart("validation"))
    } ` +
    `validation, ${withCommas(inPart("test"))} test`;
}
