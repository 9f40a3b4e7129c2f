/** What `CITATION.cff` says of the suite. */

import { FAILSAFE_SCHEMA, load } from "js-yaml";

/** A person or an institution that wrote the suite. */
export interface Author {
  readonly name: string;
  /** An ORCID as a URL, if one is given. */
  readonly orcid?: string;
}

/** The part of the citation that a run's metadata repeats. */
export interface Citation {
  readonly title: string;
  /** An SPDX identifier. */
  readonly license: string;
  /** Year, month and day of the suite's version. */
  readonly released: string;
  readonly authors: readonly Author[];
}

/** The file's keys that are read here. */
type CitationFile = Readonly<{
  title?: string;
  license?: string;
  "date-released"?: string;
  authors?: readonly Readonly<Record<string, string | undefined>>[];
}>;

/**
 * Reads the citation file's text.
 *
 * @throws {Error} If it lacks what is needed of it.
 */
export function readCitation(text: string): Citation {
  // The failsafe schema leaves the date the text that it is.
  const citation = load(text, { schema: FAILSAFE_SCHEMA }) as CitationFile;
  const { title, license } = citation;
  const released = citation["date-released"] ?? "";
  const authors = (citation.authors ?? []).map(
    (author): Author => ({
      name: author.name ??
        [author["given-names"], author["family-names"]].filter(Boolean)
          .join(" "),
      ...(author.orcid && { orcid: author.orcid }),
    }),
  );
  const isDated = /^\d{4}-\d\d-\d\d$/.test(released);
  if (!title || !license || !isDated || authors.length === 0) {
    throw new Error(
      "Cannot read CITATION.cff: it should have a title, a license, a " +
        "date-released and authors",
    );
  }
  return { title, license, released, authors };
}
