/** Tables of tissues to rename or to merge. */

import assert from "node:assert/strict";
import { readLabelMerges } from "../../../lib/prepare/sheets/label_merges.ts";
import { inFolder } from "./in_folder.ts";
import { refusal, writeInput } from "../user_files.ts";

function read(content: string) {
  return inFolder(async (folder) =>
    await readLabelMerges(await writeInput(`${folder}/merges.csv`, content))
  );
}

Deno.test("tissues are renamed to one another's name or to a new one", async () => {
  const merges = new Map([["Leaf", "leaf"], ["leaf 2", "leaf"]]);
  for (
    const content of [
      "from,to\nLeaf,leaf\nleaf 2,leaf\n",
      "To;why;From\nleaf;case;Leaf\nleaf;number;leaf 2\n;;\n",
      "from\tto\nLeaf\tleaf\nleaf 2\tleaf\nLeaf\tleaf\n",
    ]
  ) assert.deepEqual(await read(content), merges);
  // A name that stays is no chain.
  assert.deepEqual(
    await read("from,to\nleaf,leaf\nLeaf,leaf\n"),
    new Map([["leaf", "leaf"], ["Leaf", "leaf"]]),
  );
});

Deno.test("what is not clear is refused with all of it counted", async () => {
  const header = /with the columns from and to/;
  const cases: [string, RegExp, RegExp][] = [
    ["Leaf,leaf\nRoot,root\n", /columns are Leaf, leaf and should/, header],
    ["from,new\na,b\n", /columns are from, new and should/, header],
    ["from,to,to\na,b,c\n", /two of its columns are called to/, header],
    ["from,to\n", /no row below its header/, header],
    [
      "from,to\na,b\nc,\n,d\n",
      /2 rows should have a from and a to and lack one: lines 3, 4/,
      /Complete/,
    ],
    [
      "from,to\na,b\na,c\nd,e\na,c\n",
      /1 tissue is given several new names: 'a' \(line 5\)/,
      /Keep one row/,
    ],
    [
      "from,to\na,b\nb,c\nx,y\n",
      /1 tissue gets one that another row renames: 'a' becomes 'b', and 'b' becomes 'c'/,
      /a,c/,
    ],
    ["", /Cannot read the tissues to merge in .*: the file is empty/, header],
  ];
  for (const [content, message, remedy] of cases) {
    await assert.rejects(read(content), refusal(message, remedy));
  }
});
