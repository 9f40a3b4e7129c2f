/** Gene sets as people have them: versions, tabs under another name, GMT. */

import assert from "node:assert/strict";
import { readUserGeneSets } from "../../lib/gene_sets/user_files.ts";
import { made } from "./made_matrix.ts";
import { User } from "./user.ts";

const genes = made().genes.map((gene) => ({ gene, name: null }));
const first = genes.slice(0, 12).map(({ gene }) => gene);

Deno.test("25: one reader for lists, tables of any delimiter and GMT", () =>
  User.in(async (user) => {
    const lines = (of: (id: string) => string, header = "") =>
      `${header}${first.map((id) => `${of(id)}\n`).join("")}`;
    const forms: [string, string][] = [
      ["list.txt", lines((id) => id)],
      ["version.txt", lines((id) => `${id}.1`)],
      ["lower.txt", lines((id) => id.toLowerCase())],
      ["tab_named.csv", lines((id) => `${id}\t2.1`, "gene\tlogFC\n")],
      ["semicolons.csv", lines((id) => `2.1;${id}`, "logFC;gene\n")],
      ["deseq.csv", lines((id) => `"${id}",9.1,2.1`, '"","baseMean","lfc"\n')],
    ];
    for (const [name, content] of forms) {
      const path = await user.save(name, content);
      const [set, ...others] = await readUserGeneSets([path], genes, () => {});
      assert.deepEqual(others, []);
      assert.deepEqual(
        [...set.columns],
        first.map((_, column) => column),
        name,
      );
    }
    const gmt = `LEAF\tna\t${first.slice(0, 6).join("\t")}\n` +
      `ROOT\tna\t${first.slice(6).join("\t")}\n`;
    const path = await user.save("sets.gmt", gmt);
    const sets = await readUserGeneSets([path], genes, () => {});
    assert.deepEqual(
      sets.map(({ name, columns }) => [name, [...columns]]),
      [["LEAF", [0, 1, 2, 3, 4, 5]], ["ROOT", [6, 7, 8, 9, 10, 11]]],
    );
  }));
