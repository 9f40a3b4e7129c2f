/** Refuses a split that leaves fewer than two tissues to test. */

import { InputError, rerun } from "../../cli/errors.ts";
import type { Values } from "../../cli/parameters.ts";
import { escapeControls, quote } from "../../cli/text.ts";
import type { prepareParameters } from "../parameters.ts";
import type { SampleColumns } from "./columns.ts";
import type { SampleSplit } from "./sample_split.ts";

/** Genes are compared between so many tissues. */
const FEWEST_TISSUES = 2;

/**
 * Refuses what could be trained and not be ranked: each tissue's samples of a
 * single group are never tested.
 *
 * @throws {InputError} If nothing is trained, or fewer than two tissues of
 * several have a test sample in any fold.
 */
export function refuseUntested(
  { split, folds }: Pick<SampleSplit, "split" | "folds">,
  { tissues, groups }: Pick<SampleColumns, "tissues" | "groups">,
  { group }: Pick<Values<typeof prepareParameters>, "group">,
): void {
  const all = new Set(tissues).size;
  const tested = new Set(tissues.filter((_, row) => split[row] === "test"));
  const isTrained = folds.length > 0 &&
    folds.every(({ split }) => split.includes("train"));
  if (isTrained && tested.size >= Math.min(FEWEST_TISSUES, all)) return;
  if (!isTrained || tested.size === 0) {
    throw new InputError(
      `Cannot split the samples: no tissue has two ${
        groups === undefined ? "samples" : "groups of samples"
      }, so none can be both trained and tested`,
      groups === undefined
        ? "Name the column of tissues with --label"
        : withoutGroup(group, tissues) ??
          "Name another column of groups with --group",
    );
  }
  throw new InputError(
    `Cannot split the samples: ${
      group === "" ? "" : `with --group ${escapeControls(group)} `
    }only 1 of ${all} tissues (${quote([...tested][0])}) can be tested, and ` +
      `at least ${FEWEST_TISSUES} should; ${
        whyOthers(tissues, groups, tested)
      }`,
    groups === undefined
      ? "Name the column of tissues with --label, or use more samples"
      : withoutGroup(group, tissues) ??
        "Name another column of groups with --group",
  );
}

/** Why the other tissues cannot be tested. */
function whyOthers(
  tissues: readonly string[],
  groups: readonly string[] | undefined,
  tested: ReadonlySet<string>,
): string {
  if (groups === undefined) return "each of the others has a single sample";
  const groupsOf = Map.groupBy(tissues.keys(), (row) => tissues[row]);
  const areSingle = [...groupsOf].every(([tissue, rows]) =>
    tested.has(tissue) || new Set(rows.map((row) => groups[row])).size === 1
  );
  return areSingle
    ? "each of the others has samples of a single group"
    : "the groups of the others cannot be shared out to training and test";
}

/** The command without groups, if two tissues have two samples each then. */
function withoutGroup(group: string, tissues: readonly string[]) {
  if (group === "") return undefined;
  const counts = new Map<string, number>();
  for (const tissue of tissues) {
    counts.set(tissue, (counts.get(tissue) ?? 0) + 1);
  }
  const several = [...counts.values()].filter((count) => count > 1).length;
  return several >= FEWEST_TISSUES
    ? rerun("prepare", { group: "" })
    : undefined;
}
