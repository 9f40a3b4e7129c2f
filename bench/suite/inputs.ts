/** The inputs that both sides read; made once and kept in the scratch folder. */

import type { MatrixTask } from "../ours/make_matrix.ts";
import type { ModelTask } from "../ours/make_model.ts";
import type { Workplace } from "./benchmark.ts";
import { runOurs } from "./child.ts";

/** How large a matrix is. */
export interface MatrixSize {
  readonly samples: number;
  readonly genes: number;
  readonly tissues: number;
}

/** Where a simulated matrix of arrays lies. */
export interface ArrayFiles {
  /** samples x genes transformed values. */
  readonly values: string;
  /** Each sample's class. */
  readonly classes: string;
}

function pathOf(
  { scratch }: Workplace,
  { samples, genes, tissues }: MatrixSize,
): string {
  return `${scratch}/matrix-${samples}x${genes}x${tissues}`;
}

/** Where a simulated CSV lies, or will lie. */
export function tablePath(place: Workplace, size: MatrixSize): string {
  return `${pathOf(place, size)}.csv`;
}

/** Where simulated arrays lie, or will lie. */
export function arrayPaths(place: Workplace, size: MatrixSize): ArrayFiles {
  const path = pathOf(place, size);
  return { values: `${path}.npy`, classes: `${path}-classes.npy` };
}

/** Simulates a CSV if it is not there yet, and reads it into the page cache. */
export async function makeTable(
  place: Workplace,
  size: MatrixSize,
): Promise<void> {
  await make(place, size, "table", tablePath(place, size));
}

/** Simulates arrays if they are not there yet. */
export async function makeArrays(
  place: Workplace,
  size: MatrixSize,
): Promise<void> {
  await make(place, size, "arrays", arrayPaths(place, size).values);
}

async function make(
  place: Workplace,
  size: MatrixSize,
  kind: MatrixTask["kind"],
  made: string,
): Promise<void> {
  if (!await exists(made)) {
    const task: MatrixTask = { ...size, kind, path: pathOf(place, size) };
    await runOurs(place, "make_matrix.ts", task);
  }
  await readThrough(made);
}

/** Makes a network's files anew. */
export async function makeModel(
  place: Workplace,
  task: Omit<ModelTask, "folder">,
): Promise<{ model: string; weights: string }> {
  const folder = modelFolder(place, task);
  await runOurs(place, "make_model.ts", { ...task, folder });
  return modelFiles(place, task);
}

/** Where a network's files lie. */
export function modelFiles(
  place: Workplace,
  task: Omit<ModelTask, "folder">,
): { model: string; weights: string } {
  const folder = modelFolder(place, task);
  return { model: `${folder}/model.json`, weights: `${folder}/weights.bin` };
}

function modelFolder(
  { scratch }: Workplace,
  { genes, tissues, width }: Omit<ModelTask, "folder">,
): string {
  return `${scratch}/network-${genes}x${tissues}x${width}`;
}

function exists(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}

/** So that the first run does not wait for the disk. */
async function readThrough(path: string): Promise<void> {
  using file = await Deno.open(path);
  const chunk = new Uint8Array(1 << 20);
  while (await file.read(chunk) !== null) { /* the reading is the point */ }
}
