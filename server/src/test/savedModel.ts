import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { publishArtifact } from '@pocketrocket/model/artifact';
import type { LoadedModel } from '@pocketrocket/model';
import { toArtifact } from './publish.ts';
import { runSource } from './serverProcess.ts';

const TRAINER = fileURLToPath(new URL('../../../trainer/src/cli.ts', import.meta.url));

/** Publishes a model as the trainer does, its SavedModel included. @returns its version */
export async function publishWithSavedModel(modelDir: string, model: LoadedModel): Promise<number> {
  const { draft, tensors } = toArtifact(model);
  const version = await publishArtifact(modelDir, draft, tensors);
  await exportSavedModel(modelDir, version, modelDir);
  return version;
}

/** Writes the SavedModel of a published version to `<out>/recmodel/<version>/` by the trainer's command. */
export async function exportSavedModel(modelDir: string, version: number, out: string): Promise<void> {
  const home = await mkdtemp(join(tmpdir(), 'export-'));
  const args = ['export', '--out', out, '--model-version', String(version), '--progress', 'none'];
  await runSource(TRAINER, args, { POCKETROCKET_HOME: home, MODEL_DIR: modelDir });
}
