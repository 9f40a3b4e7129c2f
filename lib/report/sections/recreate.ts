/** The section with the commands that make the run again. */

import { backendNameOf } from "../../backend/backend_names.ts";
import { CONFIG_FILE } from "../../store/run_paths.ts";
import { quoteForShell } from "../../cli/shell.ts";
import { taskCommand } from "../commands.ts";
import { commandBlock, paragraphs } from "../markdown.ts";
import type { RunReport } from "../run_report.ts";

/** Not this run's own folder, so that the two can be compared. */
const NEW_FOLDER = "reports/again";

/** The run's `config.json` holds all that was given. */
export function recreateSection({ facts }: RunReport): string {
  const { folder, simulated, records } = facts;
  return paragraphs(
    "## The command that makes it again",
    "Into a new folder, so that the two can be compared file by file:",
    commandBlock([
      `deno task all --run ${NEW_FOLDER}`,
      `--config ${quoteForShell(`${folder}/${CONFIG_FILE}`)}`,
    ]),
    "This makes it again in a scratch folder and compares every file:",
    commandBlock([taskCommand("verify", folder)]),
    simulated
      ? ""
      : "Run it where the named files lie; the SHA-256 under Provenance tells " +
        "whether they are the same.",
    records.some(({ backend }) => backendNameOf(backend) === "webgpu")
      ? "The run used WebGPU, which may round differently on another graphics " +
        "card: expect the same to several digits, not the same bytes."
      : "",
  );
}
