/**
 * Loaded before a script with `--preload`: prints the script's peak memory when
 * it ends.
 */

import process from "node:process";

addEventListener("unload", () => {
  const peakBytes = 1024 * process.resourceUsage().maxRSS;
  console.error(JSON.stringify({ peakBytes }));
});
