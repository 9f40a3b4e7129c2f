/** What the report says of repeated splits. */

import assert from "node:assert/strict";
import type { RunReport } from "../../lib/report/run_report.ts";
import type { RepeatedSplits } from "../../lib/splits/outputs.ts";
import { splitsSection } from "../../lib/splits/section.ts";
import { said } from "../said.ts";

const run = { figure: (file: string) => `FIGURE ${file}` } as RunReport;

const around = (mean: number, half: number) => ({
  mean,
  sd: half / 2,
  low: mean - half,
  high: mean + half,
});

function made(changes: Partial<RepeatedSplits> = {}): RepeatedSplits {
  return {
    samples: 200,
    different: 10,
    groups: 0,
    tested: 40,
    trained: 144,
    ensemble: 5,
    classifiers: [
      { classifier: "networks", ...around(0.95, 0.06) },
      { classifier: "ridge", ...around(0.97, 0.02) },
      { classifier: "nearest_centroid", ...around(0.9, 0.03) },
    ],
    differences: [
      { classifier: "ridge", ...around(-0.02, 0.03) },
      { classifier: "nearest_centroid", ...around(0.05, 0.02) },
    ],
    rankings: [
      { ranking: "shap", title: "SHAP" },
      { ranking: "ridge", title: "ridge <weights>" },
    ],
    sizes: [1, 0],
    panels: [
      { ranking: "shap", size: 1, ...around(0.8, 0.1) },
      { ranking: "shap", size: 0, ...around(0.9, 0.1) },
      { ranking: "ridge", size: 1, ...around(0.7, 0.1) },
    ],
    panel_differences: [{ ranking: "ridge", size: 1, ...around(0.1, 0.05) }],
    not_judged: [{ ranking: "ridge", size: 0 }],
    ...changes,
  };
}

Deno.test("without splits it says so, and nothing in the verdict", () => {
  const found = { splits: 1, repeated: null };
  assert.deepEqual(said(splitsSection, found, run).filter(Boolean), []);
  assert.match(splitsSection.write(found, run), /`--splits 10`/);
});

Deno.test("the networks stand beside the best classifier", () => {
  const found = { splits: 10, repeated: made() };
  const sentence = splitsSection.points!(found, run).judged!;
  assert.match(
    sentence,
    /^10 random splits .* a macro F1 of 0\.950 \(0\.890 to 1\.000\)/,
  );
  assert.match(
    sentence,
    /ridge regression 0\.970: a difference of -0\.020 \(-0\.050 to 0\.010\), which is not shown/,
  );
  const worse = made({
    differences: [{ classifier: "ridge", ...around(-0.02, 0.01) }],
  });
  assert.match(
    splitsSection.points!({ splits: 10, repeated: worse }, run).judged!,
    /and the networks are worse$/,
  );
});

Deno.test("intervals are told, bold where they leave out 0", () => {
  const text = splitsSection.write({ splits: 10, repeated: made() }, run);
  assert.match(
    text,
    /nearest centroid \| .*\*\*0\.050 \(0\.030 to 0\.070\)\*\*/,
  );
  assert.match(
    text,
    /beside those of ridge &lt;weights&gt; they are better at 1 of 1 size\./,
  );
  assert.match(text, /Without a gene in some split: ridge \(set\)\./);
  assert.match(text, /FIGURE splits\/panel_curves\.svg/);
  assert.doesNotMatch(text, /too narrow|interval is wide/);
});

Deno.test("few groups and few splits are said to be few", () => {
  const repeated = made({ groups: 5, different: 3 });
  const text = splitsSection.write({ splits: 4, repeated }, run);
  assert.match(text, /\(3 different splits: so few groups .* too narrow\)/);
  assert.match(text, /With 4 splits an interval is wide/);
  const nothing = made({ classifiers: [], differences: [], panels: [] });
  assert.match(
    splitsSection.write({ splits: 4, repeated: nothing }, run),
    /Nothing could be judged.*No panel was judged in every split/s,
  );
  const words = { splits: 4, repeated: nothing };
  assert.match(splitsSection.warning!(words, run), /^\*\*Nothing could be/);
  assert.equal(splitsSection.points!(words, run).judged, "");
});
