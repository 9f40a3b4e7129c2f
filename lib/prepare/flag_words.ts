/** Names a flag of the stage so that it can be typed on every task. */

/** `--transform none (on all: --prepare.transform none)`. */
export function flagWords(flag: string): string {
  return `--${flag} (on all: --prepare.${flag})`;
}
