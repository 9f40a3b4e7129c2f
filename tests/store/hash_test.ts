import assert from "node:assert/strict";
import { hashFile, hashInput, hashText } from "../../lib/store/hash.ts";
import { withFolder } from "../pipeline/fake_pipeline.ts";

// The two examples of FIPS 180-2, appendix B.1 and B.3.
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const MILLION_A =
  "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

Deno.test("SHA-256 of a text", () => {
  assert.equal(hashText("abc"), ABC);
  assert.equal(hashText("a".repeat(1_000_000)), MILLION_A);
});

Deno.test("SHA-256 of a file of several checkpoints, and after it has changed", () =>
  withFolder(async (folder) => {
    const path = `${folder}/file`;
    await Deno.writeTextFile(path, "a".repeat(1_000_000));
    assert.equal(await hashFile(path), MILLION_A);
    const large = "a".repeat(3_000_000);
    await Deno.writeTextFile(path, large);
    assert.equal(await hashFile(path), hashText(large));
    assert.equal(await hashFile(path), hashText(large));
    await Deno.writeTextFile(path, "abc");
    assert.equal(await hashFile(path), ABC);
    await assert.rejects(hashFile(`${folder}/none`), Deno.errors.NotFound);
  }));

Deno.test("a device is not opened, and a file hashed again if that is asked for", () =>
  withFolder(async (folder) => {
    await Deno.symlink("/dev/zero", `${folder}/zero`);
    for (const hash of [hashFile, hashInput]) {
      await assert.rejects(
        hash(`${folder}/zero`),
        /zero: it is a device and must be a file$/,
      );
    }
    const path = `${folder}/file`;
    await Deno.writeTextFile(path, "abc");
    const before = await Deno.stat(path);
    assert.equal(await hashFile(path), ABC);
    // As on a file system whose times are in whole seconds.
    await Deno.writeTextFile(path, "abd");
    await Deno.utime(path, before.atime!, before.mtime!);
    assert.equal(await hashFile(path, { fresh: true }), hashText("abd"));
  }));

Deno.test("of a folder the names count, in whatever order they are listed", () =>
  withFolder(async (folder) => {
    await Deno.mkdir(`${folder}/b/c`, { recursive: true });
    for (const name of ["b/c/x", "b.txt", "a\nb", ".hidden", "b/.git"]) {
      await Deno.writeTextFile(`${folder}/${name}`, name);
    }
    const names = '"a\\nb"\n"b.txt"\n"b/c/x"\n';
    assert.equal(await hashInput(folder), hashText(names));
    assert.equal(await hashInput(`${folder}/`), hashText(names));
    assert.equal(await hashInput(`${folder}/b.txt`), hashText("b.txt"));
    await assert.rejects(hashInput(`${folder}/none`), Deno.errors.NotFound);
  }));
