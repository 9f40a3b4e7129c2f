/** Ids that are written differently find their partner, and never a wrong one. */

import assert from "node:assert/strict";
import fc from "fast-check";
import { matchIds } from "../../../lib/prepare/sheets/match_ids.ts";
import { anyName, SEED } from "../../fuzz.ts";

const AFFIXES = { affixes: true };
const VERSIONS = { versions: true };
const NUMBERS = { affixes: true, numbers: true };

/** Ids made of numbers 1 to 12. */
function made(make: (number: number) => string): string[] {
  return Array.from({ length: 12 }, (_, index) => make(index + 1));
}

/** Pads with zeros. */
function pad(number: number, length = 4): string {
  return String(number).padStart(length, "0");
}

function matchAll(
  make: (number: number) => string,
  makeTheirs: (number: number) => string,
  options?: Parameters<typeof matchIds>[2],
): readonly string[] {
  const match = matchIds(made(make), made(makeTheirs), options);
  assert.deepEqual(match.ambiguous, []);
  for (let number = 1; number <= 12; number++) {
    assert.equal(match.partners.get(make(number)), makeTheirs(number));
  }
  assert.equal(match.partners.size, 12);
  return match.differences;
}

function matchNone(
  ours: string[],
  theirs: string[],
  options?: Parameters<typeof matchIds>[2],
) {
  const { partners, ambiguous } = matchIds(ours, theirs, options);
  assert.equal(partners.size, 0);
  return ambiguous;
}

Deno.test("ids are matched however programs write them, and it is said how", () => {
  const gtex = (n: number) => `GTEX-1${pad(n)}-SM-5${n}`;
  assert.deepEqual(matchAll(gtex, gtex), []);
  assert.deepEqual(
    matchAll(gtex, (n) => gtex(n).replaceAll("-", ".")),
    ["'-' written as '.'"],
  );
  assert.deepEqual(
    matchAll((n) => `${n}-a (b)/c`, (n) => `X${n}.a..b..c`),
    ["other characters written as '.' or '_'", "an X in front"],
  );
  assert.deepEqual(
    matchAll((n) => `Leaf ${n}`, (n) => ` leaf  ${n} `),
    ["blanks or accents", "upper and lower case"],
  );
  assert.deepEqual(
    matchAll((n) => `s-${n}_b`, (n) => `S_${n}-b`),
    ["'-' written as '_'", "upper and lower case"],
  );
  assert.deepEqual(
    matchAll((n) => `caf\u00e9 ${n}`, (n) => `cafe\u0301 ${n}`),
    ["blanks or accents"],
  );
});

Deno.test("an id may stand within a longer one", () => {
  const plain = (n: number) => `SRR10${pad(n)}`;
  const cases: [(n: number) => string, string[]][] = [
    [(n) => `${plain(n)}.sorted.bam`, ["'.sorted.bam' at the end"]],
    [(n) => `${plain(n)}_counts`, ["'_counts' at the end"]],
    [(n) => `${plain(n)}_1`, ["'_1' at the end"]],
    [
      (n) => `/data/x/${plain(n)}.bam`,
      ["'/data/x/' in front", "'.bam' at the end"],
    ],
    // What stands around them is not the same.
    [
      (n) => `run${n}/${plain(n)}/quant.sf`,
      ["what stands around them"],
    ],
    [(n) => `${plain(n)}_S${n}_L001`, ["what stands around them"]],
    [(n) => `GSM${5 * n}_${plain(n)}`, ["what stands around them"]],
  ];
  for (const [longer, differences] of cases) {
    assert.deepEqual(matchAll(longer, plain, AFFIXES), differences);
    assert.deepEqual(matchAll(plain, longer, AFFIXES), differences);
    matchNone(made(longer), made(plain));
  }
  // Together with R's names.
  assert.deepEqual(
    matchAll((n) => `X${n}.a.bam`, (n) => `${n}-a`, AFFIXES),
    ["'.bam' at the end"],
  );
});

Deno.test("a TCGA barcode may be cut after the sample or the patient", () => {
  const vials = ["01A", "01B", "11C"];
  const barcode = (n: number) =>
    `TCGA-0${n % 9}-${pad(n)}-${vials[n % 3]}-${pad(n, 2)}D-0182-01`;
  for (const length of [12, 15, 16]) {
    matchAll(barcode, (n) => barcode(n).slice(0, length), AFFIXES);
    matchAll((n) => barcode(n).slice(0, length), barcode, AFFIXES);
  }
  // Tumor and normal of one patient.
  const ambiguous = matchNone(
    ["TCGA-02-0001-01A", "TCGA-02-0001-11A"],
    ["TCGA-02-0001"],
    AFFIXES,
  );
  assert.deepEqual(ambiguous, [{
    ours: ["TCGA-02-0001-01A", "TCGA-02-0001-11A"],
    theirs: ["TCGA-02-0001"],
  }]);
});

Deno.test("zeros in front of numbers may be missing", () => {
  const differences = ["zeros in front of numbers"];
  assert.deepEqual(matchAll(String, (n) => pad(n, 3)), differences);
  assert.deepEqual(
    matchAll((n) => `S${n}`, (n) => `S${pad(n, 2)}`),
    differences,
  );
  assert.deepEqual(matchAll((n) => `S-${pad(n, 3)}`, (n) => `s.${n}`), [
    "'-' written as '.'",
    "upper and lower case",
    "zeros in front of numbers",
  ]);
  // Equal ids are not confused by those that only lack a zero.
  const { partners, ambiguous } = matchIds(["S1", "S01"], ["S01", "S1"]);
  assert.deepEqual([...partners], [["S01", "S01"], ["S1", "S1"]]);
  assert.deepEqual(ambiguous, []);
  matchNone(["S1"], ["S10"]);
  matchNone(["S0"], ["S"]);
});

Deno.test("what may be chance is no match", () => {
  // Numbers are cut nowhere, and bare ones count only if they are ids.
  matchNone(["S10", "S20", "S30"], ["S1", "S2", "S3"], NUMBERS);
  matchNone(made((n) => `S${n}`), made(String), AFFIXES);
  assert.deepEqual(matchAll((n) => `S${n}`, String, NUMBERS), ["'S' in front"]);
  // A tissue is within many ids.
  const [{ ours, theirs }] = matchNone(
    made((n) => `leaf_${n}`),
    ["leaf"],
    AFFIXES,
  );
  assert.equal(ours.length, 12);
  assert.deepEqual(theirs, ["leaf"]);
  // Few of the ids.
  matchNone(made((n) => `S${n}.bam`), ["S1", "S2"], AFFIXES);
  // Two places with ids.
  const both = matchNone(
    made((n) => `a${n}_b${n}x`),
    [...made((n) => `a${n}`), ...made((n) => `b${n}x`)],
    AFFIXES,
  );
  assert.ok(both.length > 0);
});

Deno.test("equal ids come first, then the mildest form in which all match", () => {
  const { partners, changed } = matchIds(["a.1", "b-1"], ["a.1", "b.1"]);
  assert.deepEqual([...partners], [["a.1", "a.1"], ["b-1", "b.1"]]);
  assert.equal(changed, 1);
  // In R's names they are different, in lower case they are not.
  assert.deepEqual([...matchIds(["A-1", "a-1"], ["A.1", "a.1"]).partners], [
    ["A-1", "A.1"],
    ["a-1", "a.1"],
  ]);
  assert.deepEqual(matchNone(["A-1", "a-1"], ["A_1"]), [
    { ours: ["A-1", "a-1"], theirs: ["A_1"] },
  ]);
  assert.deepEqual(matchNone(["a_1"], ["a-1", "a.1"]), [
    { ours: ["a_1"], theirs: ["a-1", "a.1"] },
  ]);
  // Of ids that clash, none of the others is matched in that form either.
  matchNone(["a-1", "a 1", "b-1"], ["a.1", "b.1"]);
});

Deno.test("empty ids match nothing and repeated ones once", () => {
  const { partners } = matchIds(["", " ", "a", "a"], ["", "  ", "A", "A"]);
  assert.deepEqual([...partners], [["a", "A"]]);
});

Deno.test("versions of genes are forgiven where that is asked for", () => {
  const ensembl = (n: number) => `ENSG0000${pad(n)}`;
  const maize = (n: number) => `Zm00001d${pad(n)}`;
  const version = ["the version at the end"];
  assert.deepEqual(
    matchAll(ensembl, (n) => `${ensembl(n)}.${n}`, VERSIONS),
    version,
  );
  assert.deepEqual(
    matchAll((n) => `${ensembl(n)}.2`, (n) => `${ensembl(n)}.${n}`, VERSIONS),
    version,
  );
  assert.deepEqual(
    matchAll((n) => `${maize(n)}.1`, (n) => maize(n).toUpperCase(), VERSIONS),
    [...version, "upper and lower case"],
  );
  matchNone(made(ensembl), made((n) => `${ensembl(n)}.${n}`));
  assert.deepEqual(matchNone(["g1"], ["g1.1", "g1.2"], VERSIONS), [
    { ours: ["g1"], theirs: ["g1.1", "g1.2"] },
  ]);
});

/** Ids that are often alike. */
const similar = fc.oneof(
  anyName,
  fc.array(
    fc.constantFrom("a", "A", "1", "2", "10", "-", ".", "_", " ", "X", ".bam"),
    { minLength: 1, maxLength: 6 },
  ).map((parts) => parts.join("")),
);
const options = fc.record({
  versions: fc.boolean(),
  affixes: fc.boolean(),
  numbers: fc.boolean(),
});

Deno.test("no two ids have one partner, and equal ids always have theirs", () => {
  fc.assert(
    fc.property(
      fc.array(similar, { maxLength: 12 }),
      fc.array(similar, { maxLength: 12 }),
      options,
      (ours, theirs, how) => {
        const { partners, changed, ambiguous } = matchIds(ours, theirs, how);
        assert.equal(new Set(partners.values()).size, partners.size);
        for (const [one, other] of partners) {
          assert.ok(ours.includes(one) && theirs.includes(other));
        }
        const both = ours.filter((id) => id !== "" && theirs.includes(id));
        for (const id of both) assert.equal(partners.get(id), id);
        assert.equal(partners.size - new Set(both).size, changed);
        for (const { ours: some } of ambiguous) {
          assert.ok(some.some((id) => !partners.has(id)));
        }
      },
    ),
    { seed: SEED, numRuns: 5000 },
  );
});

Deno.test("the order of the ids does not matter", () => {
  const lists = fc.tuple(
    fc.uniqueArray(similar, { maxLength: 10 }),
    fc.uniqueArray(similar, { maxLength: 10 }),
  ).chain(([ours, theirs]) =>
    fc.tuple(
      fc.constant({ ours, theirs }),
      fc.shuffledSubarray(ours, { minLength: ours.length }),
      fc.shuffledSubarray(theirs, { minLength: theirs.length }),
    )
  );
  fc.assert(
    fc.property(lists, options, ([{ ours, theirs }, mixed, others], how) => {
      assert.deepEqual(
        matchIds(mixed, others, how),
        matchIds(ours, theirs, how),
      );
    }),
    { seed: SEED, numRuns: 3000 },
  );
});

Deno.test("matching is the same from both sides where forms alone decide", () => {
  fc.assert(
    fc.property(
      fc.array(similar, { maxLength: 10 }),
      fc.array(similar, { maxLength: 10 }),
      (ours, theirs) => {
        const one = matchIds(ours, theirs);
        const other = matchIds(theirs, ours);
        if (one.ambiguous.length + other.ambiguous.length > 0) return;
        assert.deepEqual(
          new Map(one.partners),
          new Map([...other.partners].map(([a, b]) => [b, a])),
        );
      },
    ),
    { seed: SEED, numRuns: 3000 },
  );
});

Deno.test("many long ids are matched in a moment", () => {
  const many = Array.from({ length: 20_000 }, (_, n) => `GTEX-1${n}-a-b-c-d-9`);
  const start = performance.now();
  const match = matchIds(
    many.map((id) => `${id}.bam`),
    many.map((id) => id.replaceAll("-", "_")),
    AFFIXES,
  );
  assert.equal(match.partners.size, many.length);
  assert.ok(performance.now() - start < 20_000);
});
