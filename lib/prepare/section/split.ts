/** The report on the split: parts or folds, groups and tissues. */

import { byCodeUnit, countOf, withCommas } from "../../cli/text.ts";
import { withFlag } from "../../report/commands.ts";
import { code, details, escapeText, table } from "../../report/markdown.ts";
import type { RowOf } from "../../store/table.ts";
import { formatFoldsReason } from "../describe.ts";
import * as files from "../outputs.ts";
import { type DataRows, distinct, inPart } from "./rows.ts";

type SampleRow = RowOf<typeof files.samples>;

/** Says how many samples are in which part, or in the folds. */
export function formatParts(found: DataRows): string {
  return found.folds > 1 ? formatFolds(found) : formatSplit(found);
}

function formatSplit(found: DataRows): string {
  const { sampleRows } = found;
  const [train, validation, test] = files.splits.map((part) =>
    withCommas(inPart(sampleRows, part).length)
  );
  return `The samples were split once: ${train} for training, ${validation} ` +
    `for validation, ${test} for testing${formatReason(found)}. Every later ` +
    `step uses this one split. ${withFlag("--folds 5")} tests every sample, ` +
    "each by networks that have not seen it (cross-fitting).";
}

function formatFolds(found: DataRows): string {
  const range = (part: files.Split) => {
    const rows = inPart(found.foldRows, part);
    const counts = Array.from(
      { length: found.folds },
      (_, index) => rows.filter(({ fold }) => fold === index + 1).length,
    );
    const least = Math.min(...counts);
    const most = Math.max(...counts);
    return least === most
      ? withCommas(least)
      : `${withCommas(least)} to ${withCommas(most)}`;
  };
  const never = found.samples - found.test_samples;
  return `The samples were divided into ${found.folds} folds ` +
    `(cross-fitting${
      formatReason(found)
    }): each fold tests its own samples by networks trained ` +
    "on the others, so that every tested sample is predicted and explained " +
    `by networks that have not seen it. In a fold ${range("train")} samples ` +
    `train, ${range("validation")} validate and ${range("test")} test; in ` +
    `total ${withCommas(found.test_samples)} are tested` +
    (never === 0 ? "." : ` and ${withCommas(never)} never are.`);
}

/** Why there are so many test parts, if `--folds auto` decided it. */
function formatReason({ preprocessing, folds }: DataRows): string {
  const reason = formatFoldsReason(preprocessing, folds, escapeText);
  return reason === "" ? "" : `; ${code("--folds auto")} chose ${reason}`;
}

/** Says whether groups were given, and whether the split keeps them whole. */
export function formatGroups({ sampleRows, folds }: DataRows): string {
  const partsOf = new Map<string, Set<unknown>>();
  for (const { group, split, fold } of sampleRows) {
    if (group === "") continue;
    const parts = partsOf.get(group) ?? new Set();
    partsOf.set(group, parts.add(folds > 1 ? fold : split));
  }
  if (partsOf.size === 0) {
    return "No groups were given: samples of one study or donor may be in " +
      "several parts, which can make every score look better than it is. A " +
      "sample sheet (`--samples FILE --group COLUMN`) prevents that.";
  }
  const divided = [...partsOf.values()].filter(({ size }) => size > 1).length;
  const part = folds > 1 ? "fold" : "part";
  return `The samples come from ${countOf(partsOf.size, "group")}. ` +
    (divided === 0
      ? `All samples of one group are in the same ${part}.`
      : `${countOf(divided, "group")} ${divided === 1 ? "is" : "are"} in ` +
        `more than one ${part}: the scores may look better than they are.`);
}

/** A row per tissue: its samples, and those in each part or tested in folds. */
export function tissueTable({ sampleRows, folds }: DataRows): string {
  const tissues = [...Map.groupBy(sampleRows, ({ tissue }) => tissue)]
    .sort(([first], [second]) => byCodeUnit(first, second));
  const titles = folds > 1 ? ["tested", "in folds"] : files.splits;
  const counts = (own: readonly SampleRow[]) => {
    if (folds === 1) {
      return files.splits.map((part) => inPart(own, part).length);
    }
    const tested = inPart(own, "test");
    return [tested.length, distinct(tested.map(({ fold }) => fold)).length];
  };
  return details(
    `Samples of each tissue (${withCommas(tissues.length)} rows)`,
    table(
      [
        { title: "tissue" },
        ...["all", ...titles].map((title) => ({
          title,
          align: "right" as const,
        })),
      ],
      tissues.map(([tissue, own]) => [
        escapeText(tissue),
        ...[own.length, ...counts(own)].map(withCommas),
      ]),
    ),
  );
}
