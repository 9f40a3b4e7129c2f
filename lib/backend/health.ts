/**
 * The first device error of this process, if there was one.
 *
 * A WebGPU device reports errors out of band and goes on with wrong numbers,
 * so the first one is kept here for good and every later operation refuses to
 * run.
 */
let deviceError: BackendFailure | null = null;

/** The compute device failed: every number computed since is suspect. */
export class BackendFailure extends Error {
  override name = "BackendFailure";
}

/**
 * Stores a device error; only the first one counts, and it is never cleared.
 *
 * @param message one line: the failed action, a colon, what is and what should
 *   be.
 * @returns the failure that {@linkcode assertBackendHealthy} throws from now on.
 */
export function recordDeviceError(message: string): BackendFailure {
  deviceError ??= new BackendFailure(message.replaceAll(/\s+/g, " ").trim());
  return deviceError;
}

/**
 * Throws when the compute device has reported an error in this process.
 * Every operation of this folder calls it, and so does every read-back on
 * WebGPU.
 *
 * @throws {BackendFailure} with the first error that the device reported.
 */
export function assertBackendHealthy(): void {
  if (deviceError !== null) throw deviceError;
}
