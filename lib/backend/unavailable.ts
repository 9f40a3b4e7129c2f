/** A backend cannot be opened on this machine; the message says why. */
export class BackendUnavailable extends Error {
  override name = "BackendUnavailable";
}
