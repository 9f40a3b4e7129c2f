/** Writes numbers that are compared with a peer's. */

/** Writes float64, one array after the other, without a header. */
export async function writeNumbers(
  path: string,
  arrays: readonly Float64Array[],
): Promise<void> {
  const all = new Float64Array(
    arrays.reduce((sum, { length }) => sum + length, 0),
  );
  let at = 0;
  for (const each of arrays) {
    all.set(each, at);
    at += each.length;
  }
  await Deno.writeFile(path, new Uint8Array(all.buffer));
}
