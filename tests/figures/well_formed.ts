/** A strict little check of XML, since HTML parsers forgive too much. */

const NAME = "[A-Za-z][A-Za-z0-9:_-]*";
const TAG = new RegExp(
  `^<(?:/(${NAME})\\s*|(${NAME})((?:\\s+${NAME}="[^"<]*")*)\\s*(/?))>`,
);

/** Says whether text between tags, or an attribute, holds only known entities. */
function isPlain(text: string): boolean {
  // deno-lint-ignore no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(text)) {
    return false;
  }
  return text.isWellFormed() &&
    !/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(text) && !text.includes("]]>");
}

/**
 * Finds what is not well-formed in an XML text.
 *
 * @returns The first fault in words, or null.
 */
export function findXmlFault(xml: string): string | null {
  const open: string[] = [];
  let rest = xml;
  let roots = 0;
  while (rest !== "") {
    const next = rest.indexOf("<");
    const text = next < 0 ? rest : rest.slice(0, next);
    if (!isPlain(text)) return `bad text: ${text.slice(0, 60)}`;
    if (open.length === 0 && text.trim() !== "") return "text outside the root";
    if (next < 0) break;
    rest = rest.slice(next);
    const tag = TAG.exec(rest);
    if (tag === null) return `bad tag: ${rest.slice(0, 60)}`;
    const [whole, closed, opened, attributes, selfClosed] = tag;
    if (closed !== undefined) {
      if (open.pop() !== closed) return `</${closed}> closes another element`;
    } else {
      if (!isPlain(attributes)) return `bad attribute in <${opened}>`;
      const names = [...attributes.matchAll(/([A-Za-z0-9:_-]+)="/g)]
        .map((match) => match[1]);
      if (new Set(names).size < names.length) return `twice in <${opened}>`;
      if (open.length === 0 && ++roots > 1) return "two roots";
      if (selfClosed === "") open.push(opened);
    }
    rest = rest.slice(whole.length);
  }
  return open.length > 0 ? `<${open.at(-1)}> is not closed` : null;
}
