/** Makes a symbolic link, as `Deno.symlink` does. */

const [target, path, type] = Deno.args;
try {
  await Deno.symlink(
    target,
    path,
    type === undefined ? undefined : { type: type as "file" | "dir" },
  );
} catch (error) {
  console.log((error as Error).message);
  Deno.exit(1);
}
