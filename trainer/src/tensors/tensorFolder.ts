import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EpochProgress } from '@pocketrocket/engine';
import { z } from 'zod';
import { AppError, messageOf, systemErrorCode } from '@pocketrocket/runtime';
import { DTYPES, dtypeOf } from './namedTensors.ts';
import type { NamedTensor, NamedTensors } from './namedTensors.ts';
import { fromNpy, npyParts } from './npy.ts';

const STAGE_FILE = 'stage.json';

const stageSchema = z.object({
  formatVersion: z.literal(1),
  /** Of what is kept, such as `item2vec`. */
  name: z.string(),
  /** Of everything that they depend on. */
  fingerprint: z.string(),
  settings: z.record(z.string(), z.unknown()),
  tensors: z.record(
    z.string().regex(/^[\w.-]+$/),
    z.object({
      dtype: z.enum(DTYPES),
      /** Row-major extents. */
      shape: z.array(z.number().int().nonnegative()),
      /** Of the whole file, `<name>.npy`. */
      sha256: z.string().length(64),
    }),
  ),
  /** As they were reported while it was made. */
  epochs: z
    .array(
      z.object({
        epoch: z.number(),
        epochs: z.number(),
        loss: z.number(),
        ndcgAt10: z.number().optional(),
        endedBy: z.string().optional(),
      } satisfies Record<keyof EpochProgress, z.ZodType>),
    )
    .optional(),
});

type StageFile = z.infer<typeof stageSchema>;

/** All that stands beside the tensors of a stage. */
export type StageFacts = Omit<StageFile, 'formatVersion' | 'tensors'>;

export interface Stage extends StageFacts {
  readonly tensors: NamedTensors;
}

/** Of a tensor's header and its entry in `stage.json`. */
const BYTES_BESIDE_TENSOR = 300;

/** About how many bytes a tensor folder will take. */
export function bytesOfTensorFolder(facts: StageFacts, tensors: NamedTensors): number {
  return Object.values(tensors).reduce(
    (sum, { data }) => sum + BYTES_BESIDE_TENSOR + data.byteLength,
    JSON.stringify(facts, null, 2).length,
  );
}

/**
 * Writes tensors as a folder of numpy's `.npy` files and `stage.json`, which any process reads; whole or not at all, by one rename.
 * Where there is a folder of that name, it stays: a name stands for what is in it.
 * @throws what the file system says, such as ENOSPC; nothing is left behind
 */
export async function writeTensorFolder(
  path: string,
  facts: StageFacts,
  tensors: NamedTensors,
): Promise<void> {
  const staging = join(dirname(path), `.staging-${process.pid}-${randomUUID()}`);
  try {
    await mkdir(staging, { recursive: true });
    const files: StageFile['tensors'] = {};
    for (const [name, tensor] of Object.entries(tensors)) {
      const sha256 = await writeDurably(join(staging, `${name}.npy`), npyParts(tensor));
      files[name] = { dtype: dtypeOf(tensor.data), shape: [...tensor.shape], sha256 };
    }
    const stage = stageSchema.parse({ formatVersion: 1, ...facts, tensors: files });
    await writeDurably(join(staging, STAGE_FILE), [Buffer.from(`${JSON.stringify(stage, null, 2)}\n`)]);
    await rename(staging, path).catch((error: unknown) => {
      if (!['ENOTEMPTY', 'EEXIST'].includes(systemErrorCode(error) ?? '')) throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/**
 * Reads a folder of {@link writeTensorFolder} whole and checks every byte of it.
 * @returns null where there is none
 * @throws AppError ARTIFACT_INVALID naming what is missing, cut off or altered
 */
export async function readTensorFolder(path: string): Promise<Stage | null> {
  const text = await readFile(join(path, STAGE_FILE), 'utf8').catch((error: unknown) => {
    if (systemErrorCode(error) === 'ENOENT') return null;
    throw invalid(path, messageOf(error), error);
  });
  if (text === null) return null;
  const { formatVersion: _, tensors: files, ...facts } = parseStage(path, text);
  const tensors: Record<string, NamedTensor> = {};
  for (const [name, file] of Object.entries(files)) tensors[name] = await readTensor(path, name, file);
  return { ...facts, tensors };
}

function parseStage(path: string, text: string): StageFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw invalid(path, `its ${STAGE_FILE} is not JSON`, error);
  }
  const parsed = stageSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  throw invalid(path, `its ${STAGE_FILE} is not valid: ${z.prettifyError(parsed.error)}`, parsed.error);
}

async function readTensor(
  path: string,
  name: string,
  { dtype, shape, sha256 }: StageFile['tensors'][string],
): Promise<NamedTensor> {
  const file = `${name}.npy`;
  const bytes = await readFile(join(path, file)).catch((error: unknown) => {
    throw invalid(path, messageOf(error), error);
  });
  if (createHash('sha256').update(bytes).digest('hex') !== sha256) {
    throw invalid(path, `${file} was altered: its checksum differs`);
  }
  const { dtype: found, ...tensor } = fromNpy(bytes);
  if (found !== dtype || tensor.shape.join() !== shape.join()) {
    throw invalid(
      path,
      `${file} holds ${found} [${tensor.shape.join(', ')}], not ${dtype} [${shape.join(', ')}]`,
    );
  }
  return tensor;
}

/** @returns the SHA-256 of what was written */
async function writeDurably(path: string, parts: readonly Buffer[]): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  try {
    for (const part of parts) {
      hash.update(part);
      await file.writeFile(part);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

function invalid(path: string, what: string, cause?: unknown): AppError {
  return new AppError('ARTIFACT_INVALID', `${path} cannot be used: ${what}`, { cause });
}
