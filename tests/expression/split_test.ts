import assert from "node:assert/strict";
import type { Split } from "../../lib/expression/dataset.ts";
import { splitSamples } from "../../lib/expression/split.ts";
import { RandomStream } from "../../lib/run/random.ts";

interface Sheet {
  sampleIds: string[];
  tissues: string[];
  groups?: string[];
}

/** A random sheet: few or many samples, tissues and groups, skewed sizes. */
function drawSheet(stream: RandomStream, grouped: boolean): Sheet {
  const samples = 2 + stream.integer(stream.integer(2) === 0 ? 20 : 150);
  const tissues = 1 + stream.integer(12);
  const groups = 1 + stream.integer(stream.integer(2) === 0 ? 8 : samples);
  const skewed = (limit: number) =>
    Math.floor(limit * stream.uniform() * stream.uniform());
  const all = Array.from({ length: samples });
  return {
    sampleIds: stream.shuffle(all.map((_, row) => `s${row}`)),
    tissues: all.map(() => `t${skewed(tissues)}`),
    groups: grouped ? all.map(() => `g${skewed(groups)}`) : undefined,
  };
}

/** The parts that each value of a column is in. */
function partsOf(column: readonly string[], split: readonly Split[]) {
  const parts = new Map<string, Set<Split>>();
  column.forEach((value, row) => {
    parts.set(value, (parts.get(value) ?? new Set()).add(split[row]));
  });
  return parts;
}

function unitsOf({ tissues, groups, sampleIds }: Sheet) {
  const units = new Map<string, Set<string>>();
  tissues.forEach((tissue, row) => {
    const unit = (groups ?? sampleIds)[row];
    units.set(tissue, (units.get(tissue) ?? new Set()).add(unit));
  });
  return units;
}

/** Whether any choice of test groups does it, by trying all of them. */
function isAchievable(sheet: Sheet): boolean {
  const groups = [...new Set(sheet.groups)];
  const masks = [...unitsOf(sheet).values()].map((units) =>
    [...units].reduce((mask, unit) => mask | 1 << groups.indexOf(unit), 0)
  );
  const isSingle = (mask: number) => (mask & (mask - 1)) === 0;
  for (let test = 0; test < 1 << groups.length; test++) {
    if (
      masks.every((mask) =>
        isSingle(mask)
          ? (test & mask) === 0
          : (test & mask) !== 0 && (test & mask) !== mask
      )
    ) return true;
  }
  return false;
}

Deno.test("split: 1,000 random sheets without groups", () => {
  const stream = new RandomStream(1);
  for (let seed = 0; seed < 1000; seed++) {
    const sheet = drawSheet(stream, false);
    const { split, notes } = splitSamples({ ...sheet, seed });
    const units = unitsOf(sheet);
    for (const [tissue, parts] of partsOf(sheet.tissues, split)) {
      const rows = sheet.tissues.flatMap((own, row) =>
        own === tissue ? [row] : []
      );
      const tests = rows.filter((row) => split[row] === "test").length;
      assert.ok(parts.has("train"));
      assert.equal(parts.has("test"), units.get(tissue)!.size > 1);
      assert.ok(rows.length === 1 || Math.abs(tests - 0.2 * rows.length) < 1);
      assert.equal(
        notes.some((note) => note.includes(`'${tissue}' has a single sample`)),
        rows.length === 1,
      );
    }
    const strata = partsOf(sheet.tissues, split).size;
    const tests = split.filter((part) => part === "test").length;
    assert.ok(Math.abs(tests - 0.2 * split.length) <= 0.5 + 0.8 * strata);
  }
});

Deno.test("split: 1,000 random sheets with groups", () => {
  const stream = new RandomStream(2);
  let tried = 0;
  let achievable = 0;
  for (let seed = 0; seed < 1000; seed++) {
    const sheet = drawSheet(stream, true);
    const { split, notes } = splitSamples({ ...sheet, seed });
    for (const [group, parts] of partsOf(sheet.groups!, split)) {
      assert.equal(parts.size, 1, `${group} is in ${[...parts]}`);
    }
    const units = unitsOf(sheet);
    let allOnBothSides = true;
    for (const [tissue, parts] of partsOf(sheet.tissues, split)) {
      assert.ok(parts.has("train"), `${tissue} is not trained`);
      const onBothSides = parts.has("test");
      const told = notes.some((note) => note.startsWith(`Tissue '${tissue}' `));
      assert.equal(told, !onBothSides, "what is not tested is said");
      if (units.get(tissue)!.size > 1 && !onBothSides) allOnBothSides = false;
    }
    if (new Set(sheet.groups).size > 12) continue;
    tried++;
    if (!isAchievable(sheet)) continue;
    achievable++;
    assert.ok(allOnBothSides, `sheet ${seed} can be split on both sides`);
  }
  assert.ok(tried > 300 && achievable > 100 && achievable < tried);
});

Deno.test("split: fractions are near with groups of few samples", () => {
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
    const held = (part: Split, tissue?: string) =>
      split.filter((own, row) =>
        own === part && (tissue ?? sheet.tissues[row]) === sheet.tissues[row]
      ).length;
    assert.ok(Math.abs(held("test") - 120) <= 3);
    assert.ok(Math.abs(held("validation") - 48) <= 3);
    for (const tissue of new Set(sheet.tissues)) {
      const size = sheet.tissues.filter((own) => own === tissue).length;
      assert.ok(Math.abs(held("test", tissue) - 0.2 * size) <= 3);
    }
  }
});

Deno.test("split: the seed decides, the order of the samples does not", () => {
  const stream = new RandomStream(4);
  let different = 0;
  for (let seed = 0; seed < 200; seed++) {
    const sheet = drawSheet(stream, seed % 2 === 0);
    const { split, notes } = splitSamples({ ...sheet, seed });
    assert.deepEqual(splitSamples({ ...sheet, seed }), { split, notes });
    const order = stream.shuffle(Array.from(sheet.sampleIds.keys()));
    const other = splitSamples({
      sampleIds: order.map((row) => sheet.sampleIds[row]),
      tissues: order.map((row) => sheet.tissues[row]),
      groups: sheet.groups && order.map((row) => sheet.groups![row]),
      seed,
    });
    assert.deepEqual(other.split, order.map((row) => split[row]));
    assert.deepEqual(other.notes, notes);
    const again = splitSamples({ ...sheet, seed: seed + 1000 }).split;
    if (again.some((part, row) => part !== split[row])) different++;
  }
  assert.ok(different > 100);
});

Deno.test("split: a case by hand, and what is said of it", () => {
  const { split, notes } = splitSamples({
    sampleIds: ["a", "b", "c", "d"],
    tissues: ["root", "leaf", "leaf", "silk"],
    groups: ["study1", "study1", "study2", "study1"],
    validationFraction: 0,
    seed: 1,
  });
  assert.deepEqual(split, ["train", "train", "test", "train"]);
  assert.deepEqual(
    notes.map((note) => note.slice(0, 33)),
    [
      "Tissue 'root' has a single sample",
      "Tissue 'silk' has a single sample",
      "The test part is 25 % where 20 % ",
    ].slice(0, notes.length),
  );
  assert.equal(notes.length, 2);
});

Deno.test("split: groups that cannot be on both sides are told", () => {
  // Three groups and each pair of them a tissue: no two sides hold all.
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

Deno.test("split: columns of different lengths are the caller's mistake", () => {
  assert.throws(
    () => splitSamples({ sampleIds: ["a"], tissues: [], seed: 1 }),
    RangeError,
  );
});
