/** The page of the knockoffs. */

import { percent } from "../../lib/cli/numbers.ts";
import { mean } from "../../lib/statistics/describe.ts";
import { SMALL } from "./scores.ts";
import type { Found, Outcome } from "./select.ts";
import { forms, statistics } from "./variants.ts";

/** The rates that are asked for. */
export const RATES = [0.1, 0.2] as const;

/** What one form and statistic gave on one demo. */
export interface Result {
  readonly seed: number;
  readonly form: string;
  readonly statistic: typeof statistics[number];
  readonly factors: number;
  /** One for each of `RATES`. */
  readonly outcomes: readonly Outcome[];
}

/** The whole page. */
export function formatPage(results: readonly Result[]): string {
  return [
    INTRODUCTION,
    ...RATES.flatMap((rate, index) => [
      "",
      `## A false discovery rate of ${percent(rate)}`,
      "",
      "| knockoffs keep | factors | score | wrong in a tissue | without lower ones | demos kept | pairs found | specific genes | wrong in the set | wrong in one list | demos kept | true genes in it |",
      "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
      ...forms.flatMap((form) =>
        statistics.flatMap((statistic) => {
          const own = results.filter((row) =>
            row.form === form.id && row.statistic === statistic
          );
          return own.length === 0
            ? []
            : [formatRow(form.title, own, index, rate)];
        })
      ),
    ]),
    "",
  ].join("\n");
}

const INTRODUCTION = `# Knockoffs on the demo

Does the knockoff filter keep its false discovery rate where the truth is known?
Each demo is simulated and prepared with the defaults but for a single split;
knockoffs are made from its training and validation samples. A gene passes where
its score exceeds that of its knockoff by enough (knockoff+), in each tissue by
itself. Scores: limma's moderated t, ridge weights, or expected gradients of
${SMALL.networks} networks of ${SMALL.epochs} epochs with ${SMALL.draws} draws, which all see genes and knockoffs.

Wrong in a tissue: the share of its genes that were not planted as higher there,
the mean over tissues and demos; without lower ones: if genes that are lower in
one other tissue, and so a little higher than the mean in this one, are no
error. Demos kept: those where the mean over tissues, or the share in the one
list, is at most the rate. Pairs found: of gene and tissue, of all planted.
Specific genes: of 200 that are more than twice as high in one tissue, those in
its list; the test of specific genes finds 17 to 37 of them
([SPECIFICITY.md](SPECIFICITY.md)), but it is stricter: it asks for more than
twice as high as each other tissue. Wrong in the set: in the lists of all
tissues together, planted in no tissue. One list: of a gene's best score over the
tissues less its knockoff's best one.

The first form is the suite's (\`--prepare.decoys knockoff\`). The others know
the tissues and leave out what differs between them: then a gene and its knockoff
are no longer alike where a gene tells nothing, as the mean of a tissue has noise
of its own, by study and module.`;

function formatRow(
  title: string,
  own: readonly Result[],
  index: number,
  rate: number,
): string {
  const of = own.map(({ outcomes }) => outcomes[index]);
  const tissues = of.map(({ tissues }) => mean(tissues.map(shareOf)));
  const union = of.map(({ union }) => shareOf(union));
  const kept = (shares: readonly number[]) =>
    `${shares.filter((share) => share <= rate).length} of ${own.length}`;
  return `| ${
    [
      title,
      rangeOf(own.map(({ factors }) => factors)),
      own[0].statistic,
      percent(mean(tissues)),
      percent(mean(of.map(({ tissues }) => mean(tissues.map(withoutDown))))),
      kept(tissues),
      percent(mean(of.map(({ recall }) => recall))),
      rangeOf(of.map(({ strong }) => strong)),
      percent(mean(of.map(({ set }) => shareOf(set)))),
      percent(mean(union)),
      kept(union),
      rangeOf(of.map(({ union }) => union.listed - union.wrong)),
    ].join(" | ")
  } |`;
}

function rangeOf(values: readonly number[]): string {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least === most ? String(least) : `${least} to ${most}`;
}

function shareOf({ listed, wrong }: Found): number {
  return listed === 0 ? 0 : wrong / listed;
}

/** As if the genes that are lower in another tissue were no error. */
function withoutDown({ listed, wrong, down }: Found): number {
  return listed === 0 ? 0 : (wrong - down) / listed;
}
