/** Runs a reader in a temporary folder and gives what it read. */

export async function inFolder<Result>(
  read: (folder: string) => Promise<Result>,
): Promise<Result> {
  const folder = await Deno.makeTempDir();
  try {
    return await read(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
