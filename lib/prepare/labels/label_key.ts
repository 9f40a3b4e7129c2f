/** When two tissues are spelled alike, and when a tissue is missing. */

/** Spellings that name no tissue, as `labelKey` gives them. */
const MISSING = new Set([
  "",
  "?",
  "na",
  "n/a",
  "#n/a",
  "#na",
  "<na>",
  "nan",
  "null",
  "none",
  "missing",
  "unknown",
  "unspecified",
  "notapplicable",
  "notavailable",
  "notcollected",
  "notprovided",
  "notrecorded",
  "notreported",
  "notspecified",
]);

/**
 * A tissue without what people spell differently: upper case, blanks and the
 * characters `_`, `-` and `.`. Between two digits these stay, because `1.2`
 * and `12` are not alike.
 */
export function labelKey(tissue: string): string {
  return tissue.normalize("NFKC").toLowerCase()
    .replace(/(?<=\d)[\s_.-]+(?=\d)/gu, "\0")
    .replace(/[\s_.-]+/gu, "");
}

/** A longer text is not looked at: `not applicable`, and some blanks. */
const LONGEST = 30;

/** Whether a text says nothing: it is empty, NA, unknown, `-` or the like. */
export function isMissingLabel(text: string): boolean {
  return text.length <= LONGEST
    ? MISSING.has(labelKey(text))
    : text.trim() === "";
}
