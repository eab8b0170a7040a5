import { spawnSync } from 'node:child_process';
import { expect, it } from '@jest/globals';
import { ROOT, tool } from '../lib/processes.ts';

/** Runs `npm start --` with options that it refuses before it does anything. */
function start(...options: string[]): { status: number | null; stderr: string } {
  const { command, args } = tool('tsx', [
    '--tsconfig',
    'tsconfig.base.json',
    '--conditions=@pocketrocket/source',
    'scripts/start.ts',
    ...options,
  ]);
  return spawnSync(command, args, { cwd: ROOT, encoding: 'utf8', timeout: 60_000 });
}

it.each([
  [['--scale', '10'], '--scale goes with --data'],
  [['--replace'], '--replace goes with --data'],
  [['--scale', 'nine', '--data', 'films'], 'Allowed choices are stars, 10, 100, likes, counts'],
  [['--strict', '--allow-skipped', '--data', 'films'], 'cannot be used with'],
])('npm start refuses %j', (options, message) => {
  const { status, stderr } = start(...options);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});
