/** Words and numbers as the figures print them: the same on every machine. */

export { byCodeUnit } from "../../cli/text.ts";

/**
 * A name on one line: blanks and control characters become single spaces
 * (no-break spaces stay), and an empty name is said to be empty.
 */
export function oneLine(name: string): string {
  const text = name.replace(
    /(?:[^\S\u00a0]|\p{Cc})+/gu,
    " ",
  ).trim();
  return text === "" ? "(no name)" : text;
}

/** The width of one character in a wide sans-serif font of size 1. */
function characterWidth(character: string): number {
  if (character.codePointAt(0)! >= 0x2e80) return 1.2;
  if (/[ijlI.,:;'|!()[\] ]/.test(character)) return 0.36;
  if (/[mwMW@%]/.test(character)) return 0.96;
  if (/[A-Z]/.test(character)) return 0.7;
  return 0.62;
}

/**
 * About how wide a text is drawn, in pixels. An estimate on the wide side: an
 * SVG that must look the same everywhere cannot measure the reader's fonts.
 *
 * @param size The font size in pixels.
 */
export function textWidth(text: string, size: number): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width * size;
}

/** A name cut with an ellipsis to what fits into `limit` pixels. */
export function shorten(name: string, limit: number, size: number): string {
  const text = oneLine(name);
  if (textWidth(text, size) <= limit) return text;
  let kept = "";
  for (const character of text) {
    if (textWidth(kept + character + "…", size) > limit) break;
    kept += character;
  }
  return kept.trimEnd() + "…";
}

/**
 * Names cut as `shorten` does, and different ones stay different: where their
 * beginnings are the same, the middle is cut out, or they are numbered.
 *
 * @param limitOf The room of each name in pixels, by its index.
 */
export function shortenApart(
  names: readonly string[],
  limitOf: (index: number) => number,
  size: number,
): string[] {
  const cut = names.map((name, index) => shorten(name, limitOf(index), size));
  const owners = new Map<string, Set<string>>();
  cut.forEach((text, index) => {
    const own = owners.get(text);
    if (own === undefined) owners.set(text, new Set([names[index]]));
    else own.add(names[index]);
  });
  const nameOf = new Map(
    Array.from(owners).filter(([, own]) => own.size === 1)
      .map(([text, [name]]) => [text, name]),
  );
  return cut.map((text, index) => {
    const name = names[index];
    if (owners.get(text)!.size === 1) return text;
    const limit = limitOf(index);
    let apart = withoutMiddle(name, limit, size);
    for (let number = 2; (nameOf.get(apart) ?? name) !== name; number++) {
      const end = ` #${number}`;
      apart = shorten(name, limit - textWidth(end, size), size) + end;
    }
    nameOf.set(apart, name);
    return apart;
  });
}

/** A name cut in its middle: its last characters get half of the room. */
function withoutMiddle(name: string, limit: number, size: number): string {
  const characters = Array.from(oneLine(name));
  if (textWidth(characters.join(""), size) <= limit) return characters.join("");
  const room = limit - textWidth("…", size);
  let end = "";
  while (textWidth(characters.at(-1)! + end, size) <= room / 2) {
    end = characters.pop()! + end;
  }
  return shorten(characters.join(""), limit - textWidth(end, size), size) + end;
}

/**
 * A name and a remark in brackets, such as its samples; where room is short
 * the name is cut, never the remark.
 */
export function withRemark(
  name: string,
  remark: string,
  limit: number,
  size: number,
): string {
  const end = ` (${remark})`;
  return shorten(name, limit - textWidth(end, size), size) + end;
}

/** Breaks a text into lines of at most `limit` pixels, between words. */
export function wrap(text: string, limit: number, size: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of oneLine(text).split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && textWidth(longer, size) > limit) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  lines.push(line);
  return lines.map((each) => shorten(each, limit, size));
}
