import assert from "node:assert/strict";
import { InputError, RunError } from "../../lib/cli/errors.ts";
import { mapInWorkers, openPool, shareFloats } from "../../lib/workers/pool.ts";

/** A module out of its text. */
function moduleOf(text: string): URL {
  return new URL("data:text/javascript," + encodeURIComponent(text));
}

const SQUARE = moduleOf(`
  export const setUp = async (base) => ({ base });
  export const work = async (task, { base }) => {
    // The later the task, the sooner it is done.
    await new Promise((resolve) => setTimeout(resolve, 20 - task));
    return base + task * task;
  };
`);

for (const threads of [1, 2, 3, 50]) {
  Deno.test(`results stand in the order of the tasks: ${threads} threads`, async () => {
    const tasks = Array.from({ length: 7 }, (_, task) => task);
    const seen: [number, number][] = [];
    const results = await mapInWorkers<number, number, number>({
      module: SQUARE,
      setup: 100,
      tasks,
      threads,
      onResult: (result, index) => seen.push([index, result]),
    });
    assert.deepEqual(results, tasks.map((task) => 100 + task * task));
    seen.sort(([a], [b]) => a - b);
    assert.deepEqual(seen, [...results.entries()]);
  });
}

Deno.test("forEach hands over every result", async () => {
  const pool = await openPool<number, number, number>({
    module: SQUARE,
    setup: 100,
    threads: 2,
  });
  const seen: [number, number][] = [];
  const nothing = await pool.forEach(
    [0, 1, 2, 3],
    (result, index) => seen.push([index, result]),
  );
  await pool.close();
  assert.equal(nothing, undefined);
  seen.sort(([a], [b]) => a - b);
  assert.deepEqual(seen, [[0, 100], [1, 101], [2, 104], [3, 109]]);
});

Deno.test("no task needs no worker", async () => {
  const module = moduleOf("throw new Error('imported')");
  const results = await mapInWorkers({
    module,
    setup: 0,
    tasks: [],
    threads: 2,
  });
  assert.deepEqual(results, []);
});

Deno.test("shared memory is seen by the workers, not copied", async () => {
  const shared = shareFloats(Float32Array.of(1, 2, 3, 4));
  const results = await mapInWorkers<Float32Array, number, number>({
    module: moduleOf(`
      export const setUp = (values) => values;
      export const work = (task, values) => {
        values[task] *= 10;
        return values[task];
      };
    `),
    setup: shared,
    tasks: [0, 1, 2, 3],
    threads: 2,
  });
  assert.deepEqual(results, [10, 20, 30, 40]);
  assert.deepEqual([...shared], [10, 20, 30, 40]);
});

Deno.test("results may be handed over instead of copied", async () => {
  const results = await mapInWorkers<null, number, Float32Array>({
    module: moduleOf(`
      export const setUp = () => ({ handed: [] });
      let last;
      export const work = (task) => {
        if (last && last.byteLength !== 0) throw new Error("was copied");
        last = Float32Array.of(task);
        return last;
      };
      export const transfer = (result) => [result.buffer];
    `),
    setup: null,
    tasks: [1, 2, 3, 4, 5],
    threads: 2,
  });
  assert.deepEqual(results.map(([value]) => value), [1, 2, 3, 4, 5]);
});

Deno.test("a pool maps again with the same workers, then closes them", async () => {
  for (const threads of [1, 2]) {
    const closings = new Int32Array(new SharedArrayBuffer(4));
    const pool = await openPool<Int32Array, number, number>({
      module: moduleOf(`
        export const setUp = (closings) => ({ closings, done: 0 });
        export const work = (task, state) => ++state.done;
        export const close = ({ closings, done }) => {
          Atomics.add(closings, 0, done);
        };
      `),
      setup: closings,
      threads,
    });
    const first = await pool.map([0, 0, 0]);
    const second = await pool.map([0, 0, 0]);
    assert.ok(Math.max(...second) > Math.max(...first));
    await pool.close();
    await pool.close();
    assert.equal(closings[0], 6);
    await assert.rejects(() => pool.map([1]), /the pool is closed/);
  }
});

const REPORTING = moduleOf(`
  export const setUp = () => {};
  export const work = (task, _, report) => {
    report(task + 1);
    report(task + 2);
    return task;
  };
`);

const FAILING = moduleOf(`
  export const setUp = () => {};
  export const work = async (task) => {
    if (task === 2) throw new TypeError("two is too many");
    await new Promise((resolve) => setTimeout(resolve, task > 2 ? 60_000 : 1));
    return task;
  };
`);

for (const threads of [1, 3]) {
  Deno.test(`a task that throws fails the map: ${threads} threads`, async () => {
    await assert.rejects(
      mapInWorkers({
        module: FAILING,
        setup: null,
        tasks: [0, 1, 2, 3, 4, 5],
        threads,
      }),
      (error) => {
        assert.ok(error instanceof RunError);
        assert.equal(
          error.message,
          "Cannot finish task 3 of 6: two is too many",
        );
        assert.ok(error.cause instanceof Error);
        assert.equal(error.cause.name, "TypeError");
        return true;
      },
    );
  });
}

Deno.test("a user's error comes out of a worker as what it is", async () => {
  const module = moduleOf(`
    export const setUp = () => {};
    export const work = () => {
      throw Object.assign(new Error("row 3 is short"), {
        name: "InputError",
        remedy: "correct row 3",
      });
    };
  `);
  await assert.rejects(
    mapInWorkers({ module, setup: null, tasks: [1, 2], threads: 2 }),
    (error) => {
      assert.ok(error instanceof InputError);
      assert.equal(error.message, "row 3 is short");
      assert.equal(error.remedy, "correct row 3");
      return true;
    },
  );
});

Deno.test("whatever goes wrong in a worker ends the map", async (test) => {
  const broken: Record<string, [string, RegExp]> = {
    "set-up throws": [
      "export const setUp = () => { throw new Error('no'); };" +
      "export const work = () => 1;",
      /Cannot set up a worker: no/,
    ],
    "the module lacks a function": [
      "export const setUp = () => {};",
      /must export a function named work/,
    ],
    "the module does not load": [
      "throw new Error('will not load');",
      /Cannot set up a worker: .*will not load/,
    ],
    "a rejection that nobody awaits": [
      "export const setUp = () => {};" +
      "export const work = () => { Promise.reject(new Error('lost'));" +
      "return new Promise(() => {}); };",
      /Cannot finish task [12] of 2: .*lost/,
    ],
    "an error that nobody catches": [
      "export const setUp = () => {};" +
      "export const work = () => { setTimeout(() => {" +
      " throw new Error('stray'); }); return new Promise(() => {}); };",
      /Cannot finish task [12] of 2: stray/,
    ],
    "an error that is no Error": [
      "export const setUp = () => {};" +
      "export const work = () => { setTimeout(() => { throw null; });" +
      " return new Promise(() => {}); };",
      /Cannot finish task [12] of 2: null/,
    ],
    "memory that is not to be had": [
      "export const setUp = () => {};" +
      "export const work = () => new ArrayBuffer(2 ** 50);",
      /Cannot finish task [12] of 2: the memory is not enough/,
    ],
    "a stack that is full": [
      "export const setUp = () => {}; export const work = () => work() + 1;",
      /Cannot finish task [12] of 2: Maximum call stack size exceeded/,
    ],
    "a result that cannot be cloned": [
      "export const setUp = () => {}; export const work = () => () => {};",
      /Cannot finish task [12] of 2/,
    ],
    "a worker that closes itself": [
      "export const setUp = () => {};" +
      "export const work = () => { self.close(); return 1; };",
      /a task tried to end its worker/,
    ],
    "a worker that exits": [
      "export const setUp = () => {};" +
      "export const work = () => { Deno.exit(0); };",
      /a task tried to end its worker/,
    ],
    "a worker that exits as Node's do": [
      "import process from 'node:process'; export const setUp = () => {};" +
      "export const work = () => { process.exit(0); };",
      /a task tried to end its worker/,
    ],
    "closing throws": [
      "export const setUp = () => {}; export const work = () => 1;" +
      "export const close = () => { throw new Error('stuck'); };",
      /Cannot close a worker: stuck/,
    ],
  };
  for (const [name, [text, message]] of Object.entries(broken)) {
    await test.step(name, async () => {
      await assert.rejects(
        mapInWorkers({
          module: moduleOf(text),
          setup: null,
          tasks: [1, 2],
          threads: 2,
        }),
        (error) => error instanceof RunError && message.test(error.message),
      );
    });
  }
});

Deno.test("a callback that throws ends the map, too", async () => {
  for (const threads of [1, 2]) {
    await assert.rejects(
      mapInWorkers<number, number, number>({
        module: SQUARE,
        setup: 0,
        tasks: [1, 2, 3],
        threads,
        onResult: () => {
          throw new Error("disk full");
        },
      }),
      // The worker has done its part, so it is not said to have failed.
      { name: "Error", message: "disk full" },
    );
  }
});

Deno.test("a pool needs at least one worker", async () => {
  for (const threads of [0, -1, 1.5, NaN]) {
    await assert.rejects(
      openPool({ module: SQUARE, setup: 0, threads }),
      /threads must be a whole number >= 1/,
    );
  }
});

for (const threads of [1, 2]) {
  Deno.test(`a task tells how far it is: ${threads} threads`, async () => {
    const told: Record<number, number[]> = { 0: [], 1: [], 2: [] };
    const order: string[] = [];
    await mapInWorkers<null, number, number, number>({
      module: REPORTING,
      setup: null,
      tasks: [10, 20, 30],
      threads,
      onReport: (step, index) => {
        told[index].push(step);
        order.push(`${index} told`);
      },
      onResult: (_, index) => order.push(`${index} done`),
    });
    assert.deepEqual(told, { 0: [11, 12], 1: [21, 22], 2: [31, 32] });
    for (const index of [0, 1, 2]) {
      assert.ok(
        order.lastIndexOf(`${index} told`) < order.indexOf(`${index} done`),
      );
    }
  });

  Deno.test(`a listener that throws ends the map: ${threads} threads`, async () => {
    await assert.rejects(
      mapInWorkers<null, number, number, number>({
        module: REPORTING,
        setup: null,
        tasks: [10, 20, 30],
        threads,
        onReport: () => {
          throw new TypeError("stop here");
        },
      }),
      { name: "TypeError", message: "stop here" },
    );
  });
}

Deno.test("of several tasks that fail the first in order is named", async () => {
  // Task 1 fails long after task 2 has; task 3 would never end.
  const module = moduleOf(`
    export const setUp = () => {};
    export const work = async (task) => {
      await new Promise((resolve) => setTimeout(resolve, [1, 300, 20, 1e9][task]));
      if (task > 0) throw new TypeError("task " + task);
      return task;
    };
  `);
  const done: number[] = [];
  await assert.rejects(
    mapInWorkers<null, number, number>({
      module,
      setup: null,
      tasks: [0, 1, 2, 3],
      threads: 4,
      onResult: (_, index) => done.push(index),
    }),
    { message: "Cannot finish task 2 of 4: task 1" },
  );
  assert.deepEqual(done, [0]);
});
