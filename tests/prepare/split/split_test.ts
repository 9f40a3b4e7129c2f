import assert from "node:assert/strict";
import fc from "fast-check";
import type { Split } from "../../../lib/prepare/dataset.ts";
import { splitSamples } from "../../../lib/prepare/split/split.ts";
import { RandomStream } from "../../../lib/random.ts";
import {
  assertNoted,
  randomSheet,
  reorder,
  rowsBy,
  type Sheet,
  tangledSheet,
  THOUSAND,
  unitsBy,
} from "../random_sheet.ts";

const seeds = fc.nat(2 ** 32 - 1);
const ungrouped = randomSheet({ grouped: false, samples: 120, groups: 1 });
const grouped = fc.oneof(
  randomSheet({ grouped: true, samples: 120, groups: 40 }),
  randomSheet({ grouped: true, samples: 60, groups: 9 }),
  tangledSheet(6),
);

/** The parts that each value of a column is in. */
function partsOf(column: readonly string[], split: readonly Split[]) {
  const parts = new Map<string, Set<Split>>();
  column.forEach((value, row) => {
    parts.set(value, (parts.get(value) ?? new Set()).add(split[row]));
  });
  return parts;
}

/** Every choice of test groups that keeps every tissue on both sides. */
function allWays(sheet: Sheet): number[][] {
  const groups = [...new Set(sheet.groups)];
  const masks = [...unitsBy(sheet).values()].map((units) =>
    [...units].reduce((mask, unit) => mask | 1 << groups.indexOf(unit), 0)
  );
  const isSingle = (mask: number) => (mask & (mask - 1)) === 0;
  const ways: number[][] = [];
  for (let test = 0; test < 1 << groups.length; test++) {
    const suits = masks.every((mask) =>
      isSingle(mask)
        ? (test & mask) === 0
        : (test & mask) !== 0 && (test & mask) !== mask
    );
    if (!suits) continue;
    ways.push(
      [...sheet.tissues.keys()].filter((row) =>
        test >> groups.indexOf(sheet.groups![row]) & 1
      ),
    );
  }
  return ways;
}

/** How far the two parts are from what was asked for, all samples together. */
function distances(split: readonly Split[]) {
  const count = (part: Split) => split.filter((own) => own === part).length;
  const tests = count("test");
  return {
    test: tests / split.length - 0.2,
    validation: count("validation") / (split.length - tests) - 0.1,
  };
}

/** A part that is far from its fraction, or empty, has a note; no other. */
function assertFractionNotes(split: readonly Split[], notes: string[]) {
  for (const [part, distance] of Object.entries(distances(split))) {
    const noted = notes.some((note) => note.startsWith(`The ${part} part is `));
    const empty = !split.includes(part as Split);
    assert.equal(noted, empty || Math.abs(distance) > 0.05, part);
  }
}

Deno.test("split: 1,000 random sheets without groups", () => {
  fc.assert(
    fc.property(ungrouped, seeds, (sheet, seed) => {
      const { split, notes } = splitSamples({ ...sheet, seed });
      const byTissue = rowsBy(sheet.tissues);
      const single = [...byTissue.values()].filter(({ length }) =>
        length === 1
      ).length;
      assert.equal(
        notes.some((note) =>
          single === 1
            ? /^Tissue .* has a single sample: it is in/.test(note)
            : note.startsWith(`${single} tissues (`) &&
              note.includes(" have a single sample each: they are in")
        ),
        single > 0,
      );
      for (const [tissue, parts] of partsOf(sheet.tissues, split)) {
        const rows = byTissue.get(tissue)!;
        const tests = rows.filter((row) => split[row] === "test").length;
        assert.ok(parts.has("train"));
        assert.equal(parts.has("test"), rows.length > 1);
        assert.ok(rows.length === 1 || Math.abs(tests - 0.2 * rows.length) < 1);
      }
      const far = Math.abs(distances(split).test) * split.length;
      assert.ok(far <= 0.5 + 0.8 * byTissue.size);
      assertFractionNotes(split, notes);
    }),
    THOUSAND,
  );
});

Deno.test("split: 1,000 random sheets with groups", () => {
  let tried = 0;
  let impossible = 0;
  let runs = 0;
  let excess = 0;
  fc.assert(
    fc.property(grouped, seeds, (sheet, seed) => {
      const { split, notes } = splitSamples({ ...sheet, seed });
      for (const [group, parts] of partsOf(sheet.groups!, split)) {
        assert.equal(parts.size, 1, `${group} is in ${[...parts]}`);
      }
      const units = unitsBy(sheet);
      let allOnBothSides = true;
      for (const [tissue, parts] of partsOf(sheet.tissues, split)) {
        assert.ok(parts.has("train"), `${tissue} is not trained`);
        const onBothSides = parts.has("test");
        assertNoted(notes, tissue, onBothSides);
        if (units.get(tissue)!.size > 1 && !onBothSides) allOnBothSides = false;
      }
      assertFractionNotes(split, notes);
      if (new Set(sheet.groups).size > 10) return;
      // The notes are right, and no other split is better.
      const ways = allWays(sheet);
      tried++;
      assert.equal(allOnBothSides, ways.length > 0);
      if (ways.length === 0) {
        impossible++;
        return;
      }
      const least = Math.min(
        ...ways.map((rows) => Math.abs(rows.length / split.length - 0.2)),
      );
      runs++;
      excess += Math.abs(distances(split).test) - least;
    }),
    THOUSAND,
  );
  assert.ok(tried > 500 && impossible > 50, `${tried}, ${impossible}`);
  // Not 0: the fraction of each tissue counts, too, not only the total.
  assert.ok(excess / runs < 0.05, `${excess / runs} from the closest`);
});

Deno.test("split: fractions are close with groups of few samples", () => {
  const stream = new RandomStream(3);
  for (let seed = 0; seed < 20; seed++) {
    const all = Array.from({ length: 600 });
    const sheet = {
      sampleIds: all.map((_, row) => `s${row}`),
      tissues: all.map(() => `t${stream.integer(10)}`),
      groups: all.map(() => `g${stream.integer(200)}`),
    };
    const { split, notes } = splitSamples({ ...sheet, seed });
    assert.deepEqual(notes, []);
    const count = (part: Split, tissue?: string) =>
      split.filter((own, row) =>
        own === part && (tissue ?? sheet.tissues[row]) === sheet.tissues[row]
      ).length;
    assert.ok(Math.abs(count("test") - 120) <= 3);
    assert.ok(Math.abs(count("validation") - 48) <= 3);
    for (const tissue of new Set(sheet.tissues)) {
      const size = sheet.tissues.filter((own) => own === tissue).length;
      assert.ok(Math.abs(count("test", tissue) - 0.2 * size) <= 3);
    }
  }
});

Deno.test("split: the seed decides, the order of the samples does not", () => {
  let different = 0;
  fc.assert(
    fc.property(fc.oneof(grouped, ungrouped), seeds, (sheet, seed) => {
      const { split, notes } = splitSamples({ ...sheet, seed });
      assert.deepEqual(splitSamples({ ...sheet, seed }), { split, notes });
      const order = new RandomStream(seed).shuffle([...sheet.tissues.keys()]);
      const other = splitSamples({ ...reorder(sheet, order), seed });
      assert.deepEqual(other.split, order.map((row) => split[row]));
      assert.deepEqual(other.notes, notes);
      const again = splitSamples({ ...sheet, seed: seed ^ 1 }).split;
      if (again.some((part, row) => part !== split[row])) different++;
    }),
    THOUSAND,
  );
  assert.ok(different > 500, `${different}`);
});

Deno.test("split: a case by hand, with its notes", () => {
  const { split, notes } = splitSamples({
    sampleIds: ["a", "b", "c", "d"],
    tissues: ["root", "leaf", "leaf", "silk"],
    groups: ["study1", "study1", "study2", "study1"],
    validationFraction: 0,
    seed: 1,
  });
  assert.deepEqual(split, ["train", "train", "test", "train"]);
  assert.deepEqual(
    notes,
    [
      "2 tissues ('root', 'silk') have a single sample each: they are in the " +
      "training part and are never tested",
    ],
  );
});

Deno.test("split: a note says which groups cannot be on both sides", () => {
  // Three groups, each pair a tissue: no split has all tissues on both sides.
  const { notes } = splitSamples({
    sampleIds: ["1", "2", "3", "4", "5", "6"],
    tissues: ["ab", "ab", "bc", "bc", "ac", "ac"],
    groups: ["a", "b", "b", "c", "a", "c"],
    validationFraction: 0,
    seed: 1,
  });
  assert.equal(
    notes.filter((note) => note.includes("no split was found that keeps"))
      .length >= 1,
    true,
  );
});

Deno.test("split: a tissue from one study goes to training", () => {
  const { split, notes } = splitSamples({
    sampleIds: ["1", "2", "3", "4"],
    tissues: ["root", "root", "leaf", "leaf"],
    groups: ["a", "a", "b", "c"],
    seed: 1,
  });
  assert.deepEqual(split.slice(0, 2), ["train", "train"]);
  assert.match(notes[0], /'root' comes from a single group, 'a'/);
});

Deno.test("split: columns of different lengths throw", () => {
  assert.throws(
    () => splitSamples({ sampleIds: ["a"], tissues: [], seed: 1 }),
    RangeError,
  );
});
