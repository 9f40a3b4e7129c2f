/** SVG text from a drawn tree: well-formed XML with stable bytes. */

/** What is read of a node of linkedom's document. */
export interface DrawnNode {
  nodeType: number;
  nodeName: string;
  textContent: string | null;
  childNodes: ArrayLike<DrawnNode>;
  attributes?: ArrayLike<{ name: string; value: string }>;
}

/** Attributes that hold coordinates, whose digits are cut. */
const COORDINATES = new Set(
  "d transform x y dx dy cx cy r x1 x2 y1 y2 width height points".split(" "),
);

/**
 * A text as XML may hold it: markup escaped, and characters that XML 1.0
 * forbids (controls, half surrogate pairs) or that turn the direction of the
 * text behind them replaced.
 */
export function escapeXml(text: string): string {
  return text.toWellFormed()
    // deno-lint-ignore no-control-regex
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}

export function roundNumbers(text: string): string {
  return text.replace(/-?\d*\.?\d+(?:e[-+]?\d+)?/gi, (number) => {
    const rounded = Math.round(Number(number) * 100) / 100;
    return String(rounded === 0 ? 0 : rounded);
  });
}

/**
 * Writes a node and what is in it as XML, coordinates rounded. `style`
 * elements are left out: they are Plot's rules for web pages, and one
 * figure's rules would reach the next one on the page.
 */
export function writeNode(node: DrawnNode): string {
  if (node.nodeType === 3) return escapeXml(node.textContent ?? "");
  if (node.nodeType !== 1) return "";
  const name = node.nodeName.toLowerCase() === "clippath"
    ? "clipPath"
    : node.nodeName.toLowerCase();
  if (name === "style") return "";
  const attributes = Array.from(node.attributes ?? []).map((attribute) => {
    const value = COORDINATES.has(attribute.name)
      ? roundNumbers(attribute.value)
      : attribute.value;
    return ` ${attribute.name}="${escapeXml(value)}"`;
  }).join("");
  const inside = Array.from(node.childNodes, writeNode).join("");
  return inside === ""
    ? `<${name}${attributes}/>`
    : `<${name}${attributes}>${inside}</${name}>`;
}
