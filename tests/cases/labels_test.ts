/** Tissues that are none, that are spelled alike, and flags that revise them. */

import assert from "node:assert/strict";
import { type Made, made, sheet, tall, wide } from "./made_matrix.ts";
import { AS_IT_IS, assertRead, User } from "./user.ts";

const MAIZE = made();

/** The matrix with other tissues for some samples. */
function labeled(tissueOf: (row: number, tissue: string) => string): Made {
  return {
    ...MAIZE,
    tissues: MAIZE.tissues.map((tissue, row) => tissueOf(row, tissue)),
  };
}

const isThird = (row: number) => row % 10 === 3;
const KEPT = MAIZE.samples.filter((_, row) => !isThird(row));

Deno.test("10: NA and the like are no tissues, wherever the tissues are", () =>
  User.in(async (user) => {
    const words = [
      "NA",
      "nan",
      "N/A",
      "",
      " ",
      "unknown",
      "Not available",
      "-",
    ];
    for (const word of words) {
      const matrix = labeled((row, tissue) => isThird(row) ? word : tissue);
      const samples = await user.save("s.csv", sheet(matrix));
      const forms: [string, string[]][] = [
        [await user.save("w.csv", wide(matrix)), []],
        [await user.save("t.csv", tall(matrix, { label: "tissue" })), []],
        [
          await user.save("n.csv", wide(matrix, { label: null })),
          ["--samples", samples],
        ],
      ];
      for (const [input, flags] of forms) {
        const refused = await user.refused("--input", input, ...flags);
        assert.match(
          refused.message,
          /^Cannot use the tissues: 5 samples of 48 have none \('SRR1003', 'SRR1013', 'SRR1023', 'SRR1033', 'SRR1043'; the tissue is ('.+'|empty)\), and each should have one$/,
        );
        const pasted = await user.paste(refused);
        assert.deepEqual(pasted.data.sampleIds, KEPT);
        assert.match(pasted.said, /--missing-labels drop left out 5 samples/);
      }
    }
  }));

Deno.test("10: tissues that differ in case or blanks only are noted and merged", () =>
  User.in(async (user) => {
    const spelled = labeled((row, tissue) =>
      row === 1
        ? "Leaf"
        : row === 13
        ? "root "
        : row === 25
        ? "pollen."
        : tissue
    );
    const input = await user.save("m.csv", wide(spelled));
    const { said } = await user.prepare("--input", input);
    assert.match(
      said,
      /note: 4 tissues differ from another one only in case, blanks or _-\. and may be 2 tissues: 'leaf', 'Leaf'; 'pollen', 'pollen\.'\. To merge them give --merge-labels FILE, a table with the columns from and to: from 'Leaf' to 'leaf', 'pollen\.' to 'pollen'/,
    );
    const table = await user.save("merge.csv", [
      ["from", "to"],
      ["Leaf", "leaf"],
      ["pollen.", "pollen"],
    ]);
    const merged = await user.prepare(
      ...["--input", input, "--merge-labels", table, ...AS_IT_IS],
    );
    assertRead(merged, MAIZE);
    assert.doesNotMatch(merged.said, /differ from another/);
  }));

Deno.test("tissues to keep: a near name is proposed", () =>
  User.in(async (user) => {
    const input = await user.save("m.csv", wide(MAIZE));
    const refused = await user.refused(
      ...["--input", input, "--keep-tissues", "leaf,Roots"],
    );
    assert.match(refused.message, /'root' is near 'Roots'$/);
    const { data } = await user.paste(refused);
    assert.deepEqual(data.tissueNames, ["leaf", "root"]);
    const one = await user.refused("--input", input, "--keep-tissues", "leaf");
    assert.match(one.message, /there is left one tissue only, 'leaf' \(12 sam/);
  }));

Deno.test("numbers are tissues where --label names them", () =>
  User.in(async (user) => {
    const clusters = labeled((_, tissue) => String(tissue.length));
    const named = await user.save(
      "m.csv",
      wide(clusters, { label: "cluster" }),
    );
    const { message } = await user.refused("--input", named);
    assert.match(
      message,
      /the last one, 'cluster', holds 2 different numbers$/,
    );
    assertRead(
      await user.prepare(
        ...["--input", named, "--label", "cluster", ...AS_IT_IS],
      ),
      clusters,
    );
    for (const rows of [wide(clusters), tall(clusters, { label: "tissue" })]) {
      const input = await user.save("m.csv", rows);
      const refused = await user.refused("--input", input);
      assert.match(refused.remedy, /--label tissue$/);
      const { data } = await user.paste(refused);
      assert.deepEqual(data.tissues, clusters.tissues);
    }
  }));

Deno.test("a label that is an id, a gene, ignored or all different is refused", () =>
  User.in(async (user) => {
    const input = await user.save("m.csv", wide(MAIZE));
    const refuse = async (...flags: string[]) =>
      await user.refused("--input", input, ...flags);
    const forms: [string[], RegExp][] = [
      [["--label", "sample_id"], /'sample_id' holds the sample ids and cannot/],
      [["--label", "Zm00001d000004"], /48 of 48 samples have a value of their/],
      [
        ["--label", "tissue", "--ignore", "tissue"],
        /'tissue' is left out by --ignore and cannot be the label$/,
      ],
    ];
    for (const [flags, message] of forms) {
      const refused = await refuse(...flags);
      assert.match(refused.message, message);
      assert.match((await user.paste(refused)).said, /the tissue is 'tissue'/);
    }
    const own = labeled((row) => `t${row}`);
    const { message } = await user.refused(
      ...["--input", await user.save("m.csv", wide(own))],
    );
    assert.match(
      message,
      /'tissue' holds 48 different texts for 48 samples\)$/,
    );
  }));

Deno.test("a name with blanks and quotes is pasted whole", () =>
  User.in(async (user) => {
    const matrix = labeled((row, tissue) => isThird(row) ? "NA" : tissue);
    const input = await user.save("it's my $HOME.csv", wide(matrix));
    const refused = await user.refused("--input", input);
    assert.deepEqual((await user.paste(refused)).data.sampleIds, KEPT);
    const all = await user.allRefused("--input", input);
    assert.match(all.remedy, /^deno task all .* --missing-labels drop$/);
  }));
