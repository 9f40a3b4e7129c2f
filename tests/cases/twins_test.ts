/** Samples with equal values, on both sides of the split and of two tissues. */

import assert from "node:assert/strict";
import * as files from "../../lib/prepare/outputs.ts";
import { readerOf } from "../prepare/fake_context.ts";
import { made, wide } from "./made_matrix.ts";
import { User } from "./user.ts";

const MAIZE = made();

Deno.test("30: test samples with an equal twin in training are counted", () =>
  User.in(async (user) => {
    // Three profiles a tissue, each four times.
    const copied = {
      ...MAIZE,
      values: MAIZE.values.map((_, row) =>
        MAIZE.values[12 * Math.floor(row / 12) + row % 3]
      ),
    };
    const input = await user.save("m.csv", wide(copied));
    const { said, run } = await user.prepare("--input", input);
    assert.match(
      said,
      /note: \d+ of 48 test samples have an equal twin among the training and validation samples, so every score looks too good; --drop-twins leaves twins out/,
    );
    const { twins } = await readerOf(run).read(files.review);
    assert.equal(twins.samples, 48);
    assert.equal(twins.sets, 12);
    assert.ok(twins.tested_with_twin > 40);
    const dropped = await user.prepare("--input", input, "--drop-twins");
    assert.equal(dropped.data.sampleIds.length, 12);
    assert.match(dropped.said, /--drop-twins left out 36 samples of 48 that/);
    assert.doesNotMatch(dropped.said, /equal twin/);
    const plain = await user.prepare(
      ...["--input", await user.save("m.csv", wide(MAIZE))],
    );
    assert.doesNotMatch(plain.said, /twin/);
  }));

Deno.test("50: equal samples of several tissues are named", () =>
  User.in(async (user) => {
    const two = {
      ...MAIZE,
      values: MAIZE.values.map((_, row) => MAIZE.values[row < 24 ? 0 : 47]),
    };
    const input = await user.save("m.csv", wide(two));
    const { said } = await user.prepare("--input", input);
    assert.match(
      said,
      /note: 48 samples have the same values and different tissues, so some tissues may be wrong: 'SRR1000' of 'leaf' and 'SRR1012' of 'root', /,
    );
  }));
