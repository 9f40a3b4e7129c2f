/**
 * The worker that reads one HDF5 file and ends. A damaged file may break the
 * library for good, which must not reach the process.
 */

import "../../../sandbox.ts";
import { InputError } from "../../../cli/errors.ts";
import { truncateText } from "../../../cli/text.ts";
import { unreadable } from "../../input/unreadable.ts";
import { isAnnData, readAnnData } from "./anndata_file.ts";
import { Hdf5File } from "./hdf5_file.ts";
import { isLoom, readLoom } from "./loom_file.ts";
import type {
  FromReader,
  MatrixFacts,
  ToReader,
  ValueSink,
} from "./messages.ts";
import { refuseOther } from "./other_files.ts";
import { readTenx, tenxGroups } from "./tenx_file.ts";

/** The worker's global scope, of which Deno's default types know nothing. */
const scope = globalThis as unknown as {
  onmessage: (event: MessageEvent<ToReader>) => void;
  postMessage(message: FromReader, transfer?: Transferable[]): void;
};

const LONGEST_REASON = 80;

// The library prints every complaint, also where it only looks.
for (const name of ["log", "warn", "error"] as const) console[name] = () => {};

const sink: ValueSink = {
  size: (rows, columns) => scope.postMessage({ size: [rows, columns] }),
  block: (block) => scope.postMessage({ block }, [block.values.buffer]),
  entries: (entries) =>
    scope.postMessage({ entries }, [
      entries.rows.buffer,
      entries.columns.buffer,
      entries.values.buffer,
    ]),
};

scope.onmessage = async ({ data: { path, options } }) => {
  try {
    const file = await Hdf5File.open(
      path,
      (read) => scope.postMessage({ read }),
    );
    scope.postMessage({ done: readMatrix(file, options) });
  } catch (error) {
    const { message, remedy, rerun } = error instanceof InputError
      ? error
      : unreadable(
        path,
        `the HDF5 file is damaged or cut off (${reasonOf(error)})`,
        "Copy or download it again",
      );
    scope.postMessage({ failed: { message, remedy: rerun ?? remedy } });
  }
};

function readMatrix(
  file: Hdf5File,
  options: ToReader["options"],
): MatrixFacts {
  const names = file.names("/");
  if (isAnnData(file) && !names.includes("mod")) {
    return readAnnData(file, options, sink);
  }
  const groups = tenxGroups(file);
  if (groups.length > 0) return readTenx(file, groups, options, sink);
  if (isLoom(file)) return readLoom(file, options, sink);
  throw refuseOther(file);
}

function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return truncateText(message.split("\n")[0], LONGEST_REASON);
}
