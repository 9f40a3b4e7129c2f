import assert from "node:assert/strict";
import { gzipSync } from "node:zlib";
import { InputError } from "../../../lib/cli/errors.ts";
import { readHead } from "../../../lib/prepare/input/read_head.ts";
import { writeInput } from "../user_files.ts";

const folder = await Deno.makeTempDir();
const head = async (content: string | Uint8Array) =>
  await readHead(await writeInput(`${folder}/file`, content));

Deno.test("head: of a plain file", async () => {
  const { packed, bytes, text, entries } = await head("id,gène\n");
  assert.equal(text, "id,gène\n");
  assert.deepEqual(packed, bytes);
  assert.equal(entries, undefined);
  const one = await head("x");
  assert.deepEqual([...one.packed], [...one.bytes]);
});

Deno.test("head: of a long file holds 64 KiB or more, of a gzip file both", async () => {
  const long = "0123456789abcdef".repeat(1 << 16);
  assert.ok((await head(long)).bytes.length >= 1 << 16);
  const { packed, bytes, text } = await head(gzipSync(long));
  assert.deepEqual([...packed.subarray(0, 2)], [0x1f, 0x8b]);
  assert.ok(bytes.length >= 1 << 16);
  assert.ok(long.startsWith(text));
});

Deno.test("head: what is no UTF-8 is replaced, UTF-16 is decoded", async () => {
  assert.equal((await head(Uint8Array.of(0x61, 0xff))).text, "a\ufffd");
  const utf16 = Uint8Array.of(0xff, 0xfe, 0x61, 0, 0xe4, 0);
  assert.equal((await head(utf16)).text, "aä");
});

Deno.test("head: of a folder are the sorted names in it", async () => {
  const inner = await Deno.makeTempDir();
  for (const name of ["b", "a", "B"]) await writeInput(`${inner}/${name}`, "");
  const { entries, bytes, text } = await readHead(inner);
  assert.deepEqual(entries, ["B", "a", "b"]);
  assert.equal(bytes.length, 0);
  assert.equal(text, "");
});

Deno.test("head: refuses what cannot be read", async () => {
  await assert.rejects(readHead(`${folder}/none`), InputError);
  await assert.rejects(head(""), /the file is empty/);
});
