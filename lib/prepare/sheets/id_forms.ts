/** How one id may be written by several programs, in forms that are alike. */

/** Most ids: no blank at an end, no two side by side, ASCII only. */
const PLAIN = /^[!-~]+(?: [!-~]+)*$/;

/** Gives the same text for all ways of writing an id that it forgives. */
export type IdForm = (id: string) => string;

/** Without blanks around it, and accents in one encoding. */
export const plainForm: IdForm = (id) =>
  id.normalize("NFC").trim().replaceAll(/\s+/gu, " ");

/**
 * As R's `make.names` writes it, but without the `X` that is put in front of a
 * digit: every character that is no letter, digit, `.` or `_` becomes a `.`.
 */
export const nameForm: IdForm = (id) =>
  plainForm(id).replaceAll(/[^\p{L}\p{M}\p{N}._]/gu, ".")
    .replace(/^X(?=[\d._])/, "");

/** In lower case. */
export const caseForm: IdForm = (id) => plainForm(id).toLowerCase();

/** `nameForm` in lower case. */
export const nameCaseForm: IdForm = (id) => withoutX(nameForm(id));

/** `nameCaseForm` with `_` as `.`. */
export const looseForm: IdForm = (id) =>
  PLAIN.test(id)
    ? id.toLowerCase().replaceAll(/[^a-z0-9]/g, ".").replace(/^x(?=[\d.])/, "")
    : nameCaseForm(id).replaceAll("_", ".");

/**
 * Without the zeros in front of numbers, which spreadsheets leave out: `007` is
 * `7`, `S01` is `S1`.
 */
export function withoutZeros(form: string): string {
  return form.includes("0") ? form.replaceAll(/(?<!\d)0+(?=\d)/g, "") : form;
}

/** `looseForm` without zeros in front of numbers: the loosest form. */
export const numberForm: IdForm = (id) => withoutZeros(looseForm(id));

/** A gene's id without its version: ENSG00000141510.12, Zm00001d000001.1. */
export const versionForm: IdForm = (id) =>
  plainForm(id).replace(/(?<=.)\.\d+$/u, "");

/** `looseForm` without the version. */
export const looseVersionForm: IdForm = (id) => looseForm(versionForm(id));

function withoutX(name: string): string {
  return name.toLowerCase().replace(/^x(?=[\d._])/, "");
}
