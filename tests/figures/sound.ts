/** Checks that every figure must pass, whatever its data. */

import assert from "node:assert/strict";
import { DOMParser } from "linkedom";
import { findXmlFault } from "./well_formed.ts";

/** Well-formed, with a title and a description, and without scripts. */
export function assertSound(svg: string, name: string): void {
  assert.equal(findXmlFault(svg), null, name);
  assert.ok(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"'), name);
  assert.match(svg, /<title>[^<]+<\/title>\n<desc>[^<]+<\/desc>/, name);
  assert.doesNotMatch(svg, /<(script|style|image|foreignObject)/i, name);
  assert.doesNotMatch(svg, /\s(id|href|class|on\w+)="/, name);
  const coordinates = [...svg.matchAll(
    /\s(?:d|transform|x|y|cx|cy|r|x1|x2|y1|y2|width|height)="([^"]*)"/g,
  )].map((match) => match[1]).join(" ");
  assert.doesNotMatch(coordinates, /NaN|Infinity|undefined|null/, name);
  assert.doesNotMatch(
    coordinates,
    /\.\d{3}/,
    `${name}: more than two decimals`,
  );
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  assert.equal(parsed.documentElement?.tagName, "svg", name);
}
