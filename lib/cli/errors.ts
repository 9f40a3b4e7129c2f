/** The two ways in which a command fails, told apart by its exit status. */

/**
 * Bad usage or bad input: the user can mend it. The command exits with 2 and
 * has written nothing.
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
