import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import { openBytes } from "../../../lib/prepare/input/file_stream.ts";
import { RandomStream } from "../../../lib/random.ts";

const folder = await Deno.makeTempDir();
/** Several chunks, the last of them short, also when packed: noise stays. */
const noise = randomBytes(3_500_000);

function randomBytes(count: number): Uint8Array {
  const stream = new RandomStream(5);
  const words = Int32Array.from({ length: count >> 2 }, stream.bits);
  return new Uint8Array(words.buffer);
}

function hash(...parts: Uint8Array[]): string {
  const digest = createHash("sha256");
  parts.forEach((part) => digest.update(part));
  return digest.digest("hex");
}

async function write(name: string, bytes: Uint8Array): Promise<string> {
  const path = `${folder}/${name}`;
  await Deno.writeFile(path, bytes);
  return path;
}

Deno.test("bytes: a file of several chunks, plain and gzipped", async () => {
  const files = [
    await write("plain", noise),
    await write("packed.gz", gzipSync(noise)),
  ];
  for (const path of files) {
    const digest = createHash("sha256");
    let chunks = 0;
    for await (const chunk of openBytes({ path })) {
      assert.ok(chunk.length > 0 && chunk.length <= 1 << 20);
      // Time for the read ahead, which must not touch this chunk.
      await new Promise((done) => setTimeout(done, 5));
      digest.update(chunk);
      chunks++;
    }
    assert.ok(chunks > 3, `${path}: ${chunks} chunks`);
    assert.equal(digest.digest("hex"), hash(noise), path);
  }
});

Deno.test({
  name: "bytes: the file is closed when its reader leaves early",
  sanitizeOps: true,
  sanitizeResources: true,
  async fn() {
    const path = await write("left", noise);
    for (let round = 0; round < 3; round++) {
      for await (const chunk of openBytes({ path })) {
        assert.equal(hash(chunk), hash(noise.subarray(0, chunk.length)));
        break;
      }
    }
  },
});
