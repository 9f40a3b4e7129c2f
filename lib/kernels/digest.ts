/** The SHA-256 of a module's sources. */

import { type KernelModule, sourcesOf } from "./modules.ts";

/**
 * SHA-256 over the names and texts of a module's sources, in order of name.
 * Stored beside the binary, it shows that the two belong together where the
 * compiler cannot run.
 *
 * @returns 64 hexadecimal digits.
 */
export async function digestOfSources(
  module: Pick<KernelModule, "folder" | "shared">,
): Promise<string> {
  let text = "";
  for (const [name, url] of await sourcesOf(module)) {
    const source = await Deno.readTextFile(url);
    // Git may give other line ends on other systems.
    text += `${name}\n${source.replaceAll("\r\n", "\n")}`;
  }
  return await sha256(new TextEncoder().encode(text));
}

/** SHA-256 of some bytes as 64 hexadecimal digits. */
export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return new Uint8Array(hash).toHex();
}
