/** The flags of the scripts in this folder. */

import { readFlags } from "../lib/cli/flags.ts";
import type { Parameters, Values } from "../lib/cli/parameters.ts";

/**
 * Reads the flags of a script; with `--help` it lists them.
 *
 * @param args The script's arguments.
 * @param flags Its flags, `help` among them.
 * @param script The script's name, for error messages.
 * @returns The values; undefined after `--help`.
 * @throws {InputError} If a flag cannot be read.
 */
export function readBenchFlags<const Flags extends Parameters>(
  args: readonly string[],
  flags: Flags,
  script: string,
): Values<Flags> | undefined {
  const given = readFlags(args, flags, script);
  const entries = Object.entries(flags);
  if (given.get("help") === true) {
    const longest = Math.max(...entries.map(([name]) => name.length));
    for (const [name, flag] of entries) {
      console.log(
        `--${name.padEnd(longest + 1)} ${flag.help} (${flag.default})`,
      );
    }
    return undefined;
  }
  return Object.fromEntries(
    entries.map(([name, flag]) => [name, given.get(name) ?? flag.default]),
  ) as Values<Flags>;
}
