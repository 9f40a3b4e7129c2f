/** The two ways in which a command fails, told apart by its exit status. */

/**
 * Bad usage or bad input: the user can mend it. The command exits with 2 and
 * has written nothing.
 *
 * @example
 * ```ts
 * import { InputError } from "./errors.ts";
 * const error = new InputError(
 *   "Cannot read the matrix: row 3 has 4 cells where the header has 5",
 *   "Mend line 3 of matrix.csv and run the command again",
 * );
 * console.assert(error.message.startsWith("Cannot read the matrix"));
 * ```
 */
export class InputError extends Error {
  override name = "InputError";
  /** What mends it: a command, or a short instruction. */
  readonly remedy?: string;

  /**
   * @param message The failed action, a colon, what is and what should be.
   * @param remedy What mends it: a command, or a short instruction.
   */
  constructor(message: string, remedy?: string) {
    super(message);
    this.remedy = remedy;
  }
}

/**
 * A stage failed while it ran (device lost, disk full, divergence). The
 * command exits with 1; what earlier stages made is untouched.
 *
 * @example
 * ```ts
 * import { RunError } from "./errors.ts";
 * const error = new RunError(
 *   "Cannot go on training: the loss is NaN in epoch 3 and must be finite",
 *   "deno task cnn --learning-rate 0.00001",
 * );
 * console.assert(error.remedy?.includes("learning-rate"));
 * ```
 */
export class RunError extends Error {
  override name = "RunError";
  /** What mends it: a command, or a short instruction. */
  readonly remedy?: string;

  /**
   * @param message The failed action, a colon, what is and what should be.
   * @param remedy What mends it: a command, or a short instruction.
   */
  constructor(message: string, remedy?: string) {
    super(message);
    this.remedy = remedy;
  }
}
