/** Any bytes give a sheet, a table of genes or new names, or one clear error. */

import assert from "node:assert/strict";
import fc from "fast-check";
import type { RawAxis } from "../../../lib/prepare/input/raw_matrix.ts";
import { readFeatures } from "../../../lib/prepare/sheets/features.ts";
import { readLabelMerges } from "../../../lib/prepare/sheets/label_merges.ts";
import { matchSampleSheet } from "../../../lib/prepare/sheets/sample_sheet.ts";
import { anyBytes, anyName, damaged, SEED, tryFiles } from "../../fuzz.ts";
import { inFolder } from "./in_folder.ts";

const NAMES = ["a-1", "b", "__proto__", "constructor", "=cmd", "1"];

function axis(ids: readonly string[]): RawAxis {
  return { title: "", ids, annotations: [], locate: String };
}

const RAW = { rows: axis(NAMES), columns: axis(["g1", "g2", ""]) };

const readers: {
  readonly what: string;
  readonly sound: string;
  readonly read: (path: string) => Promise<unknown>;
}[] = [
  {
    what: "a sample sheet",
    sound: 'sample_id,t\na.1,"x, y"\nb,2\n__proto__,3\n=cmd,\n1,5\nb,2\nz,9\n',
    read: async (path) => {
      const sheet = await matchSampleSheet(path, RAW);
      for (const { texts } of sheet.facts) {
        assert.equal(texts.length, RAW[sheet.samplesIn].ids.length);
      }
      assert.equal(sheet.matched.length, RAW[sheet.samplesIn].ids.length);
      assert.ok(sheet.matched.includes(true));
      for (const note of sheet.notes) {
        assert.doesNotMatch(note, /[\p{Cc}\p{Zl}\p{Zp}]/u);
        assert.ok(note.length < 500, note);
      }
      return sheet;
    },
  },
  {
    what: "a table of genes",
    sound: "gene\tname\tdescription\ng1\tA\tone\n__proto__\tB\t\ng1\tC\tone\n",
    read: (path) =>
      readFeatures(path, (note) => {
        assert.doesNotMatch(note, /[\p{Cc}\p{Zl}\p{Zp}]/u);
      }),
  },
  {
    what: "new names of tissues",
    sound: "from,to\nLeaf,leaf\nleaves,leaf\n__proto__,root\nLeaf,leaf\n",
    read: readLabelMerges,
  },
];

for (const { what, sound, read } of readers) {
  Deno.test(`any bytes give ${what} or one error`, () =>
    inFolder(async (folder) => {
      const path = `${folder}/table.csv`;
      const readBytes = async (bytes: Uint8Array) => {
        await Deno.writeFile(path, bytes);
        return await read(path);
      };
      const files = damaged(new TextEncoder().encode(sound));
      await tryFiles(files, readBytes, { runs: 500, mixed: true });
      await tryFiles(anyBytes, readBytes, { runs: 300, mixed: false });
    }));
}

Deno.test("whatever they are called, samples and columns come back whole", () =>
  inFolder(async (folder) => {
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const names = fc.uniqueArray(
      anyName.map((name) => name.trim().toWellFormed()).filter((name) =>
        name !== "" && !/[\0\s,;]/.test(name)
      ),
      { minLength: 3, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(names, async ([title, fact, ...ids]) => {
        const path = `${folder}/sheet.csv`;
        const rows = ids.map((id, index) => `${quoted(id)},${index}`);
        await Deno.writeTextFile(
          path,
          [`${quoted(title)},${quoted(fact)}`, ...rows].join("\n"),
        );
        const sheet = await matchSampleSheet(path, {
          rows: axis(ids),
          columns: axis([]),
        }, { sampleColumn: title });
        assert.deepEqual(sheet.facts, [{
          name: fact,
          texts: ids.map((_, index) => String(index)),
        }]);
      }),
      { seed: SEED, numRuns: 300 },
    );
  }));
