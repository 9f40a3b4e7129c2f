/** The inputs that both sides read: made once, kept in the scratch folder. */

import type { MatrixTask } from "../ours/make_matrix.ts";
import type { ModelTask } from "../ours/make_model.ts";
import type { Workspace } from "./benchmark.ts";
import { runOurs } from "./child.ts";

/** How large a matrix is. */
export interface MatrixSize {
  readonly samples: number;
  readonly genes: number;
  readonly tissues: number;
}

/** The files of a simulated matrix. */
export interface ArrayFiles {
  /** Transformed values, samples x genes. */
  readonly values: string;
  /** Each sample's class. */
  readonly classes: string;
}

function pathOf(
  { scratch }: Workspace,
  { samples, genes, tissues }: MatrixSize,
): string {
  return `${scratch}/matrix-${samples}x${genes}x${tissues}`;
}

/** The path of a simulated CSV, whether it exists or not. */
export function tablePath(workspace: Workspace, size: MatrixSize): string {
  return `${pathOf(workspace, size)}.csv`;
}

/** The path of the same table with genes in rows. */
export function turnedPath(workspace: Workspace, size: MatrixSize): string {
  return `${pathOf(workspace, size)}-turned.csv`;
}

/** The paths of simulated arrays, whether they exist or not. */
export function arrayPaths(workspace: Workspace, size: MatrixSize): ArrayFiles {
  const path = pathOf(workspace, size);
  return { values: `${path}.npy`, classes: `${path}-classes.npy` };
}

/** The path of the tissues' means, whether it exists or not. */
export function meansPath(workspace: Workspace, size: MatrixSize): string {
  return `${pathOf(workspace, size)}-means.npy`;
}

/** Simulates a CSV if it is missing, and reads it into the page cache. */
export async function makeTable(
  workspace: Workspace,
  size: MatrixSize,
): Promise<void> {
  await make(workspace, size, "table", tablePath(workspace, size));
}

/** Simulates the same CSV with genes in rows if it is missing. */
export async function makeTurned(
  workspace: Workspace,
  size: MatrixSize,
): Promise<void> {
  await make(workspace, size, "turned", turnedPath(workspace, size));
}

/** Simulates arrays if they are missing. */
export async function makeArrays(
  workspace: Workspace,
  size: MatrixSize,
): Promise<void> {
  await make(workspace, size, "arrays", arrayPaths(workspace, size).values);
}

/** Simulates the tissues' means if they are missing. */
export async function makeMeans(
  workspace: Workspace,
  size: MatrixSize,
): Promise<void> {
  await make(workspace, size, "means", meansPath(workspace, size));
}

async function make(
  workspace: Workspace,
  size: MatrixSize,
  kind: MatrixTask["kind"],
  file: string,
): Promise<void> {
  if (!await exists(file)) {
    const task: MatrixTask = { ...size, kind, path: pathOf(workspace, size) };
    await runOurs(workspace, "make_matrix.ts", task);
  }
  await readThrough(file);
}

/** Writes the files of a network. */
export async function makeModel(
  workspace: Workspace,
  task: Omit<ModelTask, "folder">,
): Promise<{ model: string; weights: string }> {
  const folder = modelFolder(workspace, task);
  await runOurs(workspace, "make_model.ts", { ...task, folder });
  return modelFiles(workspace, task);
}

/** The paths of a network's files. */
export function modelFiles(
  workspace: Workspace,
  task: Omit<ModelTask, "folder">,
): { model: string; weights: string } {
  const folder = modelFolder(workspace, task);
  return { model: `${folder}/model.json`, weights: `${folder}/weights.bin` };
}

function modelFolder(
  { scratch }: Workspace,
  { genes, tissues, blocks, width, hidden }: Omit<ModelTask, "folder">,
): string {
  return `${scratch}/network-${genes}x${tissues}x${blocks}x${width}x${hidden}`;
}

function exists(path: string): Promise<boolean> {
  return Deno.stat(path).then(() => true, () => false);
}

/** Reads a file, so that the first run does not wait for the disk. */
async function readThrough(path: string): Promise<void> {
  using file = await Deno.open(path);
  const chunk = new Uint8Array(1 << 20);
  while (await file.read(chunk) !== null) { /* only to fill the cache */ }
}
