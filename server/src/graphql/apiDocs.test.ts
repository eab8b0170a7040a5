import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_MAX_COST } from './apollo/apolloServer.ts';
import { DOCUMENT_LIMITS, MAX_TOKENS } from './limits/documentLimits.ts';
import { startFilledServer, type FilledServer } from '../test/filledServer.ts';
import { makeFixture } from '../test/fixture.ts';
import { postGraphql } from '../http/test/httpHarness.ts';

const run = promisify(execFile);
const docs = await readFile(new URL('../../../docs/api.md', import.meta.url), 'utf8');
const blocksIn = (language: string) =>
  [...docs.matchAll(new RegExp('```' + language + '\\n(.*?)```', 'gs'))].map(([, block = '']) => block);
const curls = blocksIn('sh').filter((block) => block.startsWith('curl'));

let server: FilledServer;
beforeAll(async () => {
  server = await startFilledServer(makeFixture());
});
afterAll(() => server.stop());

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

  it('has operations that work', async () => {
    const blocks = blocksIn('graphql');
    expect(blocks.length).toBeGreaterThan(0);
    for (const query of blocks) {
      const answer = await postGraphql(server.url, { query });
      expect({ query, answer: await answer.json() }).not.toHaveProperty('answer.errors');
    }
  });

  it('has a way to ask by GET that caches may keep', async () => {
    const [block = ''] = blocksIn('sh').filter((one) => one.includes('persistedQuery'));
    const { stdout } = await run('bash', ['-c', here(block)]);
    expect(stdout).toMatch(/cache-control: public, max-age=60\r\n/i);
    expect(stdout).toMatch(/etag: W\/"/i);
    expect(stdout.trim().split('\r\n\r\n').at(-1)).toMatch(/^{"data":{"genres":\[{"name":/);
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
