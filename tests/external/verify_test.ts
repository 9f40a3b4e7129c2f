/** `verify` finds the other cohort's files again, or says what is wrong. */

import assert from "node:assert/strict";
import { pipeline } from "../../lib/pipeline/stages.ts";
import { verifyCommand } from "../../lib/pipeline/verify/verify_command.ts";
import { asCsv, CohortRun, makeCounts } from "./two_cohorts.ts";

const there = makeCounts({
  seed: 4,
  prefix: "there",
  tissues: { cor: 4, liver: 4, skin: 4 },
});

async function verify(run: CohortRun) {
  const lines: string[] = [];
  const add = (line: string) => lines.push(line);
  const status = await verifyCommand(
    pipeline,
    ["--run", run.path, "--data", run.folder, "--threads", "1"],
    { out: add, err: add },
  );
  return { status, text: lines.join("\n") };
}

Deno.test("a run with another cohort is made again from its files", async () => {
  await using run = await CohortRun.copy();
  const table = await run.write("tissues.csv", "from,to\ncor,heart\n");
  const sheet = await run.write(
    "sheet.csv",
    "sample_id,organ\n" +
      there.ids.map((id, row) => `${id},${there.tissues[row]}\n`).join(""),
  );
  const judged = await run.judge(
    asCsv(there),
    ...["--external-tissues", table, "--external-samples", sheet],
    ...["--external-label", "organ"],
  );
  assert.equal(judged.status, 0, judged.text);
  const same = await verify(run);
  assert.match(same.text, /external +external\.json +same/);
  assert.match(same.text, /external +predictions\.csv +same/);
  assert.doesNotMatch(same.text, /differs|Cannot/);

  // Another file of the same name.
  for (
    const [name, text] of [["there.csv", asCsv(there)], ["tissues.csv", ""]]
  ) {
    const path = `${run.folder}/${name}`;
    const before = await Deno.readTextFile(path);
    await Deno.writeTextFile(path, text + "x,y\n");
    const other = await verify(run);
    assert.equal(other.status, 1, other.text);
    assert.match(
      other.text,
      new RegExp(`external.*${name} is not the file that it read`, "s"),
    );
    await Deno.writeTextFile(path, before);
  }
  await Deno.remove(table);
  const lost = await verify(run);
  assert.notEqual(lost.status, 0);
  assert.match(lost.text, /it read tissues\.csv, which is/);
});
