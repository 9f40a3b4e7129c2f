/** The beginning of a user's file, from which its format is recognized. */

/** What is known of a file before it is read. */
export interface FileHead {
  readonly path: string;
  /** The names of the entries of a folder, sorted; undefined for a file. */
  readonly entries?: readonly string[];
  /** The first bytes as they are in the file; none for a folder. */
  readonly packed: Uint8Array;
  /** The first bytes (64 KiB or more, if there are so many), unpacked. */
  readonly bytes: Uint8Array;
  /** `bytes` as text, what is no UTF-8 replaced. */
  readonly text: string;
}
