/** The SHA-256 of the code that a stage runs, by which a change shows. */

import { hashText } from "../store/hash.ts";
import type { Stage } from "./stage.ts";

const PROJECT = new URL("../../", import.meta.url);

/** The pinned versions of all packages. */
const LOCK_FILE = "deno.lock";

/** It holds tasks, which compute nothing, and versions, as the lock file does. */
const MANIFEST = "/deno.json";

/** A project's file: the SHA-256 of its content, and the files it imports. */
interface CodeFile {
  readonly hash: string;
  readonly imports: readonly string[];
}

/** Read once a process; null for a file that is not there. */
const files = new Map<string, CodeFile | null>();

export function stageCodeHash(
  { module, plugins = [] }: Pick<Stage, "module" | "plugins">,
): string {
  return codeHash([module, ...plugins]);
}

/**
 * The SHA-256 of modules, of every file of the project that they import,
 * directly or not, and of `deno.lock`. It is the same on every machine:
 * line ends do not count.
 *
 * @param project The project's folder, a URL that ends with a slash.
 */
export function codeHash(
  modules: readonly string[],
  project: URL = PROJECT,
): string {
  const listed = [
    ...codeFiles(modules),
    new URL(LOCK_FILE, project).href,
  ].flatMap((url) => {
    const file = readCode(url);
    const name = url.startsWith(project.href)
      ? url.slice(project.href.length)
      : url;
    return file === null ? [] : [`${name} ${file.hash}\n`];
  });
  return hashText(listed.sort().join(""));
}

/** The URLs of modules and of all that they import of the project. */
export function codeFiles(modules: readonly string[]): Set<string> {
  const found = new Set<string>();
  const follow = (url: string) => {
    if (found.has(url)) return;
    const file = readCode(url);
    if (file !== null) found.add(url);
    file?.imports.forEach(follow);
  };
  modules.forEach(follow);
  return found;
}

function readCode(url: string): CodeFile | null {
  let file = files.get(url);
  if (file === undefined) files.set(url, file = readFile(url));
  return file;
}

function readFile(url: string): CodeFile | null {
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(new URL(url));
  } catch (error) {
    // Such as a path in a comment.
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  // One character a byte: the same for text and for a binary file.
  const text = new TextDecoder("latin1").decode(bytes)
    .replaceAll("\r\n", "\n");
  const imports = findImports(text).map((path) => new URL(path, url).href)
    .filter((url) => !url.endsWith(MANIFEST));
  return { hash: hashText(text), imports };
}

/** A declaration at the beginning of a line, as the formatter puts it. */
const DECLARATION =
  /^(?:import|export)\s+(?:([^"';]*?)\sfrom\s+)?"(\.[^"]+)"/gm;
/** An import in the middle of the code. */
const EXPRESSION = /\bimport\(\s*"(\.[^"]+)"/g;
/** A file that is read, or run by a worker; a folder ends with a slash. */
const FILE = /\bnew URL\(\s*"(\.[^"]+[^"/])",\s*import\.meta\.url/g;

/** The relative paths that a module imports. Types are no code. */
function findImports(text: string): string[] {
  const declared = [...text.matchAll(DECLARATION)]
    .filter(([, names]) => names === undefined || !areTypes(names))
    .map(([, , path]) => path);
  const others = [...text.matchAll(EXPRESSION), ...text.matchAll(FILE)]
    .map(([, path]) => path);
  return [...declared, ...others];
}

/** `type { A, B }` and `{ type A, type B }`. */
function areTypes(names: string): boolean {
  if (/^type\b/.test(names)) return true;
  const [, listed] = /^\{([^}]*)\}$/.exec(names) ?? [];
  return listed !== undefined &&
    listed.split(",").map((name) => name.trim()).filter(Boolean)
      .every((name) => name.startsWith("type "));
}
