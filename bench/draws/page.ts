/** The page on the error of the scores, in Markdown. */

import { mean } from "../../lib/statistics/describe.ts";
import type { Errors } from "./errors.ts";
import type { DrawMethod } from "./methods.ts";

/** The errors of one method, by number of draws. */
export interface MethodErrors {
  readonly method: DrawMethod;
  readonly errors: readonly Errors[];
}

/** What was explained. */
export interface Conditions {
  readonly samples: number;
  readonly background: number;
  readonly columns: number;
  readonly reference: number;
  readonly density: readonly number[];
}

/**
 * How many times as many draws the first method takes for the same error: the
 * errors of a method are placed on the line through the logarithms of the first
 * method's errors and draws, and the geometric mean of the factors is taken.
 */
export function equivalentDraws(
  errors: readonly number[],
  firstErrors: readonly number[],
  counts: readonly number[],
): number {
  const x = counts.map(Math.log);
  const y = firstErrors.map(Math.log);
  const [meanX, meanY] = [mean(x), mean(y)];
  const slope = x.reduce((sum, value, index) => {
    return sum + (value - meanX) * (y[index] - meanY);
  }, 0) / x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
  const factors = errors.map((error, index) =>
    meanX + (Math.log(error) - meanY) / slope - x[index]
  );
  return Math.exp(mean(factors));
}

function table(head: readonly string[], rows: readonly string[][]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

const percent = (share: number) => (100 * share).toFixed(1);

/** Formats the page. */
export function formatPage(
  measured: readonly MethodErrors[],
  counts: readonly number[],
  conditions: Conditions,
): string {
  const { samples, background, columns, reference, density } = conditions;
  const head = ["alphas, backgrounds", ...counts.map((count) => `${count}`)];
  const part = (
    title: string,
    lead: string,
    cell: (errors: Errors) => string,
  ) =>
    `## ${title}\n\n${lead}\n\n` +
    table(
      head,
      measured.map(({ method, errors }) => [method.id, ...errors.map(cell)]),
    );
  const [first] = measured;
  const factor = (
    valueOf: (errors: Errors) => number,
    { errors }: MethodErrors,
  ) =>
    equivalentDraws(errors.map(valueOf), first.errors.map(valueOf), counts)
      .toFixed(1);
  return [
    "# Error of the scores by method of drawing",
    "Made by `bench/draws.ts`, which names its command. " +
    `${samples} samples, one per tissue, explained by one network with ` +
    `${columns} genes and decoys, against ${background} training samples. ` +
    `Errors are relative to a reference of ${reference} draws with the last ` +
    "method.",
    table(
      ["alphas, backgrounds", "description", "flags of stage `shap`"],
      measured.map(({ method }) => [
        method.id,
        method.description,
        method.flags === null ? "none: bench only" : `\`${method.flags}\``,
      ]),
    ),
    ...(counts.length > 1
      ? [
        "## How many times fewer draws\n\n" +
        "How many times as many draws the first method takes for the same " +
        "error, over all numbers of draws below:\n\n" +
        table(
          ["alphas, backgrounds", "error of a score", "additivity gap"],
          measured.map((one) => [
            one.method.id,
            factor(({ relative }) => relative, one),
            factor(({ gap }) => gap, one),
          ]),
        ),
      ]
      : []),
    part(
      "Error of a score, %",
      "Root mean square error over all samples and columns, relative to the " +
        "root mean square of the scores, by number of draws:",
      ({ relative }) => percent(relative),
    ),
    part(
      "Additivity gap, %",
      "Mean |gap| relative to mean |model output − base value|:",
      ({ gap }) => percent(gap),
    ),
    part(
      "The 100 best genes, %",
      "Share of a sample's 100 best genes that are in the reference:",
      ({ top }) => percent(top),
    ),
    part(
      "The gene set, %",
      "Share of the reference's gene set, by the default cutoff, that is in " +
        "the set:",
      ({ set }) => percent(set),
    ),
    part(
      "Error / stated standard error",
      "1 is correct; below 1 the stated standard error is too large:",
      ({ factor }) => factor === null ? "-" : factor.toFixed(2),
    ),
    "## The alpha density\n\n" +
    "Density of the alphas in twelve equal intervals of the path, from " +
    `background to sample: ${
      density.map((value) => value.toFixed(2)).join(", ")
    }. ` +
    "It takes 416 predictions, once per network.",
  ].join("\n\n") + "\n";
}
