/** What a worker that trains networks does: one network at a time. */

import { openBackend } from "../backend/open.ts";
import { type CheckpointPlace, openPlace } from "../store/checkpoint_store.ts";
import { describeNetwork, type NetworkSize } from "./architecture.ts";
import { CheckpointPace } from "../store/checkpoint_pace.ts";
import {
  type MemberReport,
  type MemberSetup,
  type MemberTask,
  type MemberTools,
  type TrainedMember,
  trainMember,
} from "./train_member.ts";

/** What every worker gets at the start. */
export interface TrainSetup extends MemberSetup {
  readonly size: NetworkSize;
  readonly checkpoints: CheckpointPlace;
}

/** Opens this worker's own wasm backend, whose kernels use one thread. */
export async function setUp(
  { size, checkpoints, ...setup }: TrainSetup,
): Promise<MemberTools> {
  return {
    ...setup,
    architecture: describeNetwork(size),
    backend: await openBackend("wasm"),
    checkpoints: openPlace(checkpoints),
    pace: new CheckpointPace(),
  };
}

/** Trains one network. */
export async function work(
  task: MemberTask,
  tools: MemberTools,
  report: (report: MemberReport) => void,
): Promise<TrainedMember> {
  return await trainMember(task, tools, report);
}
