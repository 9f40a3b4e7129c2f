/** Which lists are looked at, and what is refused. */

import assert from "node:assert/strict";
import { knownRankings, readLists } from "../../lib/enrichment/lists.ts";
import { ranks, shapGenes } from "../../lib/shap/outputs.ts";
import { rankingMethods } from "../../lib/rankings/methods.ts";
import { rankingTable } from "../../lib/rankings/outputs.ts";
import type { TypedOutput } from "../../lib/store/output.ts";

const genes = ["a", "b", "c"];
const [simple] = rankingMethods;

/** A run of one network, with one tissue. */
const context = {
  has: () => Promise.resolve(false),
  read: <Data>({ file }: TypedOutput<Data>): Promise<Data> => {
    const known: Record<string, unknown> = {
      [ranks.file]: {
        names: ["leaf"],
        first: [1, 2],
        values: [["c"], ["a"]],
      },
      [shapGenes.file]: [],
      [rankingTable(simple).file]: [
        { gene: "b", tissue: "leaf", rank: 2 },
        { gene: "a", tissue: "leaf", rank: 1 },
      ],
    };
    return Promise.resolve(known[file] as Data);
  },
};

Deno.test("lists are cut after the first genes, in the order of all rankings", async () => {
  const lists = await readLists(context, { genes }, [simple.name, "shap"], 1);
  assert.deepEqual(lists.map(({ name }) => name), ["shap", simple.name]);
  assert.deepEqual([...lists[0].lists], [["leaf", [2]]]);
  assert.deepEqual([...lists[1].lists], [["leaf", [0]]]);
  assert.ok(knownRankings().includes("shap_consensus"));
});

Deno.test("a consensus of one network is refused with a command", async () => {
  await assert.rejects(
    readLists(context, { genes }, ["shap_consensus"], 1),
    (error: Error & { remedy?: string }) => {
      assert.match(error.message, /the run has one network/);
      assert.match(error.remedy!, /deno task enrichment .*--methods shap$/);
      return true;
    },
  );
});

Deno.test("a gene that the matrix lacks is refused", async () => {
  await assert.rejects(
    readLists(context, { genes: ["a", "c"] }, [simple.name], 9),
    /gene 'b' is not in the matrix/,
  );
});
