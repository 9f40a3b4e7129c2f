/** Markdown that GitHub renders, from text that may hold anything. */

/** Characters that turn the direction of all text behind them, unseen. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/g;

export type Alignment = "left" | "right";

export interface Column {
  /** The heading, as plain text. */
  readonly title: string;
  /** `left` by default. */
  readonly align?: Alignment;
}

/** Columns of numbers. */
export function numberColumns(...titles: readonly string[]): Column[] {
  return titles.map((title) => ({ title, align: "right" }));
}

/**
 * Escapes plain text for a Markdown paragraph or a table cell: what would be
 * read as markup is shown as it is, and line breaks become spaces.
 */
export function escapeText(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replace(/[\s\p{Cc}]+/gu, " ")
    .replace(TURNS, "\ufffd")
    .replace(/[\\`*_{}[\]|~$#]/g, "\\$&")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    // A bare @name or web address would become a mention or a link.
    .replaceAll("@", "&#64;")
    .replaceAll("://", "&#58;//")
    .replace(/(?<=www)\./gi, "&#46;")
    .replace(/^( ?)([-+=])/, "$1\\$2")
    .replace(/^( ?\d+)([.)])/, "$1\\$2");
}

/**
 * Text in a code span, for a paragraph or a table cell. HTML entities stand
 * for what Markdown would read, because a backslash does nothing in code.
 */
export function code(text: string): string {
  if (/^[\w./:=,+@() -]+$/.test(text) && text === text.trim()) {
    return "`" + text + "`";
  }
  const shown = text.replace(/[\s\p{Cc}]+/gu, " ").replace(TURNS, "\ufffd")
    .replace(
      /[&<>|`*_~\\[\]$@:#]|(?<=www)\./gi,
      (mark) => `&#${mark.charCodeAt(0)};`,
    );
  return `<code>${shown}</code>`;
}

/**
 * A table of cells that are Markdown already (escape names with `escapeText`
 * first).
 *
 * @throws {RangeError} If a row has another number of cells than columns.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const lines = [
    columns.map(({ title }) => escapeText(title)),
    columns.map(({ align }) => align === "right" ? "--:" : "---"),
    ...rows,
  ].map((cells) => {
    if (cells.length !== columns.length) {
      throw new RangeError(
        `Cannot write the table: a row has ${cells.length} cells and should have ${columns.length}`,
      );
    }
    return `| ${cells.join(" | ")} |\n`;
  });
  return lines.join("");
}

/**
 * A folded part, for what few readers open.
 *
 * @param summary The line that is always shown, as plain text.
 */
export function details(summary: string, body: string): string {
  const shown = escapeHtml(summary);
  // GitHub reads Markdown inside HTML only after an empty line.
  return `<details>\n<summary>${shown}</summary>\n\n${body.trimEnd()}\n\n</details>\n`;
}

/**
 * A figure by its path from the report.
 *
 * @param description What a reader who cannot see it should know.
 * @param path Relative to the report, `/` between folders.
 */
export function figure(description: string, path: string): string {
  const address = path.split("/").map((part) =>
    encodeURIComponent(part).replaceAll("(", "%28").replaceAll(")", "%29")
  ).join("/");
  return `![${escapeText(description)}](${address})\n`;
}

/**
 * A shell command in a block of its own.
 *
 * @param lines One command; the lines are joined by `\` line ends.
 */
export function commandBlock(lines: readonly string[]): string {
  const body = lines.join(" \\\n  ");
  const longest = (body.match(/`+/g) ?? []).reduce(
    (most, run) => Math.max(most, run.length),
    2,
  );
  const fence = "`".repeat(longest + 1);
  return `${fence}sh\n${body}\n${fence}\n`;
}

/** Joins parts with an empty line between them; empty parts are left out. */
export function paragraphs(...parts: readonly string[]): string {
  const kept = parts.map((part) => part.trimEnd()).filter((part) => part);
  return kept.length === 0 ? "" : kept.join("\n\n") + "\n";
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
