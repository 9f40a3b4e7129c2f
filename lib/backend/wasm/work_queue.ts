/**
 * The shared memory through which threads share the chunks of a job.
 *
 * One thread posts a job of several chunks; every thread, the posting one too,
 * takes chunks until none is left. The description of a job does not change
 * until its last chunk is done, so whoever has taken a chunk may read it.
 */

/** The largest number of chunks of one job. */
export const MAX_CHUNKS = 4095;
/** The largest number of arguments of one chunk. */
const MAX_ARGUMENTS = 24;

/** Indices of the numbers in the header. */
const JOB = 0;
/** The job's number times 4096, plus the number of chunks not yet taken. */
const OPEN = 1;
const DONE = 2;
const CHUNKS = 3;
const ARGUMENTS = 4;
const KERNEL = 5;
const FAILED = 6;
const CLOSED = 7;
/** 1 when a thread has ended unexpectedly. */
const THREAD_ENDED = 8;
/** Bytes of the message of the first failure. */
const MESSAGE_BYTES = 9;
const HEADER = 16;

/** Bytes of the header, of the arguments after it, and of the message. */
const HEADER_BYTES = HEADER * 4;
const ARGUMENTS_BYTES = MAX_CHUNKS * MAX_ARGUMENTS * 8;
const MAX_MESSAGE_BYTES = 1024;

/**
 * Seconds without a finished chunk after which the waiting thread gives up. A
 * chunk takes milliseconds, or a few seconds at most.
 */
const TIMEOUT_SECONDS = 120;

/**
 * Milliseconds of one wait. Waits that ran out are counted, not seconds on
 * the clock, so that a process that was stopped for an hour does not time out
 * when it continues.
 */
const WAIT_MS = 100;

/** How often a thread checks the queue before it sleeps. */
const SPINS = 2000;

/** A chunk that a thread has taken. */
export interface Chunk {
  /** The kernel's number. */
  readonly kernel: number;
  readonly arguments: number[];
}

/** The queue of one thread pool; every thread opens it on the same memory. */
export class WorkQueue {
  readonly #header: Int32Array;
  readonly #arguments: Float64Array;
  readonly #message: Uint8Array;

  /**
   * @param memory as from `WorkQueue.createMemory`.
   * @param timeoutSeconds seconds without a finished chunk after which
   *   `finish` gives up.
   */
  constructor(
    memory: SharedArrayBuffer,
    readonly timeoutSeconds = TIMEOUT_SECONDS,
  ) {
    this.#header = new Int32Array(memory, 0, HEADER);
    this.#arguments = new Float64Array(
      memory,
      HEADER_BYTES,
      ARGUMENTS_BYTES / 8,
    );
    this.#message = new Uint8Array(memory, HEADER_BYTES + ARGUMENTS_BYTES);
  }

  /** Memory for a new queue. */
  static createMemory(): SharedArrayBuffer {
    return new SharedArrayBuffer(
      HEADER_BYTES + ARGUMENTS_BYTES + MAX_MESSAGE_BYTES,
    );
  }

  /**
   * Posts a job; the previous one must be done.
   *
   * @throws {Error} when a thread has ended.
   */
  post(kernel: number, chunks: readonly (readonly number[])[]): void {
    this.#checkThreads();
    const header = this.#header;
    const width = chunks[0].length;
    if (chunks.length > MAX_CHUNKS || width > MAX_ARGUMENTS) {
      throw new RangeError(
        `Cannot post a job of ${chunks.length} chunks of ${width} arguments: ` +
          `there is room for ${MAX_CHUNKS} of ${MAX_ARGUMENTS}`,
      );
    }
    chunks.forEach((chunk, index) => this.#arguments.set(chunk, index * width));
    header[DONE] = 0;
    header[CHUNKS] = chunks.length;
    header[ARGUMENTS] = width;
    header[KERNEL] = kernel;
    header[FAILED] = 0;
    header[MESSAGE_BYTES] = 0;
    const job = (header[JOB] + 1) % 2 ** 18;
    Atomics.store(header, OPEN, job * 4096 + chunks.length);
    Atomics.store(header, JOB, job);
    Atomics.notify(header, JOB);
  }

  /** The number of the job that was posted last. */
  get job(): number {
    return Atomics.load(this.#header, JOB);
  }

  /** Takes a chunk of a job; undefined when none is left or the job is over. */
  take(job: number): Chunk | undefined {
    const header = this.#header;
    for (;;) {
      const open = Atomics.load(header, OPEN);
      const left = open % 4096;
      if ((open - left) / 4096 !== job || left === 0) return undefined;
      if (Atomics.compareExchange(header, OPEN, open, open - 1) !== open) {
        continue;
      }
      const start = (header[CHUNKS] - left) * header[ARGUMENTS];
      return {
        kernel: header[KERNEL],
        arguments: Array.from(
          this.#arguments.subarray(start, start + header[ARGUMENTS]),
        ),
      };
    }
  }

  /**
   * Reports that a chunk is done or has failed; in both cases it counts as
   * finished.
   *
   * @param failure why it failed; undefined when it is done.
   */
  report(failure?: string): void {
    const header = this.#header;
    if (failure !== undefined) this.#storeFailure(failure);
    if (Atomics.add(header, DONE, 1) + 1 === header[CHUNKS]) {
      Atomics.notify(header, DONE);
    }
  }

  /** Reports that a thread ends, perhaps with a chunk that is not done. */
  reportEnd(reason: string): void {
    this.#storeFailure(reason);
    Atomics.store(this.#header, THREAD_ENDED, 1);
    Atomics.notify(this.#header, DONE);
  }

  /**
   * Waits until all chunks are done.
   *
   * @returns why the first chunk failed that did; undefined when none did.
   * @throws {Error} when a thread has ended, or has not finished its chunk for
   *   so long that it must have. Some chunk is then not done, and this queue
   *   must not be used any more.
   */
  finish(): string | undefined {
    const header = this.#header;
    const waits = Math.ceil(this.timeoutSeconds * 1000 / WAIT_MS);
    const waitMs = this.timeoutSeconds * 1000 / waits;
    let last = -1;
    for (let spin = 0, timedOut = 0;; spin++) {
      const done = Atomics.load(header, DONE);
      this.#checkThreads();
      if (done === header[CHUNKS]) return this.#failure();
      if (spin < SPINS) continue;
      if (done !== last) timedOut = 0;
      last = done;
      if (timedOut === waits) {
        throw new Error(
          `a thread has not finished its chunk for ${this.timeoutSeconds} ` +
            "seconds",
        );
      }
      if (Atomics.wait(header, DONE, done, waitMs) === "timed-out") timedOut++;
    }
  }

  /** Ends all threads that wait for a job. */
  close(): void {
    const header = this.#header;
    Atomics.store(header, CLOSED, 1);
    Atomics.add(header, JOB, 1);
    Atomics.notify(header, JOB);
  }

  /**
   * Waits for the job after the given one and returns its number; undefined
   * when the queue is closed.
   */
  next(job: number): number | undefined {
    for (let spin = 0;; spin++) {
      const now = this.job;
      if (Atomics.load(this.#header, CLOSED) === 1) return undefined;
      if (now !== job) return now;
      if (spin >= SPINS) Atomics.wait(this.#header, JOB, job);
    }
  }

  /** @throws {Error} when a thread has ended unexpectedly. */
  #checkThreads(): void {
    if (Atomics.load(this.#header, THREAD_ENDED) === 0) return;
    throw new Error(`a thread has ended: ${this.#failure()}`);
  }

  /** Stores the message of a job's first failure. */
  #storeFailure(failure: string): void {
    const header = this.#header;
    if (Atomics.compareExchange(header, FAILED, 0, 1) !== 0) return;
    const bytes = new TextEncoder().encode(failure)
      .subarray(0, MAX_MESSAGE_BYTES);
    this.#message.set(bytes);
    Atomics.store(header, MESSAGE_BYTES, bytes.length);
  }

  /** The message of this job's first failure; undefined without one. */
  #failure(): string | undefined {
    if (Atomics.load(this.#header, FAILED) === 0) return undefined;
    const size = Atomics.load(this.#header, MESSAGE_BYTES);
    return new TextDecoder().decode(this.#message.slice(0, size)) ||
      "an error without a message";
  }
}
