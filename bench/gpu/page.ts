/** Writes bench/GPU.md from the rows of bench/gpu.json. */

/** A step of `bench/gpu.sh run`. */
interface Row {
  readonly step: string;
  /** What the step printed; missing if it failed. */
  readonly result?: {
    readonly seconds?: number;
    readonly adapter?: string;
    /** Milliseconds by kernel or layer, and how they were measured. */
    readonly parts?: Readonly<Record<string, number>>;
    readonly by?: string;
    readonly [fact: string]: unknown;
  };
  /** Why there is no result. */
  readonly failure?: string;
}

/** Kernels or layers that the page names. */
const SHOWN = 12;

const [linesPath, jsonPath, pagePath] = Deno.args;
const rows: Row[] = (await Deno.readTextFile(linesPath)).split("\n")
  .filter(Boolean).map((line) => JSON.parse(line));
await Deno.writeTextFile(jsonPath, JSON.stringify(rows, null, 2) + "\n");
await Deno.writeTextFile(pagePath, formatPage(rows));

function formatPage(rows: readonly Row[]): string {
  const adapter = rows.find(({ step }) => step === "adapter")?.result ?? {};
  const facts = Object.entries(adapter)
    .map(([name, value]) => `- ${name}: ${value}`);
  const profile = rows.find(({ result }) => result?.parts)?.result;
  return [
    "# On a graphics card",
    "",
    "Written by `bench/gpu.sh run`. Seconds of one measurement each, after a",
    "warm-up: an epoch of training, or the explanation of the samples.",
    ...(adapter.software
      ? [
        "",
        "**The adapter is a program on the processor.** These rows show that the",
        "script works; they say nothing about a graphics card.",
      ]
      : []),
    "",
    ...facts,
    "",
    "| step | seconds | by |",
    "| --- | ---: | --- |",
    ...rows.filter(({ step }) => step !== "adapter").map(formatRow),
    ...(profile === undefined ? [] : [
      "",
      `Milliseconds ${profile.by}:`,
      "",
      "| part | ms |",
      "| --- | ---: |",
      ...Object.entries(profile.parts!).slice(0, SHOWN)
        .map(([name, ms]) => `| ${name} | ${ms.toFixed(2)} |`),
    ]),
    "",
  ].join("\n");
}

function formatRow({ step, result, failure }: Row): string {
  const seconds = result?.seconds?.toFixed(3) ?? (result ? "done" : "failed");
  const by = result?.adapter ?? failure ?? "";
  return `| ${step} | ${seconds} | ${by.replaceAll("|", "/")} |`;
}
