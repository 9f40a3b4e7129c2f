/** The SHA-256 of the code that a stage runs, by which a change shows. */

import { hashBytes, hashText } from "../store/hash.ts";
import type { Stage } from "./stage.ts";

const PROJECT = new URL("../../", import.meta.url);

/** The pinned versions of all packages. */
const LOCK_FILE = "deno.lock";

/** It holds tasks, which compute nothing, and versions, as the lock file does. */
const MANIFEST = "/deno.json";

/** Files that hold no text, and so neither line ends nor imports. */
const BINARY = /\.wasm$/;

/** A file of the project. */
interface CodeFile {
  readonly url: string;
  /** The SHA-256 of its content. */
  readonly hash: string;
  /** The files that it imports. */
  readonly imports: CodeFile[];
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
  const lockFile = new URL(LOCK_FILE, project).href;
  const listed = [...followImports([...modules, lockFile])]
    .map(({ url, hash }) => {
      const name = url.startsWith(project.href)
        ? url.slice(project.href.length)
        : url;
      return `${name} ${hash}\n`;
    });
  return hashText(listed.sort().join(""));
}

/** The URLs of modules and of all that they import of the project. */
export function codeFiles(modules: readonly string[]): Set<string> {
  return new Set([...followImports(modules)].map(({ url }) => url));
}

function followImports(modules: readonly string[]): Set<CodeFile> {
  const found = new Set<CodeFile>();
  const follow = (file: CodeFile | null) => {
    if (file === null || found.has(file)) return;
    found.add(file);
    file.imports.forEach(follow);
  };
  modules.map(readCode).forEach(follow);
  return found;
}

/** Reads a file and all that it imports; null if it is not there. */
function readCode(url: string): CodeFile | null {
  const known = files.get(url);
  if (known !== undefined) return known;
  let bytes: Uint8Array;
  try {
    bytes = Deno.readFileSync(new URL(url));
  } catch (error) {
    // Such as a path in a comment.
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    files.set(url, null);
    return null;
  }
  const text = BINARY.test(url)
    ? ""
    : new TextDecoder().decode(bytes).replaceAll("\r\n", "\n");
  const hash = text === "" ? hashBytes(bytes) : hashText(text);
  const file: CodeFile = { url, hash, imports: [] };
  // Before its imports are read, for they may import it.
  files.set(url, file);
  for (const path of findImports(text)) {
    const imported = new URL(path, url).href;
    const other = imported.endsWith(MANIFEST) ? null : readCode(imported);
    if (other !== null) file.imports.push(other);
  }
  return file;
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
  // Most files have none, which is found out sooner without the expression.
  const others = [
    ...text.includes("import(") ? text.matchAll(EXPRESSION) : [],
    ...text.includes("new URL(") ? text.matchAll(FILE) : [],
  ].map(([, path]) => path);
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
