import assert from "node:assert/strict";
import { planNetworks } from "../../lib/cnn/ensemble.ts";
import { TrainingNotes } from "../../lib/cnn/training_notes.ts";

Deno.test("a single network has no name", () => {
  const notes = new TrainingNotes(planNetworks(1, 1));
  assert.equal(notes.told(0, "epoch 3"), "epoch 3");
});

Deno.test("networks in turn say what each does", () => {
  const notes = new TrainingNotes(planNetworks(2, 2));
  assert.equal(notes.told(0, "epoch 3"), "network 1.1, epoch 3");
  notes.finished(0);
  assert.equal(notes.told(1, "epoch 1"), "network 1.2, epoch 1");
});

Deno.test("networks side by side say which they are, in order", () => {
  const notes = new TrainingNotes(planNetworks(2, 2));
  notes.told(2, "epoch 1");
  notes.told(0, "epoch 3");
  assert.equal(notes.told(2, "epoch 2"), "networks 1.1, 2.1");
  notes.finished(0);
  assert.equal(notes.told(3, "epoch 1"), "networks 2.1, 2.2");
});
