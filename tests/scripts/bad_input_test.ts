/** Bad input ends with status 2, one or two clear lines, and nothing written. */

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import manifest from "../../deno.json" with { type: "json" };
import { contentsOf, namesIn, withFolder } from "../pipeline/fake_pipeline.ts";
import { runScript, type Said } from "./run_script.ts";
import { inParallel, matrix, sheet } from "./small_matrix.ts";
import { copySmallRun } from "./small_run.ts";

type Task = keyof typeof manifest.tasks;

/** One mistake of a user's. */
interface Mistake {
  readonly what: string;
  /** The task; `all` if it is not said. */
  readonly task?: Task;
  /** The file that the mistake is in, if it is in a file. */
  readonly file?: string;
  /** What that file holds; without it, the file is not there. */
  readonly content?: string | Uint8Array;
  /** The flags, separated by spaces; `@` stands for the folder of the files. */
  readonly flags: string;
  /** What the first line must say. */
  readonly says: RegExp;
  /** What the line with the remedy must say; without it, there need be none. */
  readonly remedy?: RegExp;
}

/** A mistake in the matrix. */
function inMatrix(
  what: string,
  content: string | Uint8Array | undefined,
  says: RegExp,
  remedy?: RegExp,
  file = "matrix.csv",
): Mistake {
  return { what, file, content, flags: `--input @/${file}`, says, remedy };
}

/** The matrix with another text in sample s3's cell of gene g1, on line 5. */
const withCell = (text: string) => matrix.replace("s3,3,", `s3,${text},`);
const inCell = /in sample 's3', gene 'g1' \(line 5\)$/;
const gzipped = gzipSync(matrix);

const mistakes: Mistake[] = [
  inMatrix("no file", undefined, /there is no such file$/),
  inMatrix("an empty file", "", /the file is empty$/),
  inMatrix(
    "a header only",
    matrix.slice(0, matrix.indexOf("\n") + 1),
    /a header but no row below it$/,
  ),
  inMatrix(
    "a ragged row",
    matrix.replace("s3,3,3,", "s3,3,"),
    /1 of 24 rows has another number of cells .* has 6: line 5 \('s3'\) has 5$/,
  ),
  inMatrix(
    "a sample twice",
    matrix.replace("s7,", "s3,"),
    /1 sample id is there more than once: 's3' \(lines 5 and 9\)$/,
  ),
  inMatrix(
    "a gene twice",
    matrix.replace("g3", "g1"),
    /1 gene id is there more than once: 'g1' \(columns 2 and 4 of the header\)/,
  ),
  ...[
    ["a word", "x1", /1 value is no number: 'x1' /],
    ["an empty cell", "", /1 value is missing: empty /],
    ["NaN", "NaN", /1 value is missing: 'NaN' /],
    ["infinity", "Infinity", /1 value is infinite: 'Infinity' /],
  ].map(([what, text, says]) =>
    inMatrix(
      String(what),
      withCell(String(text)),
      new RegExp((says as RegExp).source + inCell.source),
    )
  ),
  inMatrix(
    "a number below 0",
    withCell("-3"),
    /1 of 96 values is negative, .* sample 's3', gene 'g1'/,
    /--ignore g1$/,
  ),
  inMatrix(
    "one tissue only",
    matrix.replaceAll("root", "leaf"),
    /no column of words .* \(column 'tissue' holds nothing but 'leaf'\)$/,
    /--label/,
  ),
  inMatrix(
    "a gzip file that is cut off",
    gzipped.subarray(0, gzipped.length / 2),
    /the gzip file is cut off/,
    /./,
    "matrix.csv.gz",
  ),
  inMatrix(
    "a letter that is not UTF-8",
    Uint8Array.of(...new TextEncoder().encode(matrix), 0xe9),
    /not UTF-8 text/,
    /UTF-8/,
  ),
  {
    what: "a label that is no column",
    flags: "--input @/good.csv --label tisue",
    says: /there is no column 'tisue'/,
    remedy: /--label tissue$/,
  },
  {
    what: "a column of ids without the sheet",
    flags: "--input @/good.csv --sample-column run",
    says: /--sample-column 'run' needs a sample sheet/,
    remedy: /--samples FILE/,
  },
  {
    what: "a column of groups without a matrix",
    flags: "--group donor",
    says: /--group is given and --input, .* is not/,
    remedy: /--input FILE/,
  },
  {
    what: "a column of groups that the sheet lacks",
    flags: "--input @/good.csv --samples @/sheet.csv --group donr",
    says: /sheet\.csv: there is no column 'donr'/,
    remedy: /--group 'donor'/,
  },
  {
    what: "a sheet without a matrix",
    flags: "--samples @/sheet.csv --group donor",
    says: /--samples is given and --input, .* is not/,
    remedy: /--input FILE/,
  },
  {
    what: "a label without a matrix",
    flags: "--label organ",
    says: /--label is given and --input, .* is not/,
    remedy: /--input FILE/,
  },
  {
    what: "a sheet that lacks samples",
    file: "short.csv",
    content: "sample_id,donor\ns0,d0\n",
    flags: "--input @/good.csv --samples @/short.csv --group donor",
    says: /23 of the matrix's 24 samples have no row in .*short\.csv: 's1'/,
  },
  {
    what: "a gene set that is not there, before anything is trained",
    flags: "--input @/good.csv --clusters.sets @/limma.csv",
    says: /limma\.csv: there is no such file/,
  },
  {
    what: "an unknown flag",
    flags: "--cnn.epoch 3",
    says: /--cnn\.epoch is not a flag of "all"; did you mean --cnn\.epochs\?/,
    remedy: /deno task all --help/,
  },
  {
    what: "a flag as another task spells it",
    task: "cnn",
    flags: "--cnn.epochs 3",
    says: /not a flag of "cnn"; did you mean --epochs\?/,
    remedy: /deno task cnn --help/,
  },
  {
    what: "a value out of bounds",
    flags: "--cnn.epochs 0",
    says: /--cnn\.epochs: 0 is given where a whole number from 1 to /,
  },
  {
    what: "a number without end",
    flags: "--simulate.genes 9007199254740991",
    says: /--simulate\.genes: 9007199254740991 is given where .* to 200,000 sh/,
  },
  {
    what: "a demo that no memory holds",
    flags: "--simulate.samples 300000 --simulate.genes 30000",
    says:
      /^Cannot simulate 300,000 .* take 72 GB of memory, and the limit is 8/,
    remedy: /--simulate\.samples \d+ --simulate\.genes 30000$/,
  },
  {
    what: "a word for a number",
    flags: "--seed seven",
    says: /--seed: "seven" is given where a whole number/,
  },
  {
    what: "a flag without its value",
    flags: "--seed",
    says: /--seed: no value is given/,
  },
  { what: "a flag twice", flags: "--seed 1 --seed 2", says: /given twice/ },
  {
    what: "a backend that is none",
    flags: "--backend gpu",
    says: /"gpu" is given where one of auto, webgpu, wasm, cpu should be/,
  },
  { what: "a word alone", flags: "matrix.csv", says: /"matrix.csv" stands al/ },
  { what: "no run folder", flags: "--run=", says: /--run: it is empty/ },
  {
    what: "a run folder that may not be written",
    flags: "--run ../elsewhere",
    says: /Cannot write to \.\.\/elsewhere: a task may write below reports\//,
    remedy: /deno run .*--allow-write=\.\.\/elsewhere/,
  },
  {
    what: "no config file",
    flags: "--config @/none.json",
    says: /none\.json: there is no such file/,
  },
  ...([
    ["an unknown key", '{"cnn":{"epoch":3}}', /"cnn\.epoch" .* "cnn\.epochs"/],
    ["a key out of bounds", '{"cnn.epochs":0}', /"cnn\.epochs" in .*: 0 is gi/],
    ["no JSON", "{,", /it is not JSON/],
    ["a key twice", '{"seed":1,"seed":2}', /"seed" is given twice/],
  ] as const).map(([what, content, says]) => ({
    what: `a config file with ${what}`,
    file: "config.json",
    content,
    flags: "--config @/config.json",
    says,
  })),
  ...(["cnn", "shap", "clusters", "ttest", "report"] as const).map((task) => ({
    what: `${task} before prepare`,
    task,
    flags: "",
    says: new RegExp(`^Cannot run ${task}: no stage has run in `),
    remedy: /begin with deno task all --run /,
  })),
];

/** Status 2, and two lines at most that a user can act on. */
function checkRefusal(
  { code, out, err }: Said,
  { what, says, remedy }: Pick<Mistake, "what" | "says" | "remedy">,
): void {
  const context = `${what}: ${err || "nothing is said"}`;
  assert.equal(code, 2, context);
  assert.equal(out, "", context);
  const [first, second, ...rest] = err.trimEnd().split("\n");
  assert.match(first, /^Cannot [^:]+: ./, context);
  assert.match(first, says, context);
  if (remedy !== undefined) assert.match(second ?? "", remedy, context);
  if (second !== undefined) assert.match(second, /^ {2}try: ./, context);
  assert.deepEqual(rest, [], context);
}

Deno.test("every mistake of a user's is named, and nothing is written", () =>
  withFolder(async (folder) => {
    await inParallel(mistakes, async (mistake, index) => {
      const { task = "all", file, content, flags } = mistake;
      const own = `${folder}/${index}`;
      await Deno.mkdir(own);
      await Deno.writeTextFile(`${own}/good.csv`, matrix);
      await Deno.writeTextFile(`${own}/sheet.csv`, sheet);
      if (file !== undefined && content !== undefined) {
        const bytes = typeof content === "string"
          ? new TextEncoder().encode(content)
          : content;
        await Deno.writeFile(`${own}/${file}`, bytes);
      }
      const before = await namesIn(own);
      const given = flags.replaceAll("@", own).split(" ").filter(Boolean);
      const where = flags.includes("--run") ? [] : ["--run", `${own}/runs/x`];
      const said = await runScript(own, task, ...where, ...given);
      checkRefusal(said, mistake);
      assert.deepEqual(await namesIn(own), before, mistake.what);
    });
  }));

Deno.test("a run that is there stays as it is when a command is refused", () =>
  withFolder(async (folder) => {
    const { run, input } = await copySmallRun(folder);
    const before = await contentsOf(run);
    const refuse = async (
      what: string,
      task: Task,
      flags: string[],
      says: RegExp,
      remedy?: RegExp,
    ) => {
      checkRefusal(
        await runScript(folder, task, "--run", run, ...flags),
        { what, says, remedy },
      );
    };
    await Deno.writeTextFile(input, withCell("x1"));
    await refuse("a matrix that went bad", "all", ["--input", input], inCell);
    assert.deepEqual(await contentsOf(run), before);

    await refuse(
      "more genes than there are",
      "ttest",
      ["--genes", "9"],
      /genes is 9 and should be at most 4/,
      new RegExp(`deno task ttest --run ${run} --genes 0`),
    );
    assert.deepEqual(await contentsOf(run), before);

    const edited = `${run}/shap/shap_genes.csv`;
    await Deno.writeTextFile(edited, before["shap/shap_genes.csv"] + " ");
    await refuse(
      "a file edited by hand",
      "clusters",
      [],
      /shap\/shap_genes\.csv was changed after shap had written it$/,
      /deno task shap --run /,
    );
    await Deno.remove(edited);
    await refuse(
      "a file removed by hand",
      "clusters",
      [],
      /shap\/shap_genes\.csv was removed after shap had written it$/,
      /deno task shap --run/,
    );
    const { "shap/shap_genes.csv": _removed, ...others } = before;
    assert.deepEqual(await contentsOf(run), others);

    await Deno.writeTextFile(`${run}/cnn/stage.json`, "{");
    await refuse(
      "a record that is damaged",
      "shap",
      [],
      /cnn\/stage\.json: it is not the record that the stage cnn wrote$/,
      /deno task cnn --run/,
    );
  }));
