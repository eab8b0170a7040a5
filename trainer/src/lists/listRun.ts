import { AppError, isAlive } from '@pocketrocket/runtime';
import { z } from 'zod';
import type { ListFolder } from './listFolder.ts';

const RUN_FILE = 'run.json';
/** Marks of the process that works in the folder. */
export const USES_FOLDER = '.uses';
/** The folder of what Spark has not finished. */
const SPARK_STAGING = '_temporary';
/** A part: a file of this machine's processes, or a folder with one file of Spark; an empty folder is a part that is missing. */
const PART = /^part(?:-(\d+)\.parquet|=(\d+))$/;

const runSchema = z.object({
  formatVersion: z.literal(1),
  modelVersion: z.number().int(),
  /** When the model was made: versions may be counted anew, as after a new installation. */
  modelCreatedAt: z.string(),
  /** Of the data set. */
  identity: z.string(),
  /** Entries of a list, at most. */
  top: z.number().int(),
  /** The users of each part, from a first to a last id. */
  parts: z.array(z.tuple([z.number().int(), z.number().int()])),
});

/** A run that makes every user's list, as its folder tells it. */
export type ListRun = Omit<z.infer<typeof runSchema>, 'formatVersion'>;

/**
 * Begins a run in a folder, or goes on with the one that was stopped there: one of the same model, data set and length. A
 * folder of another run, or of a finished one, is emptied: users and their ratings have changed since.
 * @param plan finds the parts of a new run
 * @returns the run, and which of its parts are still to do
 * @throws AppError BAD_USER_INPUT where the folder holds something else
 */
export async function openRun(
  folder: ListFolder,
  wanted: Omit<ListRun, 'parts'>,
  plan: () => Promise<ListRun['parts']>,
): Promise<{ run: ListRun; missing: number[]; isResumed: boolean }> {
  const names = await folder.names();
  const before = await readRun(folder);
  const others = names.filter(
    (name) =>
      ![RUN_FILE, USES_FOLDER, SPARK_STAGING].includes(name) &&
      !PART.test(name) &&
      !name.startsWith('.staging-'),
  );
  if (others.length > 0 || (!before && names.some((name) => PART.test(name)))) {
    throw new AppError(
      'BAD_USER_INPUT',
      `${folder.place} has files that recommend-all did not write; choose another folder`,
    );
  }
  await folder.remove([SPARK_STAGING, ...names.filter(isAbandoned)]);
  const isSame =
    before !== null &&
    before.modelVersion === wanted.modelVersion &&
    before.modelCreatedAt === wanted.modelCreatedAt &&
    before.identity === wanted.identity &&
    before.top === wanted.top;
  if (isSame) {
    const missing = missingParts(before, names);
    if (missing.length > 0) return { run: before, missing, isResumed: true };
  }
  const run = { ...wanted, parts: await plan() };
  // Without run.json first: an emptied folder that was stopped is no run.
  await folder.remove([RUN_FILE]);
  await folder.remove(names.filter((name) => PART.test(name)));
  await folder.writeText(RUN_FILE, `${JSON.stringify({ formatVersion: 1, ...run })}\n`);
  return { run, missing: [...run.parts.keys()], isResumed: false };
}

function missingParts({ parts }: ListRun, names: readonly string[]): number[] {
  const done = new Set(
    names.map((name) => {
      const [, ofFile, ofFolder] = PART.exec(name) ?? [];
      return Number(ofFile ?? ofFolder);
    }),
  );
  return [...parts.keys()].filter((place) => !done.has(place));
}

export function partName(place: number): string {
  return `part-${String(place).padStart(5, '0')}.parquet`;
}

async function readRun(folder: ListFolder): Promise<ListRun | null> {
  const text = await folder.readText(RUN_FILE);
  if (text === null) return null;
  const parsed = z.string().transform(toJson).pipe(runSchema).safeParse(text);
  if (parsed.success) return parsed.data;
  throw new AppError(
    'BAD_USER_INPUT',
    `${folder.place}/${RUN_FILE} is not one of recommend-all's (${z.prettifyError(parsed.error)}); choose another folder`,
  );
}

function toJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not valid in the schema either, which says so.
    return null;
  }
}

/** True for what killed runs left half written. */
function isAbandoned(name: string): boolean {
  const pid = /^\.staging-(\d+)-/.exec(name)?.[1];
  return pid !== undefined && !isAlive(Number(pid));
}
