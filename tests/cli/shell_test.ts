import assert from "node:assert/strict";
import { formatCommand, launcherOf } from "../../lib/cli/shell.ts";

Deno.test("a command begins as the user began it", () => {
  const npx = "npx -y deno@2.9.6 task";
  for (
    const [path, launcher] of [
      ["/home/me/.npm/_npx/1a2b/node_modules/deno/deno", npx],
      [
        "C:\\Users\\me\\npm-cache\\_npx\\1a2b\\node_modules\\deno\\deno.exe",
        npx,
      ],
      ["/usr/lib/node_modules/deno/deno", "deno task"],
      ["/home/me/.deno/bin/deno", "deno task"],
    ]
  ) assert.equal(launcherOf(path, "2.9.6"), launcher);
});

Deno.test("every value can be pasted into a shell", () => {
  assert.equal(
    formatCommand("all", [
      ["run", "reports/it's mine"],
      ["force", true],
      ["quiet", false],
      ["cnn.decay", -1],
      ["clusters.sets", ["a b.csv", "c.csv"]],
      ["group", ""],
    ]),
    "deno task all --run 'reports/it'\\''s mine' --force --quiet=false " +
      "--cnn.decay=-1 --clusters.sets 'a b.csv,c.csv' --group=",
  );
});

Deno.test("--safe chooses the task", () => {
  const command = (safe: boolean) =>
    formatCommand("all", [["run", "reports/a"], ["safe", safe], ["seed", 7]]);
  assert.equal(command(true), "deno task all:safe --run reports/a --seed 7");
  assert.equal(command(false), "deno task all --run reports/a --seed 7");
});
