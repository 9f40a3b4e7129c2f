/** Folders that are made once for all test files of a process. */

import { dirname } from "node:path";
import { codeHash } from "../lib/pipeline/code_hash.ts";
import { pipeline } from "../lib/pipeline/stages.ts";

/** How their names in the temporary folder begin. */
const PREFIX = "tissue-genes-test-";

/** The file in a folder that is whole. */
const WHOLE = ".whole";

/** Milliseconds after which one that a test process has left is removed. */
const OLD = 24 * 3600 * 1000;

/**
 * A folder that several test files read. Each test file has its own memory, so
 * they find the folder by the process and the name.
 *
 * @param name Tells it from others.
 * @param make Fills it; called once a process.
 * @returns Its path. Tests copy what they change.
 */
export async function sharedFolder(
  name: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const temporary = await temporaryFolder();
  // A process of an earlier day may have had the same number.
  const code = codeHash(
    pipeline.stages.flatMap(({ module, plugins = [] }) => [module, ...plugins]),
  );
  const shared = `${temporary}/${PREFIX}${Deno.pid}-${name}-${
    code.slice(0, 8)
  }`;
  if (await exists(`${shared}/${WHOLE}`)) return shared;
  await removeOld(temporary);
  if (await exists(shared)) await Deno.remove(shared, { recursive: true });
  await Deno.mkdir(shared);
  await make(shared);
  await Deno.writeTextFile(`${shared}/${WHOLE}`, "");
  return shared;
}

function exists(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}

async function temporaryFolder(): Promise<string> {
  const own = await Deno.makeTempDir({ prefix: PREFIX });
  await Deno.remove(own);
  return dirname(own);
}

async function removeOld(temporary: string): Promise<void> {
  for await (const { name } of Deno.readDir(temporary)) {
    if (!name.startsWith(PREFIX)) continue;
    const path = `${temporary}/${name}`;
    const { mtime } = await Deno.stat(path);
    if (mtime !== null && Date.now() - mtime.getTime() > OLD) {
      await Deno.remove(path, { recursive: true });
    }
  }
}

/** Copies a folder with all that is in it. */
export async function copyTree(from: string, to: string): Promise<void> {
  await Deno.mkdir(to, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(from)) {
    await (isDirectory ? copyTree : Deno.copyFile)(
      `${from}/${name}`,
      `${to}/${name}`,
    );
  }
}
