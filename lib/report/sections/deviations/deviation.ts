/** What a departure from the study is. */

/** One departure: a row of the table, as plain text. */
export interface Deviation {
  readonly study: string;
  readonly here: string;
  readonly why: string;
}

/** For what this run left as the study had it. */
export const REMAINS = "this weakness remains";
