import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { systemErrorCode, isAlive } from '@pocketrocket/runtime';

const PROGRESS_FILE = 'training.json';

const trainingProgressSchema = z.object({
  /** The trainer's process. */
  pid: z.number().int().positive(),
  /** Name of the current stage, such as `item2vec`. */
  stage: z.string(),
  /** Finished part of the stage, in the stage's own unit. */
  done: z.number().nonnegative(),
  /** Size of the stage in the same unit; 0 when unknown. */
  total: z.number().nonnegative(),
  /** When the training began; ISO 8601, UTC. */
  startedAt: z.iso.datetime(),
  /** When this stage began, for the time that it takes still; absent in notes of earlier releases. */
  stageStartedAt: z.iso.datetime().optional(),
  /** ISO 8601, UTC. */
  updatedAt: z.iso.datetime(),
});

/** Progress of a running trainer. */
export type TrainingProgress = z.infer<typeof trainingProgressSchema>;

/** Tells other processes how far training has come, as `<model dir>/training.json`; readers never see half of it. */
export async function writeTrainingProgress(modelDir: string, progress: TrainingProgress): Promise<void> {
  await mkdir(modelDir, { recursive: true });
  const staging = join(modelDir, `.${PROGRESS_FILE}-${process.pid}-${randomUUID()}`);
  try {
    await writeFile(staging, `${JSON.stringify(trainingProgressSchema.parse(progress))}\n`);
    await rename(staging, join(modelDir, PROGRESS_FILE));
  } catch (error) {
    // As on a full disk: an empty file would stay.
    await rm(staging, { force: true });
    throw error;
  }
}

/** Takes the note back when training ends. */
export async function clearTrainingProgress(modelDir: string): Promise<void> {
  await rm(join(modelDir, PROGRESS_FILE), { force: true });
}

/** Reads a running trainer's progress; null when none runs: no file, a file that cannot be read, or one whose writer is gone. */
export async function readTrainingProgress(modelDir: string): Promise<TrainingProgress | null> {
  const text = await readFile(join(modelDir, PROGRESS_FILE), 'utf8').catch((error: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(systemErrorCode(error) ?? '')) return null;
    throw error;
  });
  if (text === null) return null;
  const progress = parseTrainingProgress(text);
  return progress && isAlive(progress.pid) ? progress : null;
}

/** A note's progress; null for what is none. */
export function parseTrainingProgress(text: string): TrainingProgress | null {
  return jsonText.pipe(trainingProgressSchema).safeParse(text).data ?? null;
}

const jsonText = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue('not JSON');
    return z.NEVER;
  }
});
