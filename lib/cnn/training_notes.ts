/** What the progress of a training says beside its numbers. */

import { type EnsembleMember, networkName } from "./ensemble.ts";

/** Follows the networks of a run that are being trained. */
export class TrainingNotes {
  /** The last note of each network that is being trained, by its index. */
  readonly #notes = new Map<number, string>();

  constructor(readonly networks: readonly EnsembleMember[]) {}

  /**
   * Takes a note on a network.
   *
   * @returns What to show: the note where one network is trained at a time,
   * else which are: `networks 1.1, 1.2`.
   */
  told(index: number, note: string): string {
    this.#notes.set(index, note);
    if (this.networks.length === 1) return note;
    const names = [...this.#notes.keys()].sort((a, b) => a - b)
      .map((index) => networkName(this.networks[index]));
    return names.length === 1
      ? `network ${names[0]}, ${note}`
      : `networks ${names.join(", ")}`;
  }

  /** Forgets a network that is done with. */
  finished(index: number): void {
    this.#notes.delete(index);
  }
}
