import { mkdtemp, readFile, rm } from 'node:fs/promises';
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

export interface RecordOptions {
  /** A checkout that is built. */
  checkout: string;
  /** A folder that holds ml-latest-small; null to do without. */
  data: string | null;
  /** Tells what is being done. */
  say: (line: string) => void;
}

/**
 * Records what a built checkout answers: SDL, artifacts, answers by HTTP, and every command's output. Everything happens in a
 * temporary folder, which is removed.
 * @returns JSON; `about` says how it came to be and does not count in a comparison
 */
export async function record({ checkout, data, say }: RecordOptions): Promise<object> {
  const tmp = await mkdtemp(join(tmpdir(), 'pocketrocket-proof-'));
  const startedAt = performance.now();
  try {
    const lab = new Laboratory({ checkout, tmp, data });
    await writeData(lab);
    const logs = { large: new CommandLog(lab), sample: new CommandLog(lab), small: new CommandLog(lab) };
    // Two lanes for two cores; each of them fits one model at a time.
    const [large, { sample, small }] = await Promise.all([
      data === null ? null : recordLarge(lab, logs.large, say),
      recordSample(lab, logs.sample, say).then(async (recorded) => ({
        sample: recorded,
        small: await recordSmall(lab, logs.small, say),
      })),
    ]);
    return {
      about: {
        node: process.version,
        recordedAt: new Date().toISOString(),
        seconds: Math.round((performance.now() - startedAt) / 1000),
        volatile: RULE_NAMES,
      },
      sdl: await recordSdl(lab),
      artifacts: {
        sample: sample.artifacts,
        small: small.artifacts,
        'ml-latest-small': large?.artifacts ?? null,
      },
      files: small.files,
      answers: {
        'ml-latest-small': large?.answers ?? null,
        sample: sample.answers,
        'data without a model': small.answers,
      },
      modelServer: sample.modelServer,
      commands: { ...logs.large.outcomes, ...logs.sample.outcomes, ...logs.small.outcomes },
    };
  } finally {
    await rm(tmp, { recursive: true, force: true });
  }
}

async function recordSdl(lab: Laboratory): Promise<object> {
  const text = await readFile(join(lab.checkout.folder, 'schema/schema.graphql'), 'utf8');
  const check = lab.readOutcome(await lab.run('schema', ['--check'], 'none'));
  return { sha256: sha256(text), text, check };
}

async function recordLarge(lab: Laboratory, log: CommandLog, say: RecordOptions['say']) {
  const home = 'ml-latest-small';
  say('ml-latest-small: importing and training');
  const folder = lab.circumstances.folders['<data>'];
  await log.run(home, trainingLines(join(folder ?? '', home)));
  say('ml-latest-small: commands');
  await log.run(home, readingLines([1, 2, 50, 414, 610], [1, 50, 296, 79132, 100083]));
  say('ml-latest-small: answers');
  const answers = await withServer(lab, home, {}, recordAnswers);
  const artifacts = await recordFolder(lab.path(home, 'models', 'recmodel'), lab.circumstances);
  return { answers, artifacts };
}

async function recordSample(lab: Laboratory, log: CommandLog, say: RecordOptions['say']) {
  const home = 'sample';
  say('sample: importing and training');
  await log.run(home, trainingLines('sample'));
  say('sample: commands and answers');
  await log.run(home, readingLines([1, 7, 1600], [1, 50, 999]));
  const modelServer = await recordModelServer(lab, home);
  const answers = {
    engine: await withServer(lab, home, {}, recordFewAnswers),
    tfServing: await recordTfServing(lab, home),
  };
  const artifacts = await recordFolder(lab.path(home, 'models', 'recmodel'), lab.circumstances);
  return { answers, artifacts, modelServer };
}

async function recordSmall(lab: Laboratory, log: CommandLog, say: RecordOptions['say']) {
  say('help texts and wrong inputs');
  await log.run('none', HELP_LINES);
  for (const name of HELP_SCRIPTS)
    log.keep(`npm run ${name} -- --help`, lab.readOutcome(await lab.runScript(name, ['--help'])));
  await log.run('empty', WRONG_LINES);
  for (const [settings, line] of WRONG_SETTINGS) await log.run('wrong', [line], settings);
  say('every command on small data');
  await log.run('without-model', ['seed ~/data/small --json']);
  const answers = await withServer(lab, 'without-model', { LOG_LEVEL: 'error' }, recordFewAnswers);
  await log.run('small', SMALL_LINES);
  const artifacts = await recordFolder(lab.path('small', 'models', 'recmodel'), lab.circumstances);
  await log.run('restored', RESTORE_LINES.slice(0, 3));
  const restored = await recordFolder(lab.path('restored', 'models', 'recmodel'), lab.circumstances);
  await log.run('restored', RESTORE_LINES.slice(3));
  const files: Record<string, unknown> = {};
  for (const folder of ['converted', 'convertedSample', 'split', 'export', 'vectors'])
    files[folder] = await recordFolder(lab.path(folder), lab.circumstances);
  return { answers, artifacts: { small: artifacts, restored }, files };
}

async function writeData(lab: Laboratory): Promise<void> {
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
  await writeLines(lab.path('data/broken/movies.csv'), [
    ...movies,
    'x,Bad,1990,Drama',
    '4,,1990,Drama',
    '5,Five',
  ]);
  await writeLines(lab.path('data/broken/ratings.csv'), [
    ...ratings,
    '2,3,9,1003',
    '3,99,4,1003',
    'y,1,4,1003',
    '1,1,4,1005',
  ]);
  await writeLines(lab.path('data/empty/readme.txt'), ['nothing to import']);
}
