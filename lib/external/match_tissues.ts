/** Finds the run's tissues among those of the other cohort. */

import { InputError } from "../cli/errors.ts";
import { byCodeUnit, countOf, quote } from "../cli/text.ts";
import { isMissingLabel, labelKey } from "../prepare/labels/label_key.ts";
import { listNames, sortedNames } from "../prepare/labels/named.ts";

/** Fewer tissues cannot be told apart. */
const FEWEST = 2;

/** A tissue that both cohorts have. */
export interface CommonTissue {
  /** As the run calls it. */
  readonly tissue: string;
  /** What the other cohort calls it, sorted. */
  readonly there: readonly string[];
  readonly samples: number;
}

/** Which of the other cohort's samples can be judged. */
export interface TissueMatch {
  /** The run's tissue of each sample; null if it has none of them. */
  readonly tissueOf: readonly (string | null)[];
  /** In the order of the run's tissues. */
  readonly common: readonly CommonTissue[];
  /** The other cohort's further tissues with their samples, by name. */
  readonly strangers: readonly {
    readonly tissue: string;
    readonly samples: number;
  }[];
  /** The run's tissues that the other cohort lacks. */
  readonly lacking: readonly string[];
  /** Samples without a tissue. */
  readonly unlabeled: number;
  /** What the user should know, each a sentence without a full stop. */
  readonly notes: readonly string[];
}

/**
 * Gives each sample of the other cohort the run's tissue: the one that the
 * user's table says; else the one of the same name, or of a name that differs
 * only in case, blanks and separators (`labelKey`) and is the only such one.
 *
 * @param given The samples' tissues in the other cohort.
 * @param own The run's tissues, in the order of its classes.
 * @param renamed The user's table: what the run calls a tissue.
 * @throws {InputError} If the table leads to a tissue that the run lacks, or
 * there are fewer than two common tissues.
 */
export function matchTissues(
  given: readonly string[],
  own: readonly string[],
  renamed: ReadonlyMap<string, string> = new Map(),
): TissueMatch {
  const find = finder(own);
  const targets = [...renamed].map(([from, to]) =>
    [from, find(to) ?? refuseTarget(from, to, own)] as const
  );
  const names = sortedNames(given.filter((name) => !isMissingLabel(name)));
  const findFrom = finder(names);
  const meant = new Map<string, string>();
  const notes: string[] = [];
  for (const [from, to] of targets) {
    const name = findFrom(from);
    if (name !== undefined) meant.set(name, to);
    else {
      notes.push(
        `the other cohort has no tissue ${quote(from)}, which the table of ` +
          "tissues names",
      );
    }
  }
  for (const name of names) {
    const tissue = meant.get(name) ?? find(name);
    if (tissue !== undefined) meant.set(name, tissue);
  }
  const tissueOf = given.map((name) => meant.get(name) ?? null);
  const count = (name: string) =>
    given.filter((other) => other === name).length;
  const common = own.flatMap((tissue): CommonTissue[] => {
    const there = names.filter((name) => meant.get(name) === tissue);
    const samples = there.reduce((sum, name) => sum + count(name), 0);
    return there.length === 0 ? [] : [{ tissue, there, samples }];
  });
  if (common.length < FEWEST) {
    throw new InputError(
      `Cannot judge by another cohort: it has ${
        countOf(common.length, "tissue")
      } of the run's and should have at least ${FEWEST}; its tissues are ${
        listNames(names)
      }, the run's ${listNames(own)}`,
      "Say which tissue is which: --external-tissues FILE, a table with the " +
        "columns from and to",
    );
  }
  const shared = new Set(common.map(({ tissue }) => tissue));
  return {
    tissueOf,
    common,
    strangers: names.filter((name) => !meant.has(name))
      .map((tissue) => ({ tissue, samples: count(tissue) }))
      .sort((a, b) => byCodeUnit(a.tissue, b.tissue)),
    lacking: own.filter((tissue) => !shared.has(tissue)),
    unlabeled: given.filter(isMissingLabel).length,
    notes,
  };
}

/** Finds a name, or the only one that is spelled alike. */
function finder(
  names: readonly string[],
): (name: string) => string | undefined {
  const exact = new Set(names);
  const alike = Map.groupBy(names, labelKey);
  return (name) => {
    if (exact.has(name)) return name;
    const found = alike.get(labelKey(name)) ?? [];
    return found.length === 1 ? found[0] : undefined;
  };
}

function refuseTarget(
  from: string,
  to: string,
  own: readonly string[],
): never {
  throw new InputError(
    `Cannot use the table of tissues: it calls ${quote(from)} ${quote(to)}, ` +
      `which is no tissue of this run and should be one of ${listNames(own)}`,
    "Correct the column to in the file of --external-tissues",
  );
}
