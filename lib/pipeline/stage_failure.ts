/** Tells which stage of which run an error came from. */
export class StageFailure extends Error {
  constructor(
    readonly stage: string,
    readonly runFolder: string,
    override readonly cause: unknown,
  ) {
    super(`The stage ${stage} failed`);
  }
}
