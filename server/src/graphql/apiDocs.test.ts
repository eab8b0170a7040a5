import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { publishArtifact } from '@pocketrocket/model/artifact';
import { databaseUrlProblems, openDatabase } from '@pocketrocket/schema/database';
import { createLogger, readConfig } from '@pocketrocket/runtime';
import { startServer, type RunningServer } from '../server.ts';
import { DEFAULT_MAX_COST } from './apollo/apolloServer.ts';
import { DOCUMENT_LIMITS, MAX_TOKENS } from './limits/documentLimits.ts';
import { fillDatabase, makeFixture } from '../test/fixture.ts';
import { makeModel } from '../test/model.ts';
import { toArtifact } from '../test/publish.ts';

const run = promisify(execFile);
const docs = await readFile(new URL('../../../docs/api.md', import.meta.url), 'utf8');
const blocksIn = (language: string) =>
  [...docs.matchAll(new RegExp('```' + language + '\\n(.*?)```', 'gs'))].map(([, block = '']) => block);
const curls = blocksIn('sh').filter((block) => block.startsWith('curl'));

let home: string;
let server: RunningServer;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'docs-'));
  const config = readConfig({ POCKETROCKET_HOME: home, PORT: '0' }, databaseUrlProblems);
  const fixture = makeFixture();
  const database = await openDatabase({ url: config.databaseUrl });
  await fillDatabase(database, fixture);
  await database.close();
  const { draft, tensors } = toArtifact(makeModel(fixture));
  await publishArtifact(config.modelDir, draft, tensors);
  const logger = createLogger({ level: 'silent', name: 'test', stream: process.stderr });
  server = await startServer(config, logger, '/nowhere');
});
afterAll(async () => {
  await server.stop();
  await rm(home, { recursive: true });
});

const here = (block: string) => block.replaceAll('http://localhost:4000', server.url);

describe('docs/api.md', () => {
  it('has five examples for curl and for fetch', () => {
    expect(curls).toHaveLength(5);
    expect(blocksIn('js')).toHaveLength(6);
  });

  it.each(curls.map((block) => [/query (\w+)/.exec(block)?.[1], block]))(
    'has a curl command that works: %s',
    async (_name, block) => {
      const { stdout } = await run('sh', ['-c', here(block ?? '')]);
      const answer = JSON.parse(stdout) as { data: object };
      expect(answer).not.toHaveProperty('errors');
      expect(Object.keys(answer.data)).toHaveLength(1);
    },
  );

  it('has JavaScript that works, with an answer to show for each', async () => {
    const program = here(blocksIn('js').join('\n'));
    const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], {
      env: { PATH: process.env['PATH'] },
    });
    expect(stdout).toMatch(/^1 The Film \d+ – because of The Film/m);
  });

  it('names the limits that hold', () => {
    const inWords = (limit: number) => limit.toLocaleString('en');
    expect(docs).toContain(`| ${inWords(DEFAULT_MAX_COST)} |`);
    expect(docs).toContain(`| ${inWords(MAX_TOKENS)} tokens |`);
    expect(docs).toContain(`| ${inWords(DOCUMENT_LIMITS.depth.most)} levels |`);
    expect(docs).toContain(`| ${inWords(DOCUMENT_LIMITS.selections.most)} |`);
    expect(docs).toContain(`| ${inWords(DOCUMENT_LIMITS.nameLength.most)} characters |`);
  });
});
