/** Errors of the compute device, after which nothing may be computed. */

/**
 * The first device error of this process, if there was one.
 *
 * A WebGPU device reports errors asynchronously and continues with wrong
 * numbers, so the first error is stored for the rest of the process and every
 * later operation throws it.
 */
let deviceError: BackendFailure | null = null;

/** The compute device failed: no number computed since can be trusted. */
export class BackendFailure extends Error {
  override name = "BackendFailure";
}

/**
 * Stores a device error; only the first one counts, and it is never cleared.
 *
 * @param message one line: the failed action, a colon, what is and what should
 *   be.
 * @returns the failure that {@linkcode assertBackendHealthy} throws from then
 *   on.
 */
export function recordDeviceError(message: string): BackendFailure {
  deviceError ??= new BackendFailure(message.replaceAll(/\s+/g, " ").trim());
  return deviceError;
}

/**
 * Throws when the compute device has reported an error in this process.
 * Every operation calls it, and so does every read-back on WebGPU.
 *
 * @throws {BackendFailure} with the first error that the device reported.
 */
export function assertBackendHealthy(): void {
  if (deviceError !== null) throw deviceError;
}
