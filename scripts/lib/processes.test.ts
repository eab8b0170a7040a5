import { spawn } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { exitOf } from './processes.ts';

/** A process that runs one line of JavaScript. */
const run = (script: string) => spawn(process.execPath, ['-e', script], { stdio: 'ignore' });

describe('the exit status of a process', () => {
  it('is its own', async () => {
    expect(await exitOf(run('process.exit(7)'))).toBe(7);
  });

  it.each([
    ['SIGKILL', 137],
    ['SIGTERM', 143],
    ['SIGINT', 130],
  ])('tells that %s ended it', async (signal, status) => {
    expect(await exitOf(run(`process.kill(process.pid, '${signal}'); setTimeout(() => {}, 60000)`))).toBe(
      status,
    );
  });
});
