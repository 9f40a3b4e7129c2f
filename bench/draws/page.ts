/** The page: tables in Markdown. */

import { mean } from "../../lib/statistics/describe.ts";
import type { Errors } from "./errors.ts";
import type { Way } from "./rules.ts";

/** One way's errors, by numbers of draws. */
export interface Measured {
  readonly way: Way;
  readonly errors: readonly Errors[];
}

/** What was explained. */
export interface Circumstances {
  readonly samples: number;
  readonly background: number;
  readonly columns: number;
  readonly reference: number;
  readonly density: readonly number[];
}

/**
 * How many times as many draws the first way takes for the error that a way
 * has: a way's errors are laid on the line through the logarithms of the first
 * one's errors and draws, and the factors' geometric mean is taken.
 */
export function equivalentDraws(
  errors: readonly number[],
  ofFirst: readonly number[],
  counts: readonly number[],
): number {
  const x = counts.map(Math.log);
  const y = ofFirst.map(Math.log);
  const [meanX, meanY] = [mean(x), mean(y)];
  const slope = x.reduce((sum, one, at) => {
    return sum + (one - meanX) * (y[at] - meanY);
  }, 0) / x.reduce((sum, one) => sum + (one - meanX) ** 2, 0);
  const factors = errors.map((error, at) =>
    meanX + (Math.log(error) - meanY) / slope - x[at]
  );
  return Math.exp(mean(factors));
}

function table(head: readonly string[], rows: readonly string[][]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

const percent = (share: number) => (100 * share).toFixed(1);

/** Writes the page. */
export function writePage(
  measured: readonly Measured[],
  counts: readonly number[],
  circumstances: Circumstances,
): string {
  const { samples, background, columns, reference, density } = circumstances;
  const head = ["alphas, backgrounds", ...counts.map((count) => `${count}`)];
  const part = (
    title: string,
    lead: string,
    cell: (errors: Errors) => string,
  ) =>
    `## ${title}\n\n${lead}\n\n` +
    table(
      head,
      measured.map(({ way, errors }) => [way.id, ...errors.map(cell)]),
    );
  const [first] = measured;
  const fewer = (of: (errors: Errors) => number, { errors }: Measured) =>
    equivalentDraws(errors.map(of), first.errors.map(of), counts).toFixed(1);
  const several = counts.length > 1;
  return [
    "# Error of the scores by the way of drawing",
    "Made by `bench/draws.ts`; its head gives the command. " +
    `${samples} samples, one a tissue, explained by one network of ` +
    `${columns} genes and decoys against ${background} training samples. ` +
    `Errors are against a reference of ${reference} draws of the last way.`,
    table(
      ["alphas, backgrounds", "in words", "flags of stage `shap`"],
      measured.map(({ way }) => [
        way.id,
        way.words,
        way.flags === null ? "none: bench only" : `\`${way.flags}\``,
      ]),
    ),
    ...(several
      ? [
        "## How many times fewer draws\n\n" +
        "Draws that the first way takes for the same error, over all numbers " +
        "of draws below:\n\n" +
        table(
          ["alphas, backgrounds", "error of a score", "gap"],
          measured.map((one) => [
            one.way.id,
            fewer(({ relative }) => relative, one),
            fewer(({ gap }) => gap, one),
          ]),
        ),
      ]
      : []),
    part(
      "Error of a score, %",
      "Root mean square error over all samples and columns, as a share of the " +
        "scores' own root mean square, by number of draws:",
      ({ relative }) => percent(relative),
    ),
    part(
      "Gap, %",
      "Mean |gap| as a share of mean |output − expected|:",
      ({ gap }) => percent(gap),
    ),
    part(
      "The 100 best genes, %",
      "How many of a sample's 100 best genes are the reference's:",
      ({ top }) => percent(top),
    ),
    part(
      "The gene set, %",
      "How much of the reference's set, by the study's cut, is in the set:",
      ({ set }) => percent(set),
    ),
    part(
      "Error / standard error as stated",
      "1 is honest; below 1 the stated error is too large:",
      ({ factor }) => factor === null ? "-" : factor.toFixed(2),
    ),
    "## Where steep alphas lie\n\n" +
    "Density of the alphas in twelve equal parts of the way, from background " +
    `to sample: ${density.map((one) => one.toFixed(2)).join(", ")}. It takes ` +
    "416 predictions a network, once.",
  ].join("\n\n") + "\n";
}
