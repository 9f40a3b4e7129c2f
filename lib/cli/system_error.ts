/** What the operating system refused, in plain words. */

import { LAUNCHER } from "./shell.ts";

/** Whether nothing is of a path's name. */
export function isMissing(error: unknown): boolean {
  return error instanceof Deno.errors.NotFound ||
    error instanceof Deno.errors.NotADirectory;
}

/** What is wrong, and what fixes it: in place, or by another place. */
interface Explanation {
  readonly what: string;
  readonly fix: string;
  readonly isElsewhere?: boolean;
}

/** By the system's code. */
const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  ENOSPC: { what: "the disk is full", fix: "make room on it" },
  EDQUOT: { what: "your disk quota is used up", fix: "make room on that disk" },
  EFBIG: {
    what: "a file would be larger than the system allows",
    fix: "raise the limit (ulimit -f), or give a --run on another disk",
  },
  EROFS: {
    what: "the disk is read-only",
    fix: "make it writable, or give another --run",
  },
  EIO: {
    what: "the disk reports an input/output error",
    fix: "look at the system's log, or give a --run on another disk",
  },
  EACCES: {
    what: "you have no permission for it",
    fix: "give yourself permission to read and write there",
  },
  EPERM: {
    what: "the system does not permit it",
    fix: "give yourself permission to read and write there",
  },
  EMFILE: {
    what: "too many files are open",
    fix: "raise the limit (ulimit -n)",
  },
  ENFILE: {
    what: "too many files are open on this machine",
    fix: "end other programs",
  },
  ENAMETOOLONG: {
    what: "a name is longer than the system allows",
    fix: "give a --run with a shorter name",
    isElsewhere: true,
  },
  ENOLCK: {
    what: "the disk does not support locks",
    fix: "give a --run on another disk",
    isElsewhere: true,
  },
  ESTALE: {
    what: "the network disk has lost the file",
    fix: "mount that disk again",
  },
  ENOMEM: {
    what: "the memory is not enough",
    fix: `give fewer --threads, or use a larger machine: "${LAUNCHER} doctor ` +
      '--input FILE" says what a run takes',
    isElsewhere: true,
  },
};

/** Numbers that Linux and macOS share. */
const UNIX = {
  1: "EPERM",
  5: "EIO",
  12: "ENOMEM",
  13: "EACCES",
  23: "ENFILE",
  24: "EMFILE",
  27: "EFBIG",
  28: "ENOSPC",
  30: "EROFS",
};

/**
 * Codes by the system's numbers: Deno gives some errors no code, and none is
 * left of an error that comes from a worker.
 */
const NUMBERS: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  linux: {
    ...UNIX,
    36: "ENAMETOOLONG",
    37: "ENOLCK",
    38: "ENOSYS",
    95: "EOPNOTSUPP",
    116: "ESTALE",
    122: "EDQUOT",
  },
  darwin: {
    ...UNIX,
    45: "ENOTSUP",
    63: "ENAMETOOLONG",
    69: "EDQUOT",
    70: "ESTALE",
    77: "ENOLCK",
    78: "ENOSYS",
    102: "EOPNOTSUPP",
  },
  windows: {
    1: "ENOSYS",
    39: "ENOSPC",
    50: "ENOTSUP",
    112: "ENOSPC",
    1295: "EDQUOT",
  },
};

/**
 * Explains an error of the operating system, or a lack of memory.
 *
 * @param os Whose numbers count, as `Deno.build.os` names it.
 * @returns What is wrong, with the file if it is known, and what fixes it;
 * `undefined` for any other error.
 */
export function explainSystemError(
  error: unknown,
  os: string = Deno.build.os,
): { what: string; remedy: string } | undefined {
  if (!(error instanceof Error)) return undefined;
  const code = codeOf(error, os);
  if (!Object.hasOwn(EXPLANATIONS, code)) return undefined;
  const { what, fix, isElsewhere } = EXPLANATIONS[code];
  const file = /'([^']+)'/.exec(error.message)?.[1];
  const goOn = ", then give the command again: it goes on after the stages " +
    "that are finished";
  return {
    what: file === undefined ? what : `${what} (${file})`,
    remedy: isElsewhere ? fix : fix + goOn,
  };
}

/** What V8 says if it cannot get memory, or an array would be too large. */
const NO_MEMORY =
  /^(Array buffer allocation failed|Invalid (typed array|array|array buffer|string) length|WebAssembly\.Memory\(\): could not allocate|(Map|Set) maximum size)/;

/** What explains an error: the system's code, or that memory was lacking. */
function codeOf(error: Error, os: string): string {
  const { code } = error as { code?: unknown };
  if (typeof code !== "string" && NO_MEMORY.test(error.message)) {
    return "ENOMEM";
  }
  return systemCode(error, os);
}

/**
 * The system's code of an error, such as `ENOSPC`, by its number if Deno gives
 * none.
 *
 * @param os Whose numbers count, as `Deno.build.os` names it.
 * @returns Empty if there is none.
 */
export function systemCode(error: unknown, os: string = Deno.build.os): string {
  if (!(error instanceof Error)) return "";
  const { code } = error as { code?: unknown };
  if (typeof code === "string") return code;
  const number = Number(/\(os error (\d+)\)/.exec(error.message)?.[1]);
  return NUMBERS[os]?.[number] ?? "";
}
