/** Modules of this project that are loaded when they are needed. */

/**
 * Imports a module. Of `import("./module.ts")` with a literal Deno reads the
 * module and all that it imports when the program starts, even if it is never
 * called; of an address that is computed it reads nothing.
 *
 * @param url Its address: `new URL("./module.ts", import.meta.url)`, by which
 * it counts as code of the stage.
 * @throws {TypeError} If it cannot be loaded.
 */
export function importLate<Module>(url: string | URL): Promise<Module> {
  return import(`${url}`);
}
