/** Refuses what can be read only once, or has no end: pipes and devices. */

import { InputError } from "../cli/errors.ts";
import { escapeControls } from "../cli/text.ts";

/**
 * Refuses a path that leads to neither a file nor a folder, before it is
 * opened: a pipe may keep its reader waiting forever.
 *
 * @param info What `Deno.stat` says of it.
 * @throws {InputError} If it is a pipe, a socket or a device.
 */
export function refusePipe(path: string, info: Deno.FileInfo): void {
  if (info.isFile || info.isDirectory) return;
  const kind = info.isFifo ? "pipe" : info.isSocket ? "socket" : "device";
  throw new InputError(
    `Cannot read ${escapeControls(path)}: it is a ${kind} and must be a file`,
    "Write it to a file first",
  );
}
