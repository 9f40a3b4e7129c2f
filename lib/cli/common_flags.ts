/** The flags that every command takes. */

import { BACKEND_CHOICES } from "../backend/backend_names.ts";
import { choice, integer, text, toggle } from "./parameters.ts";

/** Flags of every command; the first six may stand in a config file, too. */
export const commonParameters = {
  run: text("reports/demo", "DIR", "the run's folder"),
  seed: integer(
    42,
    { minimum: 0, maximum: Number.MAX_SAFE_INTEGER },
    "the master seed, from which every random choice is derived",
  ),
  backend: choice(
    "auto",
    BACKEND_CHOICES,
    "where to compute the network; auto takes the fastest that works",
  ),
  threads: integer(
    0,
    { minimum: 0, maximum: 1024 },
    "number of threads, 0 for one per core; no result depends on it",
  ),
  force: toggle("also run stages that are up to date"),
  quiet: toggle("print errors only"),
  config: text("", "FILE.json", "a file with values for these flags"),
  "dry-run": toggle("say what would run and why, and write nothing"),
  safe: toggle("do without V8's flags for speed, as the tasks :safe do"),
  debug: toggle("show where in the program an error was raised"),
  help: toggle("show this text"),
};

/** What belongs on the command line only. */
export const COMMAND_LINE_ONLY: ReadonlySet<string> = new Set([
  "config",
  "dry-run",
  "safe",
  "debug",
  "help",
]);
