/** What a file system cannot do, told by its error. */

import { systemCode } from "../cli/system_error.ts";

const CODES = new Set(["ENOLCK", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** Whether the file system has no locks, or no way to write at once. */
export function isUnsupported(error: unknown): boolean {
  return CODES.has(systemCode(error));
}
