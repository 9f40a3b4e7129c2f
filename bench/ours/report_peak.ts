/**
 * Loaded before a script of ours, with `--preload`: prints the script's peak
 * of memory when it ends.
 */

import process from "node:process";

addEventListener("unload", () => {
  const peakBytes = 1024 * process.resourceUsage().maxRSS;
  console.error(JSON.stringify({ peakBytes }));
});
