/** Says which stage an error came from. */
export class StageFailure extends Error {
  constructor(readonly stage: string, override readonly cause: unknown) {
    super(`The stage ${stage} failed`);
  }
}
