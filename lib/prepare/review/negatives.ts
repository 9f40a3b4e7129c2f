/** Refuses negative values where a logarithm would be taken of them. */

import { InputError, type Remedy, rerun } from "../../cli/errors.ts";
import type { Values } from "../../cli/parameters.ts";
import { countOf, quote, withCommas } from "../../cli/text.ts";
import { listNames } from "../labels/named.ts";
import { LARGEST_LOGARITHM, recognizeValues } from "../normalize/recognize.ts";
import type { prepareParameters } from "../parameters.ts";
import type { SampleValues } from "./empty_samples.ts";

/** So many genes, or so small a share, are few. */
const FEW_GENES = 5;
const FEW_SHARE = 0.01;
/** Names that a command holds. */
const LONGEST_LIST = 20;

/** The flags that say what is done with the values, and by which names. */
export type NegativeChoices = Pick<
  Values<typeof prepareParameters>,
  "transform" | "ignore" | "strip-versions" | "tx2gene"
>;

/** Where the values below 0 are. */
interface Negatives {
  readonly count: number;
  readonly samples: number;
  /** The genes that have them, in the order of the matrix. */
  readonly genes: readonly string[];
  /** Where the first stands in the values. */
  readonly first: number;
  /** The largest value of the other genes. */
  readonly largestOther: number;
}

/**
 * Refuses values below 0. If few genes have them and the others hold counts or
 * the like, these columns may be no genes, or a number is wrongly typed.
 *
 * @throws {InputError} If the logarithm of a negative value is to be taken.
 */
export function refuseNegatives(
  matrix: SampleValues,
  choices: NegativeChoices,
): void {
  if (choices.transform === "none") return;
  const found = findNegatives(matrix);
  if (found === undefined) return;
  const { sampleIds, genes, values } = matrix;
  const { count, samples, first } = found;
  const { advice, remedy } = advise(found, matrix, choices);
  throw new InputError(
    `Cannot take the logarithm: ${withCommas(count)} of ${
      countOf(values.length, "value")
    } ${count === 1 ? "is" : "are"} negative, in ${
      countOf(samples, "sample")
    } and ${countOf(found.genes.length, "gene")} (the first is ` +
      `${Number(values[first].toPrecision(6))}, sample ` +
      `${quote(sampleIds[Math.floor(first / genes.length)])}, gene ` +
      `${quote(genes[first % genes.length])}), and all should be 0 or ` +
      `greater; ${advice}`,
    remedy,
  );
}

function findNegatives(
  { sampleIds, genes, values }: SampleValues,
): Negatives | undefined {
  const width = genes.length;
  const has = new Uint8Array(width);
  const largest = new Float32Array(width).fill(-Infinity);
  let [count, samples] = [0, 0];
  let first: number | undefined;
  for (let row = 0; row < sampleIds.length; row++) {
    const before = count;
    for (let gene = 0; gene < width; gene++) {
      const value = values[row * width + gene];
      if (value > largest[gene]) largest[gene] = value;
      if (value >= 0) continue;
      first ??= row * width + gene;
      count++;
      has[gene] = 1;
    }
    if (count > before) samples++;
  }
  if (first === undefined) return undefined;
  return {
    count,
    samples,
    genes: genes.filter((_, gene) => has[gene] === 1),
    first,
    largestOther: largest.reduce(
      (most, own, gene) => has[gene] === 1 ? most : Math.max(most, own),
      -Infinity,
    ),
  };
}

/** What the values may be, and what to do then. */
function advise(
  { genes, largestOther }: Negatives,
  matrix: SampleValues,
  choices: NegativeChoices,
): { advice: string; remedy: Remedy } {
  const width = matrix.genes.length;
  const few = 2 * genes.length <= width &&
    (genes.length <= FEW_GENES || genes.length < FEW_SHARE * width);
  if (few && largestOther >= LARGEST_LOGARITHM) {
    const one = genes.length === 1;
    return {
      advice:
        `the other genes have none, so ${listNames(genes)} ${
          one ? "may be no gene" : "may be no genes"
        }, or a value of ${
          one ? "it" : "theirs"
        } is wrongly typed: correct it, or ` +
        `leave ${one ? "it" : "them"} out`,
      remedy: leaveOut(genes, choices),
    };
  }
  const { kind } = recognizeValues(matrix.values, width);
  if (kind === "logarithms" || kind === "scaled") {
    return {
      advice:
        "logarithms and scaled values are used as they are with the transform none",
      remedy: rerun("prepare", { transform: "none" }),
    };
  }
  return {
    advice: "the values look neither like logarithms nor scaled, nor like " +
      "counts, TPM or FPKM",
    remedy: "Find out what the values are: use a matrix of counts, TPM or " +
      "FPKM, or write 0 for what a background that was taken off has made " +
      "negative",
  };
}

/** The command that leaves genes out, if it can name them as the file does. */
function leaveOut(
  genes: readonly string[],
  { ignore, "strip-versions": stripped, tx2gene }: NegativeChoices,
): Remedy {
  const isNameable = !stripped && tx2gene === "" &&
    genes.length <= LONGEST_LIST && !genes.some((gene) => gene.includes(","));
  return isNameable
    ? rerun("prepare", { ignore: [...ignore, ...genes] })
    : "Correct the values in the matrix, or leave the genes out of it";
}
