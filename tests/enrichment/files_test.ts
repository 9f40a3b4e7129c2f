/** Annotation files as people have them, and files that are none. */

import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { InputError } from "../../lib/cli/errors.ts";
import { readGaf } from "../../lib/enrichment/files/gaf.ts";
import { readObo } from "../../lib/enrichment/files/obo.ts";
import { readSetFile } from "../../lib/enrichment/files/set_files.ts";
import { makeOntology } from "../../lib/enrichment/ontology.ts";

/** Writes a file, reads it and removes it. */
async function reading<Result>(
  content: string | Uint8Array,
  read: (path: string) => Promise<Result>,
  name = "made.txt",
): Promise<Result> {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/${name}`;
  try {
    if (typeof content === "string") await Deno.writeTextFile(path, content);
    else await Deno.writeFile(path, content);
    return await read(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function refuses(
  content: string | Uint8Array,
  read: (path: string) => Promise<unknown>,
  expected: RegExp,
  name?: string,
): Promise<void> {
  await assert.rejects(reading(content, read, name), (error: unknown) => {
    assert.ok(error instanceof InputError, String(error));
    assert.match(error.message, expected);
    assert.ok(!error.message.includes("\n"));
    return true;
  });
}

const term = (id: string, ...tags: string[]) =>
  ["[Term]", `id: ${id}`, ...tags, ""].join("\n");

const ontology = (text: string, relations: "part_of" | "is_a" = "part_of") =>
  reading(
    text,
    async (path) => makeOntology(await readObo(path), relations, path),
  );

Deno.test("an OBO file gives names, namespaces, parents and other ids", async () => {
  const text = [
    "format-version: 1.4\ndefault-namespace: parts\n! a comment\n",
    term("T:1", "name: root\\, all", "namespace: process"),
    term(
      'T:2 {source="x"}',
      'def: "No: tag [T:9]" []',
      "alt_id: T:20",
      "is_a: T:1 ! root",
      'relationship: part_of T:3 {x="y"} ! three',
      "relationship: regulates T:4",
    ),
    term("T:3", "is_a: T:10"),
    term("T:4", "is_obsolete: true", "alt_id: T:40"),
    "[Typedef]\nid: part_of\nname: part of\nno tag at all\n",
  ].join("\n");
  const { terms, primaryOf } = await reading(text, readObo);
  assert.deepEqual([...terms.keys()], ["T:1", "T:2", "T:3", "T:4"]);
  assert.equal(terms.get("T:1")!.name, "root, all");
  assert.equal(terms.get("T:1")!.namespace, "process");
  assert.equal(terms.get("T:2")!.namespace, "parts");
  assert.deepEqual(terms.get("T:2")!.isA, ["T:1"]);
  assert.deepEqual(terms.get("T:2")!.partOf, ["T:3"]);
  assert.equal(primaryOf.get("T:20"), "T:2");

  const graph = await ontology(text);
  assert.deepEqual(graph.parents, [[], [0, 2], []]);
  assert.deepEqual([...graph.depths], [0, 1, 0]);
  assert.equal(graph.lostParents, 1);
  assert.equal(graph.indexOf("T:20"), 1);
  assert.ok(graph.isAlternative("T:20") && !graph.isAlternative("T:2"));
  assert.ok(graph.isObsolete("T:4") && graph.isObsolete("T:40"));
  assert.equal(graph.indexOf("T:4"), undefined);
  assert.ok(!graph.isObsolete("T:99"));
  assert.deepEqual((await ontology(text, "is_a")).parents, [[], [0], []]);
  const windows = gzipSync(text.replaceAll("\n", "\r\n"));
  assert.equal((await reading(windows, readObo)).terms.size, 4);
});

Deno.test("a cycle is refused with its terms, also below other terms", async () => {
  const looped = [
    term("T:0"),
    term("T:1", "is_a: T:0", "is_a: T:3"),
    term("T:2", "is_a: T:1"),
    term("T:3", "relationship: part_of T:2"),
    term("T:4", "is_a: T:3"),
    term("T:5", "is_a: T:4"),
  ].join("\n");
  await assert.rejects(
    ontology(looped),
    /cycle and should have none: each of (T:1, T:3, T:2, T:1|T:2, T:1, T:3, T:2|T:3, T:2, T:1, T:3) belongs/,
  );
  // The cycle needs part_of.
  assert.equal((await ontology(looped, "is_a")).terms.length, 6);
  await assert.rejects(
    ontology(term("T:1", "is_a: T:1")),
    /each of T:1, T:1 b/,
  );
});

Deno.test("a deep ontology takes no stack", async () => {
  const terms = Array.from(
    { length: 50_000 },
    (_, index) => term(`T:${index}`, ...index ? [`is_a: T:${index - 1}`] : []),
  );
  assert.equal((await ontology(terms.join("\n"))).terms.length, 50_000);
});

Deno.test("what is no OBO file is refused with its line", async () => {
  await refuses("", readObo, /the file is empty/);
  await refuses("format-version: 1.2\n", readObo, /it has no \[Term\]/);
  await refuses(
    term("T:1") + "this is prose\n",
    readObo,
    /line 3 is 'this is prose' and should be a tag, a colon and a value/,
  );
  await refuses("[Term]\nname: x\n\n", readObo, /line 1 begins a term without/);
  await refuses(
    term("T:1") + term("T:1"),
    readObo,
    /line 3 begins the term 'T:1', which is there twice/,
  );
  await refuses(new Uint8Array([0x1f, 0x8b, 8, 0, 0]), readObo, /cut off/);
  await refuses(
    new Uint8Array([65, 10, 0xff, 0xfe, 65]),
    readObo,
    /annotation .*not UTF-8 text/,
  );
  await refuses(
    "x".repeat((1 << 24) + 5_000_000),
    readObo,
    /line 1 is longer than 16 Mi characters/,
  );
});

const row = (
  {
    id = "g1",
    symbol = "s1",
    qualifier = "",
    term = "GO:0000001",
    evidence = "IEA",
    synonyms = "",
  },
) =>
  [
    "DB",
    id,
    symbol,
    qualifier,
    term,
    "R:1",
    evidence,
    "",
    "P",
    "n",
    synonyms,
    "protein",
    "taxon:1",
    "20200101",
    "DB",
  ]
    .join("\t");

Deno.test("a GAF file gives genes and terms, without NOT and ND", async () => {
  const text = [
    "!gaf-version: 2.2",
    "db\tobject\tsymbol\tqualifier\tgo_id\tref\tevidence\twith\taspect",
    row({ synonyms: "a|b" }),
    row({ term: "GO:0000002", qualifier: "contributes_to" }),
    row({ term: "GO:0000003", qualifier: "NOT|involved_in" }),
    row({ id: "g2", term: "GO:0000004", evidence: "ND" }),
    row({ id: "g3", term: "PO:0000005" }),
    "",
  ].join("\n");
  for (const content of [text, gzipSync(text), "\uFEFF" + text]) {
    const gaf = await reading(content, readGaf);
    assert.deepEqual(gaf.objects.map(({ id }) => id), ["g1", "g3"]);
    assert.deepEqual([...gaf.objects[0].terms], ["GO:0000001", "GO:0000002"]);
    assert.deepEqual(gaf.objects[0].synonyms, ["a", "b"]);
    assert.equal(gaf.namespaceOf.get("GO:0000001"), "biological_process");
    assert.deepEqual([gaf.rows, gaf.negated, gaf.withoutData], [5, 1, 1]);
  }
});

Deno.test("names that objects have by themselves are names like others", async () => {
  const odd = row({ id: "__proto__", term: "constructor:1" })
    .replace("\tP\t", "\tconstructor\t");
  const gaf = await reading(odd, readGaf);
  assert.deepEqual(gaf.objects.map(({ id }) => id), ["__proto__"]);
  assert.equal(gaf.namespaceOf.size, 0);
  const sets = await reading("__proto__\ttoString\n", readSetFile);
  assert.deepEqual([...sets.sets.get("__proto__")!.genes], ["toString"]);
  const { terms } = await reading(term("__proto__"), readObo);
  assert.equal(terms.size, 1);
});

Deno.test("what is no GAF file is refused with its line", async () => {
  const good = row({});
  await refuses(
    `${good}\ng1\tGO:1\n`,
    readGaf,
    /line 2 .* has 2 fields .* 15 to 17/,
  );
  await refuses(
    `${good}\n${row({ term: "leaf" })}`,
    readGaf,
    /line 2 has 'leaf' in its field 5 and should have a term such as GO:/,
  );
  await refuses(
    row({ id: "" }),
    readGaf,
    /line 1 has no gene id in its field 2/,
  );
  await refuses(
    "!gpa-version: 1.1\n" + good,
    readGaf,
    /is GPA '1.1' and should/,
  );
  await refuses(
    "!gaf-version: 1.0\n" + good,
    readGaf,
    /is GAF '1.0' and should/,
  );
  await refuses("!gaf-version: 2.0\n", readGaf, /it has no row/);
  await refuses(row({ qualifier: "NOT" }), readGaf, /none of its 1 rows annot/);
  await refuses(new Uint8Array([0, 1, 2]), readGaf, /not UTF-8 text/);
});

const setsOf = (content: string | Uint8Array, name?: string) =>
  reading(content, async (path) => {
    const { kind, sets } = await readSetFile(path);
    return {
      kind,
      sets: Object.fromEntries(
        [...sets].map(([id, { name, genes }]) => [id, [name, ...genes]]),
      ),
    };
  }, name);

Deno.test("GMT and TERM2GENE are told apart by their content", async () => {
  const gmt = "A\thttps://x\tg1\tg2\tg3\nB\tthe set B\tg2,1.0\tg4,0.5\n";
  const sets = { A: [null, "g1", "g2", "g3"], B: ["the set B", "g2", "g4"] };
  assert.deepEqual(await setsOf(gmt), { kind: "gmt", sets });
  assert.deepEqual(await setsOf(gzipSync(gmt), "a.gmt.gz"), {
    kind: "gmt",
    sets,
  });
  assert.deepEqual(
    await setsOf("A\t\tg1\nB\t\tg1\n", "one.gmt"),
    { kind: "gmt", sets: { A: [null, "g1"], B: [null, "g1"] } },
  );
  const pairs = {
    kind: "term2gene",
    sets: { A: [null, "g1", "g2"], B: [null, "g1"] },
  };
  assert.deepEqual(await setsOf("A\tg1\nA\tg2\nB\tg1\n"), pairs);
  assert.deepEqual(await setsOf("term,gene\nA,g1\nA,g2\nB,g1\nA,g1\n"), pairs);
  assert.deepEqual(
    await setsOf(
      '"","gene","term"\n"1","g1","A"\n"2","g2","A"\n"3","g1","B"\n',
    ),
    pairs,
  );
  assert.deepEqual(
    await setsOf('gene\tterm\tname\ng1\tA\tsay "so"\n'),
    { kind: "term2gene", sets: { A: ["say so", "g1"] } },
  );
});

Deno.test("what holds no sets is refused with its line", async () => {
  await refuses(
    "A\t\tg1\nB\n",
    readSetFile,
    /line 2 is 'B' and should/,
    "x.gmt",
  );
  await refuses(
    "A\t\tg1\nA\t\tg2\n",
    readSetFile,
    /line 2 has the set 'A' again/,
    "x.gmt",
  );
  await refuses(
    "A\tg1\nB\n",
    readSetFile,
    /line 2 is 'B' and should have a term/,
  );
  await refuses("term\tgene\n", readSetFile, /no gene in any set/);
  await refuses("<html>", readSetFile, /it is a web page/);
  await refuses(new Uint8Array([0x50, 0x4b, 3, 4, 9]), readSetFile, /workbook/);
});
