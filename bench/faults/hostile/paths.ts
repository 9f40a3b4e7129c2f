/** Paths of runs that lead to the run by a detour, or to nothing of it. */

import { copyFolder } from "../run_folder.ts";
import { type HostileRun, makeLink } from "./hostile_run.ts";

const PATHS = [
  "reports/run/notes/..",
  "reports/run/cnn/..",
  "reports/run/.",
  "reports/run/notes/../notes/..",
  "reports/other/../run/notes/..",
  "reports/other/../../reports/run/cnn/../notes/../",
  "reports//run//notes//..",
  "reports/run/notes",
  "reports/run/cnn",
  "reports/other/..",
  "reports/run/..",
  "reports/link/notes/..",
  ".",
];

/** The run itself is honest; it is the user's notes that are at risk. */
export const paths: readonly HostileRun[] = PATHS.map((path) => ({
  kind: "paths",
  name: `--run ${path}`,
  path,
  isHonest: true,
  async make({ folder, run }) {
    await Deno.mkdir(`${run}/notes`);
    await Deno.writeTextFile(`${run}/notes/thesis.tex`, "mine");
    await makeLink(run, `${folder}/reports/link`);
    if (!/^reports\/(other|run)\/\.\.$/.test(path)) return;
    // Then `reports` holds a run itself.
    await copyFolder(`${run}/simulate`, `${folder}/reports/simulate`);
    await Deno.copyFile(`${run}/config.json`, `${folder}/reports/config.json`);
  },
  attempts: [["verify", "--threads", "1"], ["clean", "--yes"]],
}));
