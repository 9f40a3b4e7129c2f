/** The WebAssembly modules that are built from AssemblyScript sources. */

/** A folder of sources that end in `.as`; `index.as` lists the exports. */
export interface KernelModule {
  /** Ends with a slash. `kernels.wasm` and `kernels.json` are written there. */
  readonly folder: URL;
  /** Sources of another module that are compiled into this one, too. */
  readonly shared: readonly URL[];
  /**
   * `tfjs`: imports TensorFlow.js's memory, which threads share. `own`: exports
   * a memory of its own.
   */
  readonly memory: "tfjs" | "own";
}

const here = import.meta.url;

export const kernelModules: readonly KernelModule[] = [
  {
    folder: new URL("../backend/kernels/", here),
    shared: [new URL("../ml/kernels/random.as", here)],
    memory: "tfjs",
  },
  { folder: new URL("../ml/kernels/", here), shared: [], memory: "own" },
];

/** All of a module's sources by their names, in order of name. */
export async function sourcesOf(
  { folder, shared }: Pick<KernelModule, "folder" | "shared">,
): Promise<Map<string, URL>> {
  const urls = [...shared];
  for await (const { name } of Deno.readDir(folder)) {
    if (name.endsWith(".as")) urls.push(new URL(name, folder));
  }
  const byName = urls.map((url): [string, URL] => [
    url.pathname.slice(url.pathname.lastIndexOf("/") + 1),
    url,
  ]);
  return new Map(byName.sort(([one], [other]) => one < other ? -1 : 1));
}
