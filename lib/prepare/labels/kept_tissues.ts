/** Leaves out the tissues that the user did not ask for, and small ones. */

import { InputError, rerun } from "../../cli/errors.ts";
import { countOf, quote } from "../../cli/text.ts";
import type { Revision } from "../review/revision.ts";
import { listFew, listNames, nearName, sortedNames } from "./named.ts";

/** Tissues that the error lists if none is near. */
const LISTED = 12;

/**
 * Keeps the samples of some tissues only. Blanks around a name do not matter.
 *
 * @param wanted All tissues if it is empty.
 * @throws {InputError} If no sample has one of them.
 */
export function keepTissues(
  revision: Revision,
  wanted: readonly string[],
): void {
  if (wanted.length === 0) return;
  const known = sortedNames(
    [...revision.sizes().keys()].map((tissue) => tissue.trim()),
  );
  const unknown = sortedNames(wanted)
    .filter((name) => !known.includes(name.trim()));
  if (unknown.length > 0) refuseUnknown(unknown, wanted, known);
  const names = new Set(wanted.map((name) => name.trim()));
  const out = revision.drop(
    "keep-tissues",
    (row) => !names.has(revision.tissues[row].trim()),
  );
  if (out.length === 0) return;
  const others = sortedNames(out.map((row) => revision.tissues[row]));
  revision.notes.push(
    `--keep-tissues left out ${countOf(out.length, "sample")} of ` +
      `${countOf(others.length, "other tissue")} (${listNames(others)})`,
  );
}

function refuseUnknown(
  unknown: readonly string[],
  wanted: readonly string[],
  known: readonly string[],
): never {
  const near = new Map(
    unknown.flatMap((name) => {
      const found = nearName(name, known);
      return found === undefined ? [] : [[name, found] as const];
    }),
  );
  const hints = [...near].map(([name, found]) =>
    `${quote(found)} is near ${quote(name)}`
  );
  throw new InputError(
    `Cannot keep ${unknown.length === 1 ? "tissue" : "tissues"} ${
      listNames(unknown)
    }: no sample has ${
      unknown.length === 1 ? "it" : "them"
    }, and each of --keep-tissues should be a tissue; ` +
      (hints.length > 0
        ? listFew(hints)
        : `the tissues are ${listNames(known, LISTED)}`),
    near.size === unknown.length
      ? rerun("prepare", {
        "keep-tissues": wanted.map((name) => near.get(name) ?? name),
      })
      : "Give --keep-tissues names of tissues, separated by commas",
  );
}

/** Leaves out the tissues of fewer samples than that. */
export function dropSmallTissues(revision: Revision, minSamples: number): void {
  const sizes = revision.sizes();
  const { tissues } = revision;
  const out = revision.drop(
    "min-samples",
    (row) => sizes.get(tissues[row])! < minSamples,
  );
  if (out.length === 0) return;
  const small = sortedNames(out.map((row) => tissues[row]));
  revision.notes.push(
    `--min-samples ${minSamples} left out ${countOf(small.length, "tissue")} ` +
      `of ${countOf(out.length, "sample")}: ` +
      listFew(small.map((tissue) => `${quote(tissue)} (${sizes.get(tissue)})`)),
  );
}

/** @throws {InputError} If fewer than two tissues are left. */
export function refuseSingleTissue(
  revision: Revision,
  label: string | undefined,
): void {
  const sizes = [...revision.sizes()];
  if (sizes.length >= 2) return;
  const flags = revision.dropped.map(({ flag }) => `--${flag}`);
  const left = sizes.length === 0
    ? "no sample is left"
    : `${flags.length === 0 ? "there is" : "there is left"} one tissue only, ${
      quote(sizes[0][0])
    } (${countOf(sizes[0][1], "sample")})`;
  throw new InputError(
    `Cannot compare tissues: ${
      flags.length === 0 ? "" : `after ${flags.join(", ")} `
    }${left}${
      label === undefined || flags.length > 0
        ? ""
        : ` in the column ${quote(label)}`
    }, and at least two tissues should be there`,
    flags.length === 0
      ? "Name another column of tissues with --label, or add samples of " +
        "another tissue"
      : `Leave out fewer samples: change or omit ${flags.join(", ")}`,
  );
}
