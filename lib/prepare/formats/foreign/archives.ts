/** Archives and compressed files other than gzip. */

import { quoteForShell } from "../../../cli/shell.ts";
import { type ForeignKind, startsWith } from "./foreign_kind.ts";

const command = (words: string) => (path: string) =>
  `${words} ${quoteForShell(path)}`;
const unpack = (words: string) => (path: string) =>
  `Unpack it and give the file or the folder in it: ${command(words)(path)}`;

/** Where a tar archive says that it is one. */
const TAR_OFFSET = 257;

/** The kinds, each with the command that unpacks it. */
export const archives: readonly ForeignKind[] = [
  {
    name: "zip",
    title: "a zip archive",
    is: (head) =>
      startsWith(head, [0x50, 0x4b, 0x03, 0x04]) ||
      startsWith(head, [0x50, 0x4b, 0x05, 0x06]),
    remedy: unpack("unzip"),
  },
  {
    name: "tar",
    title: "a tar archive",
    is: (head) => startsWith(head, "ustar", TAR_OFFSET),
    remedy: unpack("tar -xf"),
  },
  {
    name: "gzip-twice",
    title: "a gzip file in a gzip file",
    is: (head) => startsWith(head, [0x1f, 0x8b]),
    remedy: (path) =>
      path.endsWith(".gz")
        ? command("gunzip -k")(path)
        : `gunzip -c ${quoteForShell(path)} > ${quoteForShell(`${path}.gz`)}`,
  },
  {
    name: "bzip2",
    title: "a bzip2 file",
    is: (head) => startsWith(head, "BZh"),
    remedy: command("bunzip2 -k"),
  },
  {
    name: "xz",
    title: "an xz file",
    is: (head) => startsWith(head, [0xfd, 0x37, 0x7a, 0x58, 0x5a]),
    remedy: command("unxz -k"),
  },
  {
    name: "zstd",
    title: "a Zstandard file",
    is: (head) => startsWith(head, [0x28, 0xb5, 0x2f, 0xfd]),
    remedy: command("unzstd"),
  },
  {
    name: "lz4",
    title: "an LZ4 file",
    is: (head) => startsWith(head, [0x04, 0x22, 0x4d, 0x18]),
    remedy: command("unlz4"),
  },
  {
    name: "7z",
    title: "a 7z archive",
    is: (head) => startsWith(head, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]),
    remedy: unpack("7z x"),
  },
  {
    name: "rar",
    title: "a RAR archive",
    is: (head) => startsWith(head, "Rar!"),
    remedy: unpack("unrar x"),
  },
  {
    name: "compress",
    title: "a file of the old program compress",
    is: (head) => startsWith(head, [0x1f, 0x9d]),
    remedy: command("uncompress -k"),
  },
];
