/** Names of genes that a spreadsheet has made dates or numbers of. */

import { countOf } from "../../cli/text.ts";
import { joinNames } from "../labels/named.ts";

/** Months in English, German, French, Spanish and Italian, as Excel cuts them. */
const MONTH =
  "(jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|januar|februar|märz|" +
  "mrz|mär|mai|juni|juli|okt|dez|janv|févr|mars|avr|juin|juil|août|déc|ene|" +
  "abr|ago|dic|gen|mag|giu|lug|set|ott)";
const DATES = new RegExp(
  [
    `^\\d{1,2}[-./ ]{1,2}${MONTH}\\.?([-./ ]\\d{2,4})?$`,
    `^${MONTH}\\.?[-/ ]\\d{1,4}$`,
    String.raw`^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2})?)?$`,
    String.raw`^\d{1,2}/\d{1,2}/\d{2,4}( \d{1,2}:\d{2}(:\d{2})?)?$`,
    String.raw`^\d{1,2}\.\d{1,2}\.\d{2,4}$`,
    // 2310009E13Rik begins as such a number.
    String.raw`^\d([.,]\d+)?E\+\d+$`,
  ].join("|"),
  "iu",
);

/** A date as a spreadsheet counts it: days since 1900, of 1971 to 2064. */
const DAYS = /^(2[6-9]|[345]\d)\d{3}$/;
/** With more ids that are whole numbers, these are ids. */
const FEW = 0.05;

/** The names that are dates, as spreadsheets make them of MARCH1 and SEPT2. */
export function findDates(names: readonly string[]): string[] {
  const numbers = names.filter((name) => /^\d+$/.test(name));
  const days = numbers.length <= FEW * names.length;
  return names.filter((name) =>
    DATES.test(name.trim()) || days && DAYS.test(name)
  );
}

/** One note for all names that look like dates. */
export function noteDates(names: readonly string[]): string[] {
  const dates = findDates(names);
  if (dates.length === 0) return [];
  const one = dates.length === 1;
  return [
    `${countOf(dates.length, "gene name")} ${
      one ? "looks like a date" : "look like dates"
    } that a spreadsheet made of a name such as MARCH1 or SEPT2: ${
      joinNames(dates)
    }; ${one ? "it is" : "they are"} used as ${one ? "it is" : "they are"}`,
  ];
}
