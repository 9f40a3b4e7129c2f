/** The names of the compute backends. */

/** The backends, by their names in tfjs. */
export const BACKEND_NAMES = ["webgpu", "wasm", "cpu"] as const;

export type BackendName = typeof BACKEND_NAMES[number];

/** What a user may ask for, in the order of the help text. */
export const BACKEND_CHOICES = ["auto", ...BACKEND_NAMES] as const;

/** A backend, or `auto` for the fastest one that works on the machine. */
export type BackendChoice = typeof BACKEND_CHOICES[number];

/**
 * One line on a backend, for records and reports.
 *
 * @param version tfjs's version.
 * @param details such as the graphics adapter.
 */
export function describeBackend(
  name: BackendName,
  version: string,
  details: string,
): string {
  return `tfjs-backend-${name} ${version}, ${details}`;
}

/**
 * The backend that a line of {@linkcode describeBackend} describes.
 *
 * @returns null for any other line, and for none.
 */
export function backendNameOf(description: string | null): BackendName | null {
  return BACKEND_NAMES.find((name) =>
    description?.startsWith(`tfjs-backend-${name} `)
  ) ?? null;
}
