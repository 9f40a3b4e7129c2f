/**
 * Names that were replaced, bad English and British spelling are nowhere in
 * the code and the documentation.
 */

import assert from "node:assert/strict";

const root = new URL("../../", import.meta.url);

/** Regular expressions of whole words, a line each. */
const LIST = "tests/docs/old_words.txt";

/** Where words are read; the changelog and results may have old ones. */
const FOLDERS = ["lib", "tests", "scripts", "bench", "docs", "presets"];
const PAGES = [
  ...["README.md", "METHODS.md", "CONTRIBUTING.md", "data/README.md"],
  ...["deno.json", "Taskfile.yml", "CITATION.cff", ".github/workflows/ci.yml"],
];

/** Folders of others' files, and files that no one reads. */
const SKIPPED = /^(node_modules|\.venv|__pycache__)$|\.actual\.svg$/;

const TEXT = /\.(ts|as|md|json|py|sh|txt|yml|cff)$/;

async function* textFiles(folder: string): AsyncGenerator<string> {
  for await (
    const { name, isDirectory } of Deno.readDir(new URL(folder, root))
  ) {
    const path = `${folder}/${name}`;
    if (SKIPPED.test(name)) continue;
    if (isDirectory) yield* textFiles(path);
    else if (TEXT.test(name) && path !== LIST) yield path;
  }
}

Deno.test("no word of the list is used", async () => {
  const patterns = (await Deno.readTextFile(new URL(LIST, root)))
    .split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  assert.ok(patterns.length > 0);
  for (const pattern of patterns) new RegExp(pattern);
  const old = new RegExp(`(?<!\\w)(?:${patterns.join("|")})(?!\\w)`, "gi");
  const paths = [...PAGES];
  for (const folder of FOLDERS) {
    for await (const path of textFiles(folder)) paths.push(path);
  }
  assert.ok(paths.length > 500, `${paths.length} files`);
  const hits: string[] = [];
  for (const path of paths) {
    const text = await Deno.readTextFile(new URL(path, root));
    for (const { 0: word, index } of text.matchAll(old)) {
      const line = text.slice(0, index).split("\n").length;
      hits.push(`${path}:${line}: ${word}`);
    }
  }
  assert.deepEqual(hits, []);
});
