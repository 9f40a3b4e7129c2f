/** What the command is called that makes a run again. */

export const VERIFY = "verify";
