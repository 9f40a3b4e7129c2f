/** What a pool asks of the module that it runs. */

/**
 * What a module must export so that a pool can run it. Every worker imports
 * the module for itself; a pool of one runs it in the calling process.
 */
export interface PoolModule<Setup, State, Task, Result, Report = never> {
  /** Called once a worker, before any task. What it returns is the state. */
  setUp(setup: Setup): State | Promise<State>;
  /**
   * Does one task. It must not depend on the tasks that went before.
   *
   * @param report Tells the pool's owner how far the task is: anything that can
   * be cloned.
   */
  work(
    task: Task,
    state: State,
    report: (report: Report) => void,
  ): Result | Promise<Result>;
  /** The buffers of a result to hand over instead of copying them. */
  transfer?(result: Result): Transferable[];
  /** Called once a worker, after its last task. */
  close?(state: State): void | Promise<void>;
}
