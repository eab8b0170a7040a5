import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, it } from '@jest/globals';
import { toArguments } from './cli.ts';

/** A command line with what each kind of end needs. */
const PROGRAM = `
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Command } from '@commander-js/extra-typings';
import { AppError, runCli } from '@pocketrocket/runtime';
const program = new Command('program');
const command = (name, action) => program.command(name).option('--json').option('--text <text>').action(action);
command('done', () => { process.stdout.write('{"done":true}\\n'); });
command('refused', () => { throw new AppError('NOT_FOUND', 'there is no such thing'); });
command('told', () => {
  process.stdout.write('{"ok":false}\\n');
  throw new AppError('ENVIRONMENT', 'one finding', { isInResult: true });
});
command('full', () => { throw new RangeError('database or disk is full'); });
command('bug', () => { throw new TypeError('undefined is not a function'); });
command('path', async ({ text }) => { await mkdir(text, { recursive: true }); await writeFile(join(text, 'a.txt'), 'a'); });
command('reads', async ({ text }) => { await readFile(text); });
command('talks', async () => {
  for (let line = 0; line < 20; line++) {
    process.stdout.write('x'.repeat(1000) + '\\n');
    await setTimeout(10);
  }
  process.stderr.write('went on to its end\\n');
});
const explain = (error) => (error instanceof RangeError ? new AppError('WRITES_REFUSED', 'its disk is full') : error);
await runCli(program, process.argv, explain);
`;

function start(...args: string[]) {
  return spawn(
    process.execPath,
    [
      ...['--import=tsx', '--conditions=@pocketrocket/source', '--input-type=module'],
      ...['--eval', PROGRAM, '--', 'program', ...args],
    ],
    {
      cwd: resolve(import.meta.dirname, '..'),
      env: { ...process.env, TSX_TSCONFIG_PATH: '../tsconfig.base.json' },
    },
  );
}

async function run(...args: string[]) {
  const child = start(...args);
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  return { status, stdout, stderr };
}

it.each([
  [['done', '--json'], 0, { done: true }],
  [['refused', '--json'], 3, { code: 'NOT_FOUND', message: 'there is no such thing', retryable: false }],
  [
    ['bug', '--json'],
    70,
    { code: 'INTERNAL_SERVER_ERROR', message: 'undefined is not a function', retryable: false },
  ],
  [
    ['done', '--json', '--nonsense'],
    2,
    { code: 'BAD_USER_INPUT', message: "unknown option '--nonsense'", retryable: false },
  ],
  [['told', '--json'], 7, { ok: false }],
  [['full', '--json'], 15, { code: 'WRITES_REFUSED', message: 'its disk is full', retryable: true }],
])('%j ends with status %i and one JSON object', async (args, expected, object) => {
  const { status, stdout } = await run(...args);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(JSON.parse(stdout)).toEqual(object);
  expect(status).toBe(expected);
});

it('says failures as text alone where nobody asked for JSON', async () => {
  expect(await run('refused')).toEqual({ status: 3, stdout: '', stderr: 'error: there is no such thing\n' });
  expect((await run('refused', '--', '--json')).stdout).toBe('');
});

it('says in a line that a path cannot be used, and what to do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pocketrocket-cli-'));
  try {
    const file = join(folder, 'file');
    const loop = join(folder, 'loop');
    await writeFile(file, '');
    await symlink('loop', loop);
    for (const [args, problem] of [
      [['path', '--text', file], `${file} cannot be used: it is a file, where a folder is needed`],
      [
        ['path', '--text', join(file, 'b', 'c')],
        `${join(file, 'b', 'c')} cannot be used: ${file} is a file, where a folder is needed`,
      ],
      [['reads', '--text', loop], `${loop} cannot be used: its links lead in a circle`],
      [['reads', '--text', folder], 'it is a folder, where a file is needed'],
    ] as const) {
      const { status, stderr } = await run(...args);
      expect(stderr).toMatch(/^error: .*\n$/);
      expect(stderr).toContain(problem);
      expect(status).toBe(7);
    }
    // A file that nobody looked for is a bug.
    expect(await run('reads', '--text', join(folder, 'none'))).toMatchObject({ status: 70 });
  } finally {
    await rm(folder, { recursive: true });
  }
});

it('finishes its work where nobody reads its output any more', async () => {
  const child = start('talks');
  await once(child.stdout, 'data');
  child.stdout.destroy();
  const [stderr, [status]] = await Promise.all([
    text(child.stderr),
    once(child, 'close') as Promise<[number]>,
  ]);
  expect(stderr).toBe('went on to its end\n');
  expect(status).toBe(0);
});

it('writes options as a command line has them', () => {
  const options = {
    timeUnit: 'ms',
    budget: 3,
    strict: true,
    allowSkipped: false,
    scale: null,
    data: undefined,
  };
  expect(toArguments(options)).toEqual(['--time-unit', 'ms', '--budget', '3', '--strict']);
});
