import assert from "node:assert/strict";
import fc from "fast-check";
import { foldSamples } from "../../../lib/prepare/split/folds.ts";
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
const foldNumbers = fc.integer({ min: 2, max: 11 });
const grouped = fc.oneof(
  {
    weight: 2,
    arbitrary: randomSheet({ grouped: true, samples: 120, groups: 40 }),
  },
  { weight: 1, arbitrary: tangledSheet(6) },
);
const ungrouped = randomSheet({ grouped: false, samples: 120, groups: 1 });

/** The groups that must always be trained: the only ones of a tissue. */
function onlyGroups(sheet: Sheet): Set<string> {
  return new Set(
    [...unitsBy(sheet).values()].filter(({ size }) => size === 1)
      .flatMap((units) => [...units]),
  );
}

/** Samples per fold. */
function sizesOf(
  fold: ArrayLike<number>,
  folds: number,
  rows?: readonly number[],
) {
  const sizes = new Array(folds).fill(0);
  for (const row of rows ?? Array.from(fold).keys()) {
    if (fold[row]) sizes[fold[row] - 1]++;
  }
  return sizes;
}

/** Checks what is true for all sheets. */
function assertSound(sheet: Sheet, folds: number, seed: number) {
  const { fold, notes } = foldSamples({ ...sheet, folds, seed });
  assert.equal(fold.length, sheet.sampleIds.length);
  assert.ok(fold.every((own) => own >= 0 && own <= folds));
  for (const [group, rows] of rowsBy(sheet.groups ?? sheet.sampleIds)) {
    assert.equal(new Set(rows.map((row) => fold[row])).size, 1, group);
  }
  const needed = onlyGroups(sheet);
  for (const [tissue, units] of unitsBy(sheet)) {
    const rows = rowsBy(sheet.tissues).get(tissue)!;
    const own = new Set(rows.map((row) => fold[row]));
    // Never confined to one fold; samples of fold 0 train in every fold.
    assert.ok(own.has(0) || own.size > 1, `${tissue} is not trained`);
    if (units.size === 1) assert.deepEqual([...own], [0]);
    const tested = own.size > 1;
    assertNoted(notes, tissue, tested);
  }
  for (const group of needed) {
    const rows = rowsBy(sheet.groups ?? sheet.sampleIds).get(group)!;
    assert.equal(fold[rows[0]], 0);
  }
  const sizes = sizesOf(fold, folds);
  const filled = sizes.filter((size) => size > 0).length;
  assert.ok(
    sizes.slice(0, filled).every((size) => size > 0),
    "empty ones last",
  );
  return { fold, notes, sizes, filled };
}

Deno.test("folds: 1,000 random sheets without groups", () => {
  fc.assert(
    fc.property(ungrouped, foldNumbers, seeds, (sheet, folds, seed) => {
      const { fold, notes, sizes } = assertSound(sheet, folds, seed);
      for (const rows of rowsBy(sheet.tissues).values()) {
        if (rows.length === 1) continue;
        assert.ok(rows.every((row) => fold[row] > 0));
        const own = sizesOf(fold, folds, rows);
        assert.ok(Math.max(...own) - Math.min(...own) <= 1, "even by tissue");
      }
      assert.ok(Math.max(...sizes) - Math.min(...sizes) <= 1, "even in all");
      assert.ok(!notes.some((note) => note.includes("no more even")));
    }),
    THOUSAND,
  );
});

Deno.test("folds: 1,000 random sheets with groups", () => {
  let excluded = 0;
  let empty = 0;
  fc.assert(
    fc.property(grouped, foldNumbers, seeds, (sheet, folds, seed) => {
      const { fold, notes, sizes, filled } = assertSound(sheet, folds, seed);
      const needed = onlyGroups(sheet);
      const byGroup = rowsBy(sheet.groups!);
      const loose = [...byGroup.keys()].filter((group) => !needed.has(group));
      for (const group of loose) {
        const noted = notes.some((note) =>
          note.startsWith(`Group '${group}' is never tested`)
        );
        assert.equal(noted, fold[byGroup.get(group)![0]] === 0);
        if (noted) excluded++;
      }
      const tested = loose.filter((group) => fold[byGroup.get(group)![0]] > 0);
      const few = notes.some((note) => note.includes("hold test samples"));
      assert.equal(few, filled > 0 && filled < folds);
      if (few) empty++;
      if (
        !notes.some((note) =>
          note.startsWith("Group ") && note.includes("no folds")
        )
      ) {
        assert.equal(
          filled,
          Math.min(folds, tested.length),
          "as many folds as there can be",
        );
      }
      // A note says that folds are uneven.
      const far = Math.max(...sizes) - Math.min(...sizes);
      const share = tested.length === 0 ? 0 : Math.max(
        ...sizes.map((size) =>
          Math.abs(size / sizes.reduce((a, b) => a + b) - 1 / folds)
        ),
      );
      assert.equal(
        notes.some((note) => note.includes("no more even folds")),
        filled === folds && far > 1 && share > 0.05,
      );
    }),
    THOUSAND,
  );
  assert.ok(excluded > 0 && empty > 100, `${excluded}, ${empty}`);
});

/** How uneven folds are: 0 if each tissue's and all samples' are equal. */
function unevenness(sheet: Sheet, fold: ArrayLike<number>, folds: number) {
  const parts = [...rowsBy(sheet.tissues).values(), [...sheet.tissues.keys()]];
  return parts.reduce((sum, rows) => {
    const sizes = sizesOf(fold, folds, rows);
    const total = sizes.reduce((a, b) => a + b);
    if (total === 0) return sum;
    return sum +
      sizes.reduce(
        (squares, size) => squares + (size - total / folds) ** 2 / total,
        0,
      );
  }, 0);
}

/** The least uneven folds that test all groups that can be, of all ways. */
function bestOfAll(sheet: Sheet, folds: number): number | null {
  const needed = onlyGroups(sheet);
  const groups = [...new Set(sheet.groups)].filter((g) => !needed.has(g));
  const tissues = [...unitsBy(sheet).values()]
    .filter((units) => ![...units].some((group) => needed.has(group)))
    .map((units) => [...units].map((group) => groups.indexOf(group)));
  const groupOf = sheet.groups!.map((group) => groups.indexOf(group));
  const fold = new Array(groups.length).fill(0);
  let least: number | null = null;
  for (let way = 0; way < folds ** groups.length; way++) {
    for (let rest = way, group = 0; group < groups.length; group++) {
      fold[group] = rest % folds;
      rest = Math.floor(rest / folds);
    }
    if (tissues.some((own) => own.every((g) => fold[g] === fold[own[0]]))) {
      continue;
    }
    const rows = groupOf.map((group) => group < 0 ? 0 : fold[group] + 1);
    least = Math.min(least ?? Infinity, unevenness(sheet, rows, folds));
  }
  return least;
}

Deno.test("folds: as good as the best of all ways, if there are few", () => {
  let impossible = 0;
  let excess = 0;
  let best = 0;
  const runs = 400;
  fc.assert(
    fc.property(
      fc.oneof(
        randomSheet({ grouped: true, samples: 24, groups: 6 }),
        tangledSheet(5),
      ),
      fc.integer({ min: 2, max: 3 }),
      seeds,
      (sheet, folds, seed) => {
        const { fold, notes } = foldSamples({ ...sheet, folds, seed });
        const least = bestOfAll(sheet, folds);
        const excluded = notes.some((note) => /^Group .* no folds/.test(note));
        // A group is excluded only if there is no other way.
        assert.equal(excluded, least === null);
        if (least === null) {
          impossible++;
          return;
        }
        const found = unevenness(sheet, fold, folds);
        assert.ok(found >= least - 1e-9);
        if (found < least + 1e-9) best++;
        excess += (found - least) / runs;
      },
    ),
    { ...THOUSAND, numRuns: runs },
  );
  assert.ok(impossible > 10, `${impossible} sheets without a solution`);
  assert.ok(best > 0.95 * (runs - impossible), `${best} are the best`);
  assert.ok(excess < 0.02, `${excess} more uneven than needed`);
});

Deno.test("folds: the seed decides, the order of the rows does not", () => {
  let different = 0;
  fc.assert(
    fc.property(
      fc.oneof(grouped, ungrouped),
      foldNumbers,
      seeds,
      (sheet, folds, seed) => {
        const found = foldSamples({ ...sheet, folds, seed });
        assert.deepEqual(foldSamples({ ...sheet, folds, seed }), found);
        const order = new RandomStream(seed).shuffle([...sheet.tissues.keys()]);
        const other = foldSamples({ ...reorder(sheet, order), folds, seed });
        assert.deepEqual(
          [...other.fold],
          order.map((row) => found.fold[row]),
        );
        assert.deepEqual(other.notes, found.notes);
        const again = foldSamples({ ...sheet, folds, seed: seed ^ 1 }).fold;
        if (again.some((own, row) => own !== found.fold[row])) different++;
      },
    ),
    { ...THOUSAND, numRuns: 300 },
  );
  assert.ok(different > 150);
});

Deno.test("folds: groups of few samples make even folds without a note", () => {
  const stream = new RandomStream(3);
  const all = Array.from({ length: 600 });
  const sheet = {
    sampleIds: all.map((_, row) => `s${row}`),
    tissues: all.map(() => `t${stream.integer(10)}`),
    groups: all.map(() => `g${stream.integer(200)}`),
  };
  for (const folds of [2, 5, 10]) {
    const { fold, notes } = foldSamples({ ...sheet, folds, seed: 1 });
    assert.deepEqual(notes, []);
    for (const size of sizesOf(fold, folds)) {
      assert.ok(Math.abs(size - 600 / folds) <= 3, `${size} of ${folds} folds`);
    }
    for (const [tissue, rows] of rowsBy(sheet.tissues)) {
      for (const size of sizesOf(fold, folds, rows)) {
        assert.ok(Math.abs(size - rows.length / folds) <= 3, tissue);
      }
    }
  }
});

Deno.test("folds: a case by hand, with its notes", () => {
  const { fold, notes } = foldSamples({
    sampleIds: ["a", "b", "c", "d", "e", "f", "g"],
    tissues: ["root", "leaf", "leaf", "leaf", "silk", "silk", "leaf"],
    groups: ["p", "p", "q", "r", "s", "s", "r"],
    folds: 3,
    seed: 1,
  });
  // p and s hold all samples of a tissue: q and r remain, in one fold each.
  assert.deepEqual([0, 1, 4, 5].map((row) => fold[row]), [0, 0, 0, 0]);
  assert.equal(fold[3], fold[6]);
  assert.deepEqual([fold[2], fold[3]].sort(), [1, 2]);
  assert.deepEqual(notes, [
    "Tissue 'root' has a single sample: it is in the training part of every " +
    "fold and the tissue is never tested",
    "Tissue 'silk' comes from a single group, 's': it is in the training " +
    "part of every fold and the tissue is never tested",
    "Group 'p' is kept whole, and one of its tissues comes from no other " +
    "group: its 1 sample of other tissues is never tested",
    "2 of the 3 folds hold test samples: there are too few groups for more",
  ]);
});

Deno.test("folds: of three groups, each pair a tissue, one is always trained", () => {
  const sheet = {
    sampleIds: ["1", "2", "3", "4", "5", "6"],
    tissues: ["ab", "ab", "bc", "bc", "ac", "ac"],
    groups: ["a", "b", "b", "c", "a", "c"],
  };
  const two = foldSamples({ ...sheet, folds: 2, seed: 1 });
  assert.equal(two.fold.filter((own) => own === 0).length, 2);
  assert.match(two.notes[0], /^Group '.' is never tested: no folds were found/);
  const three = foldSamples({ ...sheet, folds: 3, seed: 1 });
  assert.deepEqual(sizesOf(three.fold, 3), [2, 2, 2]);
  assert.deepEqual(three.notes, []);
});

Deno.test("folds: a note says that nothing can be tested", () => {
  const { fold, notes } = foldSamples({
    sampleIds: ["a", "b"],
    tissues: ["root", "leaf"],
    folds: 5,
    seed: 1,
  });
  assert.deepEqual([...fold], [0, 0]);
  assert.equal(
    notes.at(-1),
    "No sample can be tested: no tissue has two samples or groups",
  );
});

Deno.test("folds: invalid options throw", () => {
  const sheet = { sampleIds: ["a", "b"], tissues: ["t", "t"], seed: 1 };
  for (const folds of [1, 0, 2.5, NaN]) {
    assert.throws(() => foldSamples({ ...sheet, folds }), RangeError);
  }
  assert.throws(
    () => foldSamples({ ...sheet, tissues: ["t"], folds: 2 }),
    RangeError,
  );
});
