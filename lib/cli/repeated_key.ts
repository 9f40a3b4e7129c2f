/** Finds a key that an object of a JSON text has twice. */

/** A string, or a mark that opens, closes or separates. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],:]/g;

/**
 * Finds the first key that stands in an object for a second time, which
 * `JSON.parse` passes over in silence.
 *
 * @param text Valid JSON.
 * @returns The key after those of the objects around it: `cnn.epochs`;
 * `undefined` if there is none.
 */
export function findRepeatedKey(text: string): string | undefined {
  /** The objects and lists around the place; a list has no keys. */
  const open: { readonly keys: Set<string>; key: string }[] = [];
  let last = "";
  for (const [token] of text.matchAll(TOKEN)) {
    const around = open.at(-1);
    if (token === "{" || token === "[") {
      open.push({ keys: new Set(), key: "" });
    } else if (token === "}" || token === "]") {
      open.pop();
    } else if (token === ":" && around !== undefined) {
      around.key = JSON.parse(last);
      if (around.keys.has(around.key)) {
        return open.map(({ key }) => key).filter(Boolean).join(".");
      }
      around.keys.add(around.key);
    } else {
      last = token;
    }
  }
  return undefined;
}
