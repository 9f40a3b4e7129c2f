/** What the doctor prints: a fact a line, in 80 columns. */

import assert from "node:assert/strict";
import { fact } from "../../lib/doctor/fact.ts";
import { foretellDisk } from "../../lib/doctor/foretell_disk.ts";
import { foretellMemory } from "../../lib/doctor/foretell_memory.ts";
import { foretellTimes } from "../../lib/doctor/foretell_time.ts";
import {
  type Forecast,
  formatForecast,
  formatNetworks,
  formatRange,
} from "../../lib/doctor/forecast_lines.ts";
import { formatMachine, type Machine } from "../../lib/doctor/machine.ts";
import { countWork } from "../../lib/doctor/work.ts";
import { costs, madePlan } from "./made_plan.ts";

const machine: Machine = {
  deno: "2.9.6",
  v8: "15.0",
  system: "linux, x86_64",
  cores: 8,
  memory: { total: 16e9, available: 9e9 },
  freeDisk: 80e9,
  graphics: {
    name: "nvidia example",
    software: false,
    reason: "",
    largestBuffer: 2 ** 31,
    largestBinding: 2 ** 30,
  },
};

function forecast(changes: Partial<Forecast> = {}): Forecast {
  const plan = madePlan({ foldCount: 5 });
  return {
    plan,
    times: foretellTimes(plan, countWork(plan), costs),
    memory: foretellMemory(plan, {
      base: 1e8,
      input: 2e8,
      maxBufferBytes: 2 ** 31,
    }),
    disk: foretellDisk(plan),
    backend: "tfjs-backend-wasm 4.22.0, SIMD",
    measured: 24,
    share: 0.97,
    ...changes,
  };
}

function assertNarrow(lines: readonly string[]): void {
  for (const line of lines.join("\n").split("\n")) {
    assert.ok(line.length <= 80, line);
  }
}

Deno.test("a long fact goes on below itself", () => {
  const text = fact("filter", "word ".repeat(30).trim());
  const lines = text.split("\n");
  assert.ok(lines.length > 1);
  assert.match(lines[0], /^ {2}filter {10}word/);
  assert.match(lines[1], /^ {18}word/);
  assertNarrow([text]);
});

Deno.test("the machine's facts name the graphics card and what auto takes", () => {
  const lines = formatMachine(machine, 4);
  const text = lines.join("\n");
  assert.match(text, /processor {7}8 cores/);
  assert.match(text, /threads {9}4 will be used/);
  assert.match(text, /16 GB\n {18}9\.0 GB of it available now/);
  assert.match(text, /80 GB free/);
  assert.match(text, /WebGPU adapter {2}nvidia example/);
  assert.match(text, /tensors of 1\.1 GB/);
  assert.match(text, /--backend auto {2}takes webgpu/);
  assertNarrow(lines);
});

Deno.test("a software adapter is named as such", () => {
  const graphics = { ...machine.graphics, name: "llvmpipe", software: true };
  const text = formatMachine({ ...machine, graphics }, 1).join("\n");
  assert.match(text, /llvmpipe\n.*a software adapter/);
  assert.match(text, /--backend auto {2}takes wasm/);
});

Deno.test("without an adapter the reason is said", () => {
  const graphics = { ...machine.graphics, name: null, reason: "no driver" };
  const text = formatMachine({ ...machine, graphics, freeDisk: null }, 1)
    .join("\n");
  assert.match(text, /none found \(no driver\)/);
  assert.match(text, /takes wasm: there is no graphics adapter/);
  assert.match(text, /disk {12}unknown/);
  assert.doesNotMatch(text, /limits/);
});

Deno.test("the forecast has every stage, the sum and the disk", () => {
  const lines = formatForecast(forecast(), machine);
  const text = lines.join("\n");
  for (const name of [...Object.keys(forecast().times), "in all", "disk"]) {
    assert.ok(lines.some((line) => line.startsWith(`  ${name} `)), name);
  }
  assert.match(text, /^Measured for 24 s /);
  assert.doesNotMatch(text, /note|Other programs/);
  assertNarrow([...lines, ...formatNetworks(forecast())]);
});

Deno.test("what does not fit the machine is said", () => {
  const small = {
    ...machine,
    memory: { total: 4e8, available: 1e8 },
    freeDisk: 1e6,
  };
  const lines = formatForecast(forecast(), small);
  const text = lines.join("\n");
  assert.match(text, /note .*more memory than the 100 MB/);
  assert.match(text, /note .*more disk space than the 1\.0 MB/);
  assertNarrow(lines);
});

Deno.test("a busy machine is said to be busy", () => {
  const lines = formatForecast(forecast({ share: 0.51 }), machine);
  assert.match(lines.join("\n"), /one thread got 51 % of a\score/);
  assertNarrow(lines);
});

Deno.test("the networks are counted in words", () => {
  const text = formatNetworks(forecast()).join("\n");
  assert.match(text, /25 networks: 5 folds x 5 members/);
  assert.match(text, /200 a network, batches of 32/);
  const one = formatNetworks(forecast({ plan: madePlan({ members: 1 }) }));
  assert.match(one.join("\n"), /networks {8}1 network\n/);
});

Deno.test("times are said as people say them", () => {
  assert.equal(formatRange([0.2, 0.2]), "<1 s");
  assert.equal(formatRange([720, 720]), "about 12 min");
  assert.equal(formatRange([240, 7560]), "4.0 min to 2.1 h");
});
