/** Names of `--ignore` that the matrix has not. */

import assert from "node:assert/strict";
import { noteUnknownIgnored } from "../../../lib/prepare/arrange/unknown_ignored.ts";
import {
  arrange,
  inTurn,
  MAIZE,
  samplesInRows,
  TISSUES,
} from "./raw_fixture.ts";

const SEX = inTurn(["F", "F", "M"], 6);

const made = () => ({
  ...samplesInRows({
    columns: [...MAIZE, "Batch"],
    rowTexts: { tissue: TISSUES, sex: SEX },
  }),
  ignored: ["age"],
});
const raw = made();

Deno.test("ignored: what is there in any way is not noted", () => {
  const known = ["age", "sex", "Batch", "SRR1003", "sample_id"];
  assert.deepEqual(noteUnknownIgnored(raw, known), []);
  assert.deepEqual(noteUnknownIgnored(raw, []), []);
});

Deno.test("ignored: all other names in one note, with what is near", () => {
  assert.deepEqual(noteUnknownIgnored(raw, ["batch", "age", "plate"]), [
    "--ignore gives 2 names that no column and no row of the matrix has: " +
    "'batch' (did you mean 'Batch'?), 'plate'",
  ]);
  // What is left out already is not meant.
  assert.deepEqual(noteUnknownIgnored(raw, ["agee"]), [
    "--ignore gives 1 name that no column and no row of the matrix has: 'agee'",
  ]);
});

Deno.test("ignored: a reader that does not tell is not asked", () => {
  const silent = { ...raw, ignored: undefined };
  assert.deepEqual(noteUnknownIgnored(silent, ["plate"]), []);
});

Deno.test("ignored: the note is one of the reading", () => {
  const { reading, matrix } = arrange(made(), {
    choices: { ignore: ["Batch", "sexx", "sex"] },
  });
  assert.deepEqual(matrix.genes, MAIZE);
  assert.match(
    reading.notes.join("|"),
    /--ignore gives 1 name .* 'sexx' \(did/,
  );
});

Deno.test("rows of words are noted unless they are about the samples", () => {
  const textRowNotes = ["Row 'unit' holds words"];
  const noted = arrange({ ...made(), textRowNotes }).reading.notes;
  assert.ok(noted.includes(textRowNotes[0]));
  const turned = samplesInRows({
    rows: MAIZE,
    columns: raw.rows.ids,
    rowTexts: {},
    columnTexts: { tissue: TISSUES },
  });
  const { genesIn, notes } = arrange({ ...turned, textRowNotes }).reading;
  assert.equal(genesIn, "rows");
  assert.deepEqual(notes, []);
});
