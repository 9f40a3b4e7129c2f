/** Where a command prints, and how wide its lines are. */

export interface Begun {
  readonly stage: string;
  readonly runFolder: string;
  /** All stages of the pipeline, in order. */
  readonly stages: readonly string[];
  /** Whether it is made in a scratch folder that will be removed. */
  readonly isScratch?: boolean;
}

/** Takes a command's lines: results on `out`, warnings and errors on `err`. */
export interface Terminal {
  out(line: string): void;
  err(line: string): void;
  /** Called with each stage as it starts. */
  begins?(begun: Begun): void;
}

/** The columns that text fits in. */
export const COLUMNS = 80;

/** The column at which the text beside a stage's name begins. */
export const INDENT = 10;

/**
 * Breaks a text into lines at its spaces; a word that is too long stays whole.
 *
 * @param text The text; its own line ends are kept.
 */
export function wrap(text: string, width: number): string[] {
  return text.split("\n").flatMap((paragraph) => {
    const lines: string[] = [];
    for (const word of paragraph.trim().split(/\s+/)) {
      const last = lines.length - 1;
      if (last >= 0 && lines[last].length + 1 + word.length <= width) {
        lines[last] += ` ${word}`;
      } else {
        lines.push(word);
      }
    }
    return lines;
  });
}

/** A stage's name and the blanks up to the text beside it; a long one has two. */
export function nameColumn(name: string): string {
  return name.length < INDENT ? name.padEnd(INDENT) : `${name}  `;
}

export function besideName(name: string, text: string): string {
  const column = nameColumn(name);
  return wrap(text, COLUMNS - column.length).map((line, index) =>
    (index === 0 ? column : nameColumn("")) + line
  ).join("\n");
}
