/** The parts that the figures are made of. */

import { lookOf } from "../../lib/report/figures/curves.ts";
import assert from "node:assert/strict";
import { paddedRange } from "../../lib/report/figures/axes.ts";
import {
  DOWN_MARK,
  shortenLabels,
} from "../../lib/shap/figures/gene_labels.ts";
import { thinCurve } from "../../lib/shap/figures/cutoff_curve.ts";
import { spreadLabels } from "../../lib/report/figures/label_places.ts";
import { escapeXml, roundNumbers } from "../../lib/report/figures/markup.ts";
import {
  amountRamp,
  differenceRamp,
  inkOn,
  styleTissues,
} from "../../lib/report/figures/palette.ts";
import { withCommas } from "../../lib/cli/text.ts";
import {
  oneLine,
  shorten,
  shortenApart,
  textWidth,
  wrap,
} from "../../lib/report/figures/words.ts";
import { HUMAN_TISSUES } from "./example_data.ts";
import { findXmlFault } from "./well_formed.ts";

Deno.test("the XML check finds faults", () => {
  assert.equal(findXmlFault('<a b="1"><c/>&amp; x</a>'), null);
  for (
    const bad of [
      "<a>",
      "<a></b>",
      "<a/><a/>",
      "<a b=1/>",
      '<a b="<"/>',
      '<a b="1" b="2"/>',
      "<a>&nbsp;</a>",
      "<a>x & y</a>",
      "<a>\u0000</a>",
      "<a>\ud83d</a>",
      "x<a/>",
    ]
  ) {
    assert.notEqual(findXmlFault(bad), null, JSON.stringify(bad));
  }
});

Deno.test("escapeXml leaves nothing that XML forbids", () => {
  const text = escapeXml('<a & "b" ]]> \u0000\ud83d 🌽>');
  assert.equal(text, "&lt;a &amp; &quot;b&quot; ]]&gt; \ufffd\ufffd 🌽&gt;");
});

Deno.test("roundNumbers keeps two decimals and no minus zero", () => {
  assert.equal(
    roundNumbers("translate(0.126,-12.999) M-.001,1e3A3,3,0,1,1,1e-12,5"),
    "translate(0.13,-13) M0,1000A3,3,0,1,1,0,5",
  );
  assert.equal(roundNumbers("0.32em"), "0.32em");
});

Deno.test("thinCurve keeps the ends, the cutoff and every peak", () => {
  const shares = Array.from({ length: 50_000 }, (_, index) => 1 / (index + 1));
  shares[31_234] = 0.9;
  shares[40_000] = NaN;
  const thinned = thinCurve(shares, 700, [1, 2485, 50_000]);
  assert.ok(thinned.length <= 1403 && thinned.length > 500);
  const ranks = thinned.map(({ rank }) => rank);
  for (const rank of [1, 2485, 31_235, 50_000]) {
    assert.ok(ranks.includes(rank), `rank ${rank}`);
  }
  assert.deepEqual(ranks, ranks.toSorted((a, b) => a - b));
  for (const { rank, share } of thinned) assert.equal(share, shares[rank - 1]);
});

Deno.test("thinCurve leaves a short curve whole", () => {
  assert.deepEqual(thinCurve([1, 0.75, 0.5], 700, []), [
    { rank: 1, share: 1 },
    { rank: 2, share: 0.75 },
    { rank: 3, share: 0.5 },
  ]);
});

Deno.test("paddedRange always has a length and stays within bounds", () => {
  assert.deepEqual(paddedRange([]), [0, 1]);
  assert.deepEqual(paddedRange([0, 10], 0.1), [-1, 11]);
  assert.deepEqual(paddedRange([0, 10], 0.1, { lowest: 0 }), [0, 11]);
  for (const value of [0, 1, -3, 1e9]) {
    const [low, high] = paddedRange([value, value, NaN]);
    assert.ok(low < value && value < high);
  }
  const [low, high] = paddedRange([1], 0.1, { lowest: 0, highest: 1 });
  assert.ok(low < high && high === 1);
});

Deno.test("30 and 56 tissues get pairs of hue and shape that differ", () => {
  for (
    const names of [
      HUMAN_TISSUES,
      Array.from({ length: 56 }, (_, index) => `t${index}`),
    ]
  ) {
    const pairs = [...styleTissues(names).values()]
      .map(({ color, symbol }) => `${color} ${symbol}`);
    assert.equal(new Set(pairs).size, names.length);
  }
  assert.deepEqual(
    styleTissues(HUMAN_TISSUES.toReversed()),
    styleTissues(HUMAN_TISSUES),
  );
});

Deno.test("ramps run from end to end, and ink stands out on all of them", () => {
  assert.equal(amountRamp(-1), amountRamp(0));
  assert.equal(amountRamp(2), "#08264d");
  assert.equal(differenceRamp(0.5), "#f5f5f3");
  const luminance = (color: string) => {
    const [red, green, blue] = [1, 3, 5].map((start) => {
      const share = parseInt(color.slice(start, start + 2), 16) / 255;
      return share <= 0.04045
        ? share / 12.92
        : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  for (let amount = 0; amount <= 1; amount += 0.01) {
    const ground = amountRamp(amount);
    const [dark, light] = [luminance(ground), luminance(inkOn(ground))]
      .sort((first, second) => first - second);
    // WCAG 2.1 asks for 3 of large text; counts are bold enough by contrast.
    assert.ok((light + 0.05) / (dark + 0.05) >= 3.4, `${ground} at ${amount}`);
  }
});

Deno.test("spreadLabels separates labels and keeps them in the frame", () => {
  const frame = { left: 0, top: 0, right: 680, bottom: 480 };
  const labels = Array.from({ length: 30 }, (_, index) => ({
    text: `t${index}`,
    x: 300 + (index % 3),
    y: 200 + (index % 5),
    width: 80,
    height: 14,
    pointX: 300,
    pointY: 200,
  }));
  const spread = spreadLabels(labels, frame);
  spread.forEach((first, index) => {
    assert.ok(first.x >= 40 && first.x <= 640 && first.y >= 7);
    for (const second of spread.slice(index + 1)) {
      assert.ok(
        Math.abs(first.x - second.x) >= 80 - 1e-6 ||
          Math.abs(first.y - second.y) >= 14 - 1e-6,
        `${first.text} and ${second.text} overlap`,
      );
    }
  });
});

Deno.test("words and numbers", () => {
  assert.equal(oneLine("a\t\u0007b\n c "), "a b c");
  assert.equal(withCommas(1234567), "1,234,567");
  assert.equal(withCommas(999), "999");
  assert.equal(withCommas(NaN), "unknown");
  const short = shorten("🌽".repeat(50), 100, 12);
  assert.ok(short.isWellFormed() && textWidth(short, 12) <= 100);
  for (const line of wrap("ab ".repeat(60) + "x".repeat(400), 200, 12)) {
    assert.ok(textWidth(line, 12) <= 200);
  }
});

Deno.test("names that are cut stay different", () => {
  const room = 120;
  const apart = (...names: string[]) => shortenApart(names, () => room, 11);
  const plain = ["short", "a name that is too long for this room", "short"];
  assert.deepEqual(
    apart(...plain),
    plain.map((name) => shorten(name, room, 11)),
  );
  const first = "TP53 (ENSG00000141510)";
  const second = "TP53 (ENSG00000141511)";
  const cut = apart(first, second, first);
  assert.equal(cut[0], "TP53 (ENS…0141510)");
  assert.equal(cut[1], "TP53 (ENS…0141511)");
  assert.equal(cut[2], cut[0]);
  const begin = "x".repeat(30);
  const hard = apart(`${begin}1${begin}`, `${begin}2${begin}`, "a\nb", "a b");
  assert.equal(new Set(hard).size, 4);
  assert.match(hard[1], /^x+… #2$/);
  for (const name of [...cut, ...hard]) {
    assert.ok(textWidth(name, 11) <= room, name);
  }
});

Deno.test("a gene's mark is never cut", () => {
  const [cut, plain] = shortenLabels(
    [`${"gene".repeat(20)} ${DOWN_MARK}`, `g ${DOWN_MARK}`],
    () => 100,
    11,
  );
  assert.match(cut, /^(gene)+.*… ↓$/);
  assert.ok(textWidth(cut, 11) <= 100);
  assert.equal(plain, "g ↓");
});

Deno.test("lines of rankings differ in color, or at least in dashes", () => {
  const looks = Array.from({ length: 43 }, (_, index) => lookOf("", index));
  const pairs = looks.map(({ color, dashes }) => `${color} ${dashes}`);
  assert.equal(new Set(pairs).size, looks.length);
  const colors = looks.slice(0, 8).map(({ color }) => color);
  assert.equal(new Set(colors).size, 8);
  const [first, ...others] = looks;
  assert.equal(first.dashes, undefined);
  for (const other of others) {
    assert.notEqual(other.color, first.color);
    assert.notEqual(other.dashes, undefined);
  }
});
