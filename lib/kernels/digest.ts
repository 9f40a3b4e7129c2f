/** The SHA-256 of a module's sources. */

import type { KernelModule } from "./modules.ts";

/**
 * SHA-256 over the names and texts of a module's sources, in order of name.
 * Stored beside the binary, it shows that the two belong together where the
 * compiler cannot run.
 *
 * @returns 64 hexadecimal digits.
 */
export async function digestOfSources(
  { folder }: Pick<KernelModule, "folder">,
): Promise<string> {
  const names: string[] = [];
  for await (const entry of Deno.readDir(folder)) {
    if (entry.name.endsWith(".as")) names.push(entry.name);
  }
  let text = "";
  for (const name of names.sort()) {
    const source = await Deno.readTextFile(new URL(name, folder));
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
