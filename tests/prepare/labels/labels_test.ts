/** The flags about tissues, and labels that are refused. */

import assert from "node:assert/strict";
import { alikeTissues } from "../../../lib/prepare/labels/alike_labels.ts";
import {
  isMissingLabel,
  labelKey,
} from "../../../lib/prepare/labels/label_key.ts";
import { nearName } from "../../../lib/prepare/labels/named.ts";
import { reviseLabels } from "../../../lib/prepare/labels/revise_labels.ts";
import {
  dropSmallTissues,
  refuseSingleTissue,
} from "../../../lib/prepare/labels/kept_tissues.ts";
import { Revision } from "../../../lib/prepare/review/revision.ts";
import { refusal } from "../user_files.ts";

const NONE = {
  "missing-labels": "refuse",
  "keep-tissues": [],
  "min-samples": 1,
} as const;

/** Tissues by name and number of samples. */
function tissuesOf(sizes: Record<string, number>): string[] {
  return Object.entries(sizes).flatMap(([name, size]) =>
    Array(size).fill(name)
  );
}

function revise(
  tissues: readonly string[],
  choices: Partial<Parameters<typeof reviseLabels>[2]> = {},
  merges?: ReadonlyMap<string, string>,
  label = "organ",
) {
  const revision = new Revision(tissues);
  const sampleIds = tissues.map((_, row) => `S${row}`);
  reviseLabels(revision, { sampleIds, label }, { ...NONE, ...choices }, merges);
  return {
    revision,
    notes: revision.notes,
    tissues: revision.kept.map((row) => revision.tissues[row]),
  };
}

Deno.test("labels: what names no tissue", () => {
  for (
    const text of [
      ...["", " ", "NA", "n/a", "N.A.", "NaN", "null", "None", "unknown", "-"],
      ...["--", "Not available", "not_available", "#N/A", "Not Reported", "?"],
    ]
  ) assert.ok(isMissingLabel(text), text);
  for (const text of ["nasal", "none-other", "0", "A", "unknown root"]) {
    assert.ok(!isMissingLabel(text), text);
  }
});

Deno.test("labels: missing ones are refused with samples, spelling and remedy", () => {
  const tissues = ["root", "NA", "leaf", "", "root", "leaf", "unknown"];
  assert.throws(
    () => revise(tissues),
    refusal(
      /^Cannot use the tissues: 3 samples of 7 have none \('S1', 'S3', 'S6'; the tissue is empty, 'NA', 'unknown'\), and each/,
      /^deno task prepare --missing-labels drop$/,
    ),
  );
  const found = revise(tissues, { "missing-labels": "drop" });
  assert.deepEqual(found.tissues, ["root", "leaf", "root", "leaf"]);
  assert.deepEqual(found.revision.dropped, [
    { flag: "missing-labels", samples: 3 },
  ]);
  assert.equal(found.notes.length, 1);
  assert.match(found.notes[0], /^--missing-labels drop left out 3 samples/);
});

Deno.test("labels: tissues that are spelled alike are one note", () => {
  const { notes, tissues } = revise(tissuesOf({
    "pollen ": 3,
    pollen: 9,
    Leaf: 4,
    leaf: 9,
    mature_root: 1,
    "mature root": 2,
    "embryo.": 1,
    embryo: 8,
    Embryo: 1,
  }));
  assert.equal(tissues.length, 38);
  assert.equal(notes.length, 1);
  assert.match(
    notes[0],
    /^9 tissues differ from another one only in case, blanks or _-\. and may be 4 tissues: 'embryo', 'Embryo', 'embryo\.'; 'leaf', 'Leaf'; 'mature root', 'mature_root'; 'pollen', 'pollen '\./,
  );
  assert.match(notes[0], /--merge-labels FILE, .* 'Embryo' to 'embryo', /);
  // A hundred alike make one short note.
  const many = Object.fromEntries(
    Array.from({ length: 100 }, (_, index) => [[`t${index}`, 1], [
      `T${index}`,
      1,
    ]]).flat(),
  );
  const long = revise(tissuesOf(many), { "min-samples": 2 }).notes;
  assert.equal(long.length, 1);
  assert.ok(long[0].length < 500, long[0]);
});

Deno.test("labels: numbers, and tissues that only look alike, are different", () => {
  const sizes = (names: string[]) => new Map(names.map((name) => [name, 3]));
  assert.deepEqual(alikeTissues(sizes(["leaf 1.2", "leaf 12", "leaf"])), []);
  assert.deepEqual(alikeTissues(sizes(["NA", "n/a", "leaf"])), []);
  assert.deepEqual(alikeTissues(sizes(["T 1", "t1"])), [["T 1", "t1"]]);
  assert.equal(labelKey("Mature\u00a0Root"), "matureroot");
});

Deno.test("labels: tissues are merged all at once", () => {
  const { tissues, revision, notes } = revise(
    ["a", "b", "c", "a ", "b", "Leaf "],
    {},
    new Map([["a", "b"], ["b", "c"], ["Leaf", "c"]]),
  );
  assert.deepEqual(tissues, ["b", "c", "c", "b", "c", "c"]);
  assert.deepEqual(revision.merged, [
    { from: "Leaf ", to: "c", samples: 1 },
    { from: "a", to: "b", samples: 1 },
    { from: "a ", to: "b", samples: 1 },
    { from: "b", to: "c", samples: 2 },
  ]);
  assert.match(notes[0], /^--merge-labels gave 5 samples another tissue: /);
});

Deno.test("labels: merges that no sample needs are noted, all such refused", () => {
  const tissues = tissuesOf({ root: 3, leaf: 3 });
  const { notes } = revise(
    tissues,
    {},
    new Map([["root", "roots"], ["leav", "x"], ["kidney", "y"]]),
  );
  assert.equal(notes.length, 2);
  assert.match(
    notes[1],
    /names 2 tissues that no sample has: 'kidney', 'leav' \(did you mean 'leaf'\?\)$/,
  );
  assert.throws(
    () => revise(tissues, {}, new Map([["kidney", "y"]])),
    refusal(/no sample has .* \('kidney'\), .* tissues are 'leaf', 'root'$/),
  );
});

Deno.test("labels: a merge can name what is missing", () => {
  const tissues = ["NA", "NA", "root", "root", "bad"];
  const { tissues: found } = revise(
    tissues,
    { "missing-labels": "drop" },
    new Map([["NA", "leaf"], ["bad", "NA"]]),
  );
  assert.deepEqual(found, ["leaf", "leaf", "root", "root"]);
});

Deno.test("labels: some tissues are kept", () => {
  const tissues = tissuesOf({ root: 2, "leaf ": 3, pollen: 1, NA: 1 });
  const found = revise(tissues, { "keep-tissues": ["leaf", "root"] });
  assert.equal(found.tissues.length, 5);
  assert.deepEqual(found.revision.dropped, [
    { flag: "keep-tissues", samples: 2 },
  ]);
  assert.match(
    found.notes[0],
    /^--keep-tissues left out 2 samples of 2 other tissues \('NA', 'pollen'\)$/,
  );
  assert.throws(
    () => revise(tissues, { "keep-tissues": ["Leav", "root"] }),
    refusal(
      /tissue 'Leav': no sample has it, .*; 'leaf' is near 'Leav'$/,
      /^deno task prepare --keep-tissues leaf,root$/,
    ),
  );
  assert.throws(
    () => revise(tissues, { "keep-tissues": ["kidney"] }),
    refusal(/the tissues are 'NA', 'leaf', 'pollen', 'root'$/, /by commas/),
  );
});

Deno.test("labels: nearly all different is no tissue", () => {
  const names = Array.from({ length: 48 }, (_, row) => `x${Math.min(row, 39)}`);
  assert.throws(
    () => revise(names),
    refusal(
      /^Cannot use the tissues: column 'organ' holds 40 different names for 48 samples, of which 39 are alone/,
      /--label/,
    ),
  );
  assert.throws(
    () => revise(names.map((name) => name.slice(1))),
    refusal(/40 different numbers for 48/),
  );
  // Whoever asks for larger tissues knows; a few samples may be alone.
  revise(names, { "min-samples": 2 });
  revise(names.slice(0, 10));
});

Deno.test("labels: small tissues are left out, and two must stay", () => {
  const tissues = tissuesOf({ root: 5, leaf: 4, pollen: 2, silk: 1 });
  const { revision } = revise(tissues);
  dropSmallTissues(revision, 3);
  assert.deepEqual([...revision.sizes()], [["root", 5], ["leaf", 4]]);
  assert.deepEqual(revision.notes, [
    "--min-samples 3 left out 2 tissues of 3 samples: 'pollen' (2), 'silk' (1)",
  ]);
  refuseSingleTissue(revision, "organ");
  const strict = new Revision(tissues);
  dropSmallTissues(strict, 5);
  assert.throws(
    () => refuseSingleTissue(strict, "organ"),
    refusal(
      /after --min-samples there is left one tissue only, 'root' \(5 samples\), and/,
      /change or omit --min-samples/,
    ),
  );
  assert.throws(
    () => refuseSingleTissue(new Revision(["a", "a"]), "organ"),
    refusal(
      /there is one tissue only, 'a' \(2 samples\) in the column 'organ'/,
    ),
  );
});

Deno.test("a name is suggested only if it is near", () => {
  assert.equal(nearName("ROOT", ["leaf", "root"]), "root");
  assert.equal(nearName("roots", ["leaf", "root"]), "root");
  assert.equal(nearName("pollen", ["leaf", "root"]), undefined);
  assert.equal(nearName("x", []), undefined);
});

Deno.test("labels: merged cells are to be filled down", () => {
  const merged = ["leaf", "", "", "root", "", "pollen", "", "", ""];
  const looks =
    /6 samples of 9 have none .*; the cells look merged, with the tissue in the first row of each block only$/;
  assert.throws(
    () => revise(merged),
    refusal(looks, /^Fill each tissue down to the empty cells below it/),
  );
  for (
    const scattered of [
      ["leaf", "", "leaf", "", "", "leaf", "", "root", ""],
      ["", "leaf", "", "", "root", "", ""],
      ["leaf", "leaf", "", "", "", "root", ""],
      ["leaf", "NA", "NA", "root", "NA"],
    ]
  ) {
    assert.throws(
      () => revise(scattered),
      refusal(/each should have one$/, /--missing-labels drop$/),
    );
  }
});
