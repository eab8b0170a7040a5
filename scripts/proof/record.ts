import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  recordAnswers,
  recordFewAnswers,
  recordModelServer,
  recordTfServing,
  withServer,
} from './answers.ts';
import { recordFolder, sha256 } from './artifacts.ts';
import {
  CommandLog,
  HELP_LINES,
  HELP_SCRIPTS,
  readingLines,
  RESTORE_LINES,
  SMALL_LINES,
  trainingLines,
  WRONG_LINES,
  WRONG_SETTINGS,
} from './commands.ts';
import { Laboratory } from './laboratory.ts';
import { RULE_NAMES } from './normalise.ts';
import { writeLines, writeSmallData } from './smallData.ts';

const MOVIELENS = 'ml-latest-small';

/** The parts of a recording; each can be made without the others. */
export const PARTS = ['schema', MOVIELENS, 'sample', 'small', 'words'] as const;
export type Part = (typeof PARTS)[number];

export interface RecordOptions {
  /** A checkout that is built. */
  checkout: string;
  /** A folder that holds ml-latest-small; null where that part is not recorded. */
  data: string | null;
  only: readonly Part[];
  /** Tells which part begins and ends. */
  say: (line: string) => void;
}

const RECORDERS: Record<Part, (lab: Laboratory) => Promise<object>> = {
  schema: recordSchema,
  'ml-latest-small': recordMovieLens,
  sample: recordSample,
  small: recordSmall,
  words: recordWords,
};

/** Two lanes for two cores: each fits one model at a time. */
const LANES: readonly (readonly Part[])[] = [
  ['schema', MOVIELENS],
  ['sample', 'small', 'words'],
];

/**
 * Records what a built checkout answers: SDL, artifacts, answers by HTTP, and every command's output. Everything happens in a
 * temporary folder, which is removed.
 * @returns JSON by part; `about` says how it came to be and does not count in a comparison
 */
export async function record({ checkout, data, only, say }: RecordOptions): Promise<object> {
  const tmp = await mkdtemp(join(tmpdir(), 'pocketrocket-proof-'));
  const remove = () => rmSync(tmp, { recursive: true, force: true });
  process.once('exit', remove);
  const startedAt = performance.now();
  const seconds = () => Math.round((performance.now() - startedAt) / 1000);
  try {
    const lab = new Laboratory({ checkout, tmp, data });
    await writeData(lab);
    const recorded: Partial<Record<Part, object>> = {};
    const recordLane = async (lane: readonly Part[]) => {
      for (const part of lane.filter((one) => only.includes(one))) {
        say(`${part}: begun after ${seconds()} s`);
        recorded[part] = await RECORDERS[part](lab);
        say(`${part}: done after ${seconds()} s`);
      }
    };
    await Promise.all(LANES.map(recordLane));
    const about = {
      node: process.version,
      recordedAt: new Date().toISOString(),
      seconds: seconds(),
      normalised: RULE_NAMES,
    };
    const inOrder = PARTS.flatMap((part) => (recorded[part] ? [[part, recorded[part]] as const] : []));
    return { about, ...Object.fromEntries(inOrder) };
  } finally {
    remove();
  }
}

async function recordSchema(lab: Laboratory): Promise<object> {
  const text = await readFile(join(lab.checkout.folder, 'schema/schema.graphql'), 'utf8');
  const check = lab.readOutcome(await lab.run('schema', ['--check'], 'none'));
  return { sha256: sha256(text), text, check };
}

async function recordMovieLens(lab: Laboratory): Promise<object> {
  const log = new CommandLog(lab);
  await log.run(MOVIELENS, trainingLines(join(lab.circumstances.folders['<data>'] ?? '', MOVIELENS)));
  await log.run(MOVIELENS, readingLines([1, 2, 50, 414, 610], [1, 50, 296, 79132, 100083]));
  const artifacts = await recordVersions(lab, MOVIELENS);
  const answers = await withServer(lab, MOVIELENS, {}, recordAnswers);
  return { artifacts, answers, commands: log.outcomes };
}

async function recordSample(lab: Laboratory): Promise<object> {
  const home = 'sample';
  const log = new CommandLog(lab);
  await log.run(home, trainingLines(home));
  await log.run(home, readingLines([1, 7, 1600], [1, 50, 999]));
  const artifacts = await recordVersions(lab, home);
  const modelServer = await recordModelServer(lab, home);
  const answers = {
    engine: await withServer(lab, home, {}, recordFewAnswers),
    tfServing: await recordTfServing(lab, home),
  };
  return { artifacts, answers, modelServer, commands: log.outcomes };
}

async function recordSmall(lab: Laboratory): Promise<object> {
  const log = new CommandLog(lab);
  await log.run('without-model', ['seed ~/data/small --json']);
  const answersWithoutModel = await withServer(lab, 'without-model', {}, recordFewAnswers);
  await log.run('small', SMALL_LINES);
  const artifacts = await recordVersions(lab, 'small');
  const [restoring, using] = RESTORE_LINES;
  await log.run('restored', restoring);
  const restored = await recordVersions(lab, 'restored');
  await log.run('restored', using);
  const files: Record<string, unknown> = {};
  for (const folder of ['converted', 'convertedSample', 'split', 'export', 'vectors'])
    files[folder] = await recordFolder(lab.path(folder), lab.circumstances);
  return { artifacts, restored, files, answersWithoutModel, commands: log.outcomes };
}

/** Help texts, and how wrong inputs are refused. */
async function recordWords(lab: Laboratory): Promise<object> {
  const log = new CommandLog(lab);
  await log.run('none', HELP_LINES);
  for (const name of HELP_SCRIPTS)
    log.keep(`npm run ${name} -- --help`, lab.readOutcome(await lab.runScript(name, ['--help'])));
  await log.run('empty', WRONG_LINES);
  for (const [settings, line] of WRONG_SETTINGS) await log.run('wrong', [line], settings);
  return log.outcomes;
}

function recordVersions(lab: Laboratory, home: string): Promise<object> {
  return recordFolder(lab.path(home, 'models', 'recmodel'), lab.circumstances);
}

async function writeData(lab: Laboratory): Promise<void> {
  await mkdir(lab.path('tmp'));
  await mkdir(lab.path('vectors'));
  await writeSmallData(lab.path('data/small'));
  const movies = [
    'movieId,title,releaseYear,genres',
    '1,One,1990,Drama',
    '2,Two,1991,Comedy',
    '3,Three,1992,',
  ];
  const ratings = ['userId,movieId,rating,timestamp', '1,1,4,1000', '1,2,5,1001', '2,1,3.5,', '2,3,1,1003'];
  await writeLines(lab.path('data/other/movies.csv'), movies);
  await writeLines(lab.path('data/other/ratings.csv'), ratings);
  const badMovies = ['x,Bad,1990,Drama', '4,,1990,Drama', '5,Five'];
  const badRatings = ['2,3,9,1003', '3,99,4,1003', 'y,1,4,1003', '1,1,4,1005'];
  await writeLines(lab.path('data/broken/movies.csv'), [...movies, ...badMovies]);
  await writeLines(lab.path('data/broken/ratings.csv'), [...ratings, ...badRatings]);
  await writeLines(lab.path('data/empty/readme.txt'), ['nothing to import']);
}
