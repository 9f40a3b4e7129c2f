/** Writes a user's files for the tests, and checks how they are refused. */

import assert from "node:assert/strict";
import { InputError } from "../../lib/cli/errors.ts";

export async function writeInput(
  path: string,
  content: string | Uint8Array,
): Promise<string> {
  await Deno.writeFile(
    path,
    typeof content === "string" ? new TextEncoder().encode(content) : content,
  );
  return path;
}

/** For `assert.rejects`: an `InputError` with such a message and remedy. */
export function refusal(message: RegExp, remedy?: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof InputError, String(error));
    assert.match(error.message, message);
    if (remedy) assert.match(error.remedy as string, remedy);
    return true;
  };
}
